/** Roles, the rules of sign-in and sessions: what two administrators change holds at once. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Policy } from "../../../contract/rights.ts";
import { FLOW_CITY } from "../../flow/city.ts";
import { launchChromium } from "../../kit/chromium.ts";
import { openDesk, type Desk } from "../../kit/desk.ts";
import { startHub, type Hub } from "../../kit/hub.ts";

let browser: Browser;
let hub: Hub;
let system: Desk;
let security: Desk;

beforeAll(async () => {
  [browser, hub] = await Promise.all([
    launchChromium(),
    startHub({ city: FLOW_CITY }),
  ]);
  [system, security] = await Promise.all([
    desk("sysAdmin", "/admin/rights"),
    desk("secAdmin", "/admin/roles"),
  ]);
});
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

const desk = async (role: string, path: string) =>
  openDesk(browser, hub, {
    by: await hub.signIn(role),
    path: `${path}?lang=en&theme=light`,
  });

/** The system administrator, whose page was open before, confirms what waits. */
async function confirm(title: RegExp): Promise<void> {
  await system.turnTo("accounts");
  await system.turnTo("rights");
  const waiting = system.page.getByRole("article", { name: title });
  await waiting.getByRole("button", { name: "Confirm" }).click();
  await system.dialog().getByRole("button", { name: "Confirm" }).click();
  await waiting.waitFor({ state: "detached" });
}

/** The matrix's mark: may the role do this? */
async function mark(at: Desk, role: string, action: string): Promise<boolean> {
  const table = at.page.getByRole("table");
  await table.getByRole("columnheader", { name: role }).waitFor();
  const roles = await table.locator("thead th").allInnerTexts();
  const cells = table.getByRole("row", { name: action }).first().locator("td");
  const cell = cells.nth(roles.indexOf(role) - 1);
  return (await cell.getByRole("img", { name: "may" }).count()) === 1;
}

it("takes an action from a role only when the second person confirmed it", async () => {
  const duty = await desk("dutyOfficer", "/ops");
  await duty.page.getByText("Waiting writes").waitFor();
  const action = "Run feeds";
  expect(await mark(security, "Duty officer", action)).toBe(true);

  await security.button("Ask to change the role Duty officer").click();
  const { dialog } = security;
  const given = dialog().locator(".el-checkbox", { hasText: action });
  await given.click();
  await dialog().getByText("removed").waitFor();
  expect(await security.violations()).toEqual([]);
  await dialog()
    .getByLabel("Reason", { exact: true })
    .fill("the centre's chief looks after it");
  await security.page.keyboard.press("Enter");
  await security.page.getByText("Asked: it takes effect when").waitFor();
  await duty.page.reload();
  await duty.page.getByText("Waiting writes").waitFor();

  await confirm(/Duty officer/);
  await system.turnTo("roles");
  expect(await mark(system, "Duty officer", action)).toBe(false);
  await duty.page.reload();
  await duty.page.getByText("Your role may not see operations").waitFor();
});

it("lets the matrix be read, but not asked to be otherwise, where only the security administrator may", async () => {
  await system.turnTo("roles");
  await system.page.getByRole("table").waitFor();
  expect(await system.button(/^Ask to change/).count()).toBe(0);
});

it("says at the page why a role cannot be so", async () => {
  await security.button("Ask to change the role Leader").click();
  const { dialog } = security;
  await dialog().locator(".el-checkbox", { hasText: "Read the audit" }).click();
  await dialog()
    .getByLabel("Reason", { exact: true })
    .fill("the mayor wants to look");
  await security.page.keyboard.press("Enter");
  await dialog()
    .getByText("“Read the audit” is for Audit administrator alone")
    .waitFor();
  await security.page.keyboard.press("Escape");
  await dialog().waitFor({ state: "detached" });
});

it("changes a rule of sign-in by two, before and after in the words of the page", async () => {
  await security.turnTo("policy");
  const length = security.page.getByLabel("Least length");
  await length.fill("14");
  await length.press("Tab");
  const page = security.page;
  await page
    .getByLabel("Reason", { exact: true })
    .fill("the yearly review asks for it");
  await page.getByLabel("Reason", { exact: true }).press("Enter");
  await page.getByText("Asked: it takes effect when").waitFor();
  const policy = () => hub.ask<Policy>("/api/rights/policy");
  expect((await policy()).passwordLength).toBe(10);

  await system.turnTo("rights");
  const waiting = system.page.getByRole("article", {
    name: "Rules of sign-in",
  });
  await waiting.getByText("14 signs").waitFor();
  expect(await waiting.locator("s").allInnerTexts()).toEqual(["10 signs"]);
  await confirm(/Rules of sign-in/);
  expect((await policy()).passwordLength).toBe(14);
  await system.turnTo("policy");
  const now = system.page.getByLabel("Least length");
  await now.waitFor();
  expect(await now.inputValue()).toBe("14");
});

it("puts a page out when its session is ended", async () => {
  const leader = await desk("leader", "/");
  await leader.page.getByRole("heading", { name: "Screens" }).waitFor();
  const watching = await desk("wallOperator", "/wall/city-overview");
  await watching.page.locator("[data-screen]").first().waitFor();
  await system.turnTo("sessions");
  for (const name of ["大厅操作员", "领导"]) {
    await system.button(`End the session of ${name}`).click();
    await system.dialog().getByRole("button", { name: "End" }).click();
    await system.dialog().waitFor({ state: "detached" });
    await system
      .button(`End the session of ${name}`)
      .waitFor({ state: "detached" });
  }
  await watching.page.getByText("This sign-in was ended").waitFor();
  expect(await watching.page.locator("[data-screen]").count()).toBe(0);
  await leader.page.reload();
  await leader.page.waitForURL(/\/login/);
  const own = system.page.locator("tbody tr", { hasText: "this one" });
  expect(await own.getByRole("button").count()).toBe(0);
});
