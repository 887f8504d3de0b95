/** The audit as its administrator reads it: found, opened, verified, taken away. */
import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FLOW_CITY, told } from "../../flow/city.ts";
import { PLACES } from "../../kit/city.ts";
import { launchChromium } from "../../kit/chromium.ts";
import { openDesk, type Desk } from "../../kit/desk.ts";
import { startHub, type Hub } from "../../kit/hub.ts";
import { ask } from "../../kit/staff.ts";

let browser: Browser;
let hub: Hub;
let desk: Desk;

beforeAll(async () => {
  [browser, hub] = await Promise.all([
    launchChromium(),
    startHub({ city: FLOW_CITY }),
  ]);
  const put = (nameEn: string) =>
    hub.ask("/api/departments/TEST", {
      ...{ method: "PUT", body: JSON.stringify({ nameZh: "试验局", nameEn }) },
    });
  await put("Bureau of trials");
  await put("Bureau of tests");
  await ask(hub, "GET", "/api/accounts", {
    cookie: await hub.signIn("leader"),
  });
  desk = await openDesk(browser, hub, {
    by: await hub.signIn("auditAdmin"),
    path: "/admin/audit?lang=en&theme=light",
  });
});
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

const rows = () => desk.page.locator("tbody tr.el-table__row");

it("shows its administrator the audit, and refuses the other sections by address", async () => {
  const { page } = desk;
  const links = page.getByRole("navigation").getByRole("link");
  await expect.poll(() => links.allInnerTexts()).toEqual(["Audit"]);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${hub.url}/admin/accounts?lang=en`);
  await page.getByText("Your role may not open this section").waitFor();
  expect(asked).not.toContain("/api/accounts");
  await desk.turnTo("audit");
  await rows().first().waitFor();
});

it("is found by who, what and how it ended", async () => {
  const { page } = desk;
  await desk.choose("Result", "refused");
  await page.getByLabel("Who", { exact: true }).fill("demo-leader");
  await page.keyboard.press("Enter");
  await expect.poll(() => rows().count()).toBe(1);
  await rows().getByText("list accounts").waitFor();
  await page.getByLabel("Who", { exact: true }).fill("nobody-of-that-name");
  await page.keyboard.press("Enter");
  await page.getByText("No line matches").waitFor();
  expect(await desk.violations()).toEqual([]);
  await desk.button("Clear").click();
  await rows().nth(3).waitFor();
});

it("tells of a step by its name, and not by its code", async () => {
  const { page } = desk;
  await told(hub, "hotline", [
    {
      ...{ externalId: "step", source: "12345", title: "步骤" },
      ...{ category: "pothole", reportedAt: Date.now(), ...PLACES.west },
    },
  ]);
  const { items } = await hub.ask<{ items: { id: string; rev: number }[] }>(
    "/api/incidents",
  );
  const [{ id, rev }] = items as [{ id: string; rev: number }];
  const { status } = await ask(hub, "POST", `/api/incidents/${id}/steps`, {
    cookie: await hub.signIn("shiftLeader"),
    body: {
      rev,
      asked: { step: "supervise", body: { level: 1, text: "快办" } },
    },
  });
  expect(status).toBe(200);
  await page.reload();
  await rows().first().getByText("Take a step on an incident").waitFor();
  await rows().first().getByText("Supervise", { exact: true }).waitFor();
});

it("opens a line to what it changed, before and after", async () => {
  const { page } = desk;
  await desk.choose("Act", "Keep departments");
  await desk.button("Find").click();
  await expect.poll(() => rows().count()).toBe(2);
  await page.locator(".el-table__expand-icon").first().click();
  const opened = page.locator(".el-table__expanded-cell");
  await opened.getByText("English name").waitFor();
  expect(await opened.getByText("English name").getAttribute("title")).toBe(
    "nameEn",
  );
  const parts = opened.locator(".difference dd > span");
  expect((await parts.allInnerTexts()).join()).toMatch(
    /−.*Bureau of trials.*\+.*Bureau of tests/s,
  );
  await opened.getByText("System administrator").waitFor();
  expect(await desk.violations()).toEqual([]);
});

it("gives what was found as CSV, and keeps that it did", async () => {
  const { page } = desk;
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("audit.csv");
  const csv = readFileSync(await download.path(), "utf8");
  expect(csv.trim().split("\n")).toHaveLength(3);
  expect(csv).toContain("Bureau of tests");
  await desk.button("Clear").click();
  await desk.choose("Act", "Export the audit");
  await desk.button("Find").click();
  await expect.poll(() => rows().count()).toBe(1);
  await rows().getByText("demo-auditadmin").waitFor();
});

it("verifies as sound", async () => {
  await desk.button("Verify").click();
  await desk.page.getByText(/Sound: \d+ lines \(1 to \d+\)/).waitFor();
});
