/** The way in as people go it: first sign-in, second factor, a locked desk, one's own account. */
import { generate } from "otplib";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import type { ChangeRequest, Policy } from "../../contract/rights.ts";
import { FLOW_CITY } from "../flow/city.ts";
import { violationsOn } from "../kit/axe.ts";
import { launchChromium } from "../kit/chromium.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { newPerson, PASSWORD } from "../kit/staff.ts";

let browser: Browser;
/** A demo's: people sign in by password alone. */
let hub: Hub;
/** As a city has it: nobody but three administrators with links. */
let city: Hub;
let page: Page;

beforeAll(async () => {
  [browser, hub, city] = await Promise.all([
    launchChromium(),
    startHub({ city: FLOW_CITY }),
    startHub({ city: FLOW_CITY, demo: false }),
  ]);
  await newPerson(hub, "lin.wei", ["dutyOfficer"], WHOLE_CITY);
});
afterEach(() => page.context().close());
afterAll(async () => {
  await browser.close();
  await Promise.all([hub.stop(), city.stop()]);
});

async function open(at: Hub, path: string): Promise<void> {
  const viewport = { width: 1440, height: 900 };
  page = await browser.newPage({ viewport });
  await page.goto(at.url + path);
}
const field = (label: string) => page.getByLabel(label, { exact: true });
const press = (name: string) =>
  page.getByRole("button", { name, exact: true }).click();

async function signIn(password = PASSWORD, login = "lin.wei"): Promise<void> {
  await field("Login").fill(login);
  await field("Password").fill(password);
  await page.keyboard.press("Enter");
}
async function isAccessible(): Promise<void> {
  expect(await violationsOn(page)).toEqual([]);
}

describe("a first sign-in", () => {
  const linkFor = (role: string, at = city) =>
    (
      JSON.parse(
        readFileSync(join(at.dataDir, "sign-in-links.json"), "utf8"),
      ) as { role: string; url: string }[]
    ).find((one) => one.role === role)!.url;

  it("leads from the link over a password and a second factor to the first page", async () => {
    await open(city, `/?lang=en${new URL(linkFor("sysAdmin")).hash}`);
    await page
      .getByRole("heading", { name: "Choose a new password" })
      .waitFor();
    expect(page.url()).not.toContain("token");
    await isAccessible();
    await field("New password").fill("Harbour1");
    await field("Once more").fill("Harbour1");
    await page.keyboard.press("Enter");
    await page.getByText("This password will not do:").waitFor();
    await page.getByText("· at least 10 characters").waitFor();
    await field("New password").fill(PASSWORD);
    await field("Once more").fill(PASSWORD);
    await page.keyboard.press("Enter");

    await page
      .getByRole("heading", { name: "Set up a second factor" })
      .waitFor();
    await page.getByRole("img", { name: /QR code/ }).waitFor();
    await isAccessible();
    const secret = (await page.locator("code span").allInnerTexts()).join("");
    await field("Six-digit code").fill("000000");
    await page.keyboard.press("Enter");
    await page.getByText("The code is wrong or has lapsed").waitFor();
    await field("Six-digit code").fill(await generate({ secret }));
    await page.keyboard.press("Enter");

    const codes = page.getByRole("listitem");
    await codes.first().waitFor();
    expect(await codes.count()).toBe(10);
    const recovery = await codes.first().innerText();
    const on = page.getByRole("button", { name: "Go on" });
    expect(await on.isDisabled()).toBe(true);
    await page.getByLabel("I have kept the recovery codes").check();
    await on.click();
    await page.waitForURL(({ pathname }) => pathname === "/admin");

    await page.getByRole("link", { name: "Sign out" }).click();
    await signIn(PASSWORD, "sysadmin");
    await press("No phone at hand? Use a recovery code");
    await field("Recovery code").fill(recovery);
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "My account" }).waitFor();
  });

  it("leads by a link to where the work is: a grid worker to the phone's page, a handler to the inbox", async () => {
    for (const [role, first] of [
      ["gridWorker", "/m"],
      ["deptHandler", "/inbox"],
    ] as const) {
      await page?.context().close();
      const { hash } = new URL(linkFor(role, hub));
      await open(hub, `/?lang=en${hash}`);
      await page.waitForURL(({ pathname }) => pathname === first);
      expect(page.url()).toBe(`${hub.url}${first}?lang=en`);
    }
  });

  it("says of a link that was used that it was", async () => {
    await open(city, `/?lang=en#token=${"used-before-".repeat(4)}`);
    await page
      .getByText("This sign-in link is not valid, or has been used")
      .waitFor();
    await page.getByText("Ask a system administrator").waitFor();
  });
});

describe("signing in by password", () => {
  it("answers alike whether the name or the password is wrong", async () => {
    await open(hub, "/login?lang=en");
    const told = page.getByRole("alert").filter({ hasText: /\w/ });
    const sentences: string[] = [];
    for (const login of ["lin.wei", "nobody.here"]) {
      await signIn("Wrong-Lantern-7", login);
      await told.waitFor();
      sentences.push(await told.innerText());
      await field("Login").fill("");
    }
    expect(sentences[0]).toBe(sentences[1]);
    expect(sentences[0]).toContain("is wrong");
  });

  it("comes back to the page that asked for it, in the language chosen meanwhile", async () => {
    await open(hub, "/ops?lang=zh&theme=light");
    await page.waitForURL(/\/login\?/);
    await isAccessible();
    await page.getByRole("link", { name: "English" }).click();
    await signIn();
    await page.getByRole("heading", { name: "Operations" }).waitFor();
    const { pathname, searchParams } = new URL(page.url());
    expect(pathname).toBe("/ops");
    expect(searchParams.get("lang")).toBe("en");
    expect(searchParams.get("theme")).toBe("light");
  });

  it("never leads to another site", async () => {
    await open(hub, "/login?lang=en&next=//evil.example/");
    await signIn();
    await page.waitForURL(({ pathname }) => pathname === "/desk");
    expect(new URL(page.url()).origin).toBe(hub.url);
  });
});

describe("one's own account", () => {
  it("shows where it is signed in, and ends one of them", async () => {
    await newPerson(hub, "zhou.min", ["leader"], WHOLE_CITY);
    await open(hub, "/login?lang=en&next=/me");
    await signIn(PASSWORD, "zhou.min");
    const rows = page.locator("tbody tr");
    await rows.nth(1).waitFor();
    await isAccessible();
    await press("End");
    await press("End it");
    await rows.nth(1).waitFor({ state: "detached" });
    await page.getByText("this one").waitFor();
  });

  it("changes its password only with the present one", async () => {
    await newPerson(hub, "he.jun", ["leader"], WHOLE_CITY);
    await open(hub, "/login?lang=en&next=/me");
    await signIn(PASSWORD, "he.jun");
    await press("Change password");
    await field("Present password").fill("Not-the-one-1");
    await field("New password").fill("Bridge-Window-88");
    await field("Once more").fill("Bridge-Window-88");
    await page.keyboard.press("Enter");
    await page.getByText("The password is wrong.").waitFor();
    await field("Present password").fill(PASSWORD);
    await page.keyboard.press("Enter");
    await page.getByText("The password is changed.").waitFor();
    await press("Change password");
    await page.keyboard.press("Escape");
    await page.getByText("keeps; one of").waitFor();
  });
});

/** Two administrators let desks lock after so many ms. */
async function lockAfter(idleAfter: number): Promise<void> {
  const policy = await hub.ask<Policy>("/api/rights/policy");
  const { id } = await hub.ask<ChangeRequest>("/api/rights/changes", {
    method: "POST",
    cookie: await hub.signIn("secAdmin"),
    body: JSON.stringify({
      change: { kind: "policy", policy: { ...policy, idleAfter } },
      reason: "the test's desks lock soon",
    }),
  });
  await hub.ask(`/api/rights/changes/${id}/confirm`, {
    ...{ method: "POST", body: "{}" },
  });
}

it("locks a desk that nobody touches, over its page, until the password is given", async () => {
  await open(hub, "/login?lang=en&next=/ops");
  await signIn();
  await page.getByRole("heading", { name: "Operations" }).waitFor();
  await page.getByLabel("Find by name or id").focus();
  await page.evaluate(() => (document.body.dataset["same"] = "page"));
  await lockAfter(1_500);
  const lock = page.getByRole("alertdialog", { name: "This desk is locked" });
  await lock.waitFor();
  await isAccessible();
  await page.keyboard.press("Escape");
  await lock.getByLabel("Password", { exact: true }).fill("Wrong-Lantern-7");
  await page.keyboard.press("Enter");
  await lock.getByText("The password is wrong.").waitFor();
  await page.getByRole("heading", { name: "Operations" }).waitFor();
  await lockAfter(900_000);
  await lock.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
  await lock.waitFor({ state: "hidden" });
  expect(await page.evaluate(() => document.body.dataset["same"])).toBe("page");
  expect(
    await page.evaluate(() => document.activeElement?.getAttribute("type")),
  ).toBe("search");
});
