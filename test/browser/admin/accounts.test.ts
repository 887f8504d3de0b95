/** A person's way into the city and out of it, by two administrators at their desks. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Account } from "../../../contract/account.ts";
import { FLOW_CITY } from "../../flow/city.ts";
import { launchChromium } from "../../kit/chromium.ts";
import { DISTRICTS, PLACES } from "../../kit/city.ts";
import { openDesk, type Desk } from "../../kit/desk.ts";
import { startHub, type Hub } from "../../kit/hub.ts";
import { accountOf, PASSWORD } from "../../kit/staff.ts";

let browser: Browser;
let hub: Hub;
/** The system administrator's, the security administrator's, the new person's. */
let system: Desk;
let security: Desk;
let person: Desk;
let link = "";

beforeAll(async () => {
  [browser, hub] = await Promise.all([
    launchChromium(),
    startHub({ city: FLOW_CITY }),
  ]);
  const metrics = [{ metric: "pm25", unit: "µg/m³" }];
  const gauge = { kind: "gauge", metrics };
  await hub.post("catalogue", [
    { ...gauge, id: "E-1", name: "East gauge", ...PLACES.east },
    { ...gauge, id: "W-1", name: "West gauge", ...PLACES.west },
  ]);
  system = await openDesk(browser, hub, {
    by: await hub.signIn("sysAdmin"),
    path: "/admin/accounts?lang=en&theme=light",
  });
});
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

const box = (desk: Desk, hasText: string) =>
  desk.dialog().locator(".el-checkbox", { hasText });

/** Asks for other roles of somebody, at the system administrator's desk. */
async function askForRole(name: string, role: string): Promise<void> {
  await system.turnTo("accounts");
  await system.act(`Acts on ${name}`, "Ask for rights");
  await box(system, role).click();
  await system.dialog().getByLabel("Reason").fill("moves to another desk");
  await system.button("Ask for the change").click();
  await system.page.getByText("Asked: it takes effect when").waitFor();
}

it("is added without rights, and its link is shown once", async () => {
  const { dialog, button, page } = system;
  await button("New account").click();
  await dialog().getByLabel("Login").fill("sun.yue");
  await dialog().getByLabel("Name").fill("孙悦");
  await dialog().getByLabel("Staff number").fill("JL-1005");
  await page.keyboard.press("Enter");
  await dialog().getByText("It is shown this once").waitFor();
  link = await dialog().locator("code").innerText();
  expect(link).toMatch(/#token=[\w-]{20,}$/);
  expect(await system.violations()).toEqual([]);
  // Neither a slip of the hand nor of the key loses it.
  await page.keyboard.press("Escape");
  await page.mouse.click(5, 5);
  await button("I have kept it, close").click();
  await dialog().getByText("second person confirms").waitFor();
  expect(await page.content()).not.toContain(link);
});

it("has its rights asked for next, with what stands against them said at once", async () => {
  const { dialog, button, page } = system;
  await box(system, "System administrator").click();
  await box(system, "Department handler").click();
  await dialog().getByText("holds no other role").waitFor();
  await dialog().getByLabel("Reason").fill("new at the Test bureau");
  expect(await button("Ask for the change").isDisabled()).toBe(true);
  expect(await system.violations()).toEqual([]);
  await box(system, "System administrator").click();
  for (const [kind, name] of [
    ["Departments", "Test bureau"],
    ["Districts", "East"],
  ] as const) {
    // A new account sees nothing: its scope begins empty.
    const field = dialog().locator(".el-form-item", { hasText: kind });
    expect(await field.locator("input[type=checkbox]").isChecked()).toBe(false);
    await system.choose(kind, name);
  }
  await button("Ask for the change").click();
  await page.getByText("Asked: it takes effect when").waitFor();
  expect(await accountOf(hub, "sun.yue")).toMatchObject({ roles: [] });
});

it("is not confirmed by who asked, and the page says why", async () => {
  await system.turnTo("rights");
  const own = system.page.getByRole("article", { name: "sun.yue" });
  await own.getByText("Nobody confirms their own request.").waitFor();
  const confirm = own.getByRole("button", { name: "Confirm", exact: true });
  expect(await confirm.isDisabled()).toBe(true);
  expect(await own.getByRole("button", { name: "Withdraw" }).count()).toBe(1);
});

it("waits, counted, for the security administrator, who reads what goes and what comes", async () => {
  security = await openDesk(browser, hub, {
    by: await hub.signIn("secAdmin"),
    path: "/admin/accounts?lang=en&theme=dark",
  });
  const badge = security.page.getByRole("img", { name: "waiting: 1" });
  await badge.waitFor();
  await security.turnTo("rights");
  const waiting = security.page.getByRole("article", { name: "sun.yue" });
  await waiting.getByText("new at the Test bureau").waitFor();
  const parts = (mark: string) =>
    waiting.locator(`[data-mark="${mark}"] > :last-child`).allInnerTexts();
  // It saw nothing before.
  expect(await parts("removed")).toEqual([]);
  expect(await parts("added")).toEqual([
    ...["Department handler", "Test bureau", "East"],
  ]);
  await waiting.getByRole("button", { name: "Confirm" }).click();
  expect(await security.violations()).toEqual([]);
  await security.dialog().getByRole("button", { name: "Confirm" }).click();
  await security.dialog().waitFor({ state: "detached" });
  await waiting.waitFor({ state: "detached" });
  await badge.waitFor({ state: "detached" });
  const decided = security.page.locator("tbody tr", { hasText: "sun.yue" });
  await decided.getByText("confirmed", { exact: true }).waitFor();
});

it("then lets the person in by the link, to what its scope holds and to no administration", async () => {
  const { hash } = new URL(link);
  const path = `/?lang=en${hash}`;
  person = await openDesk(browser, hub, { by: null, path });
  const field = (label: string) =>
    person.page.getByLabel(label, { exact: true });
  await field("New password").fill(PASSWORD);
  await field("Once more").fill(PASSWORD);
  await person.page.keyboard.press("Enter");
  await person.page.waitForURL(({ pathname }) => pathname === "/inbox");
  await person.page.goto(`${hub.url}/?lang=en`);
  await person.page.getByRole("heading", { name: "Screens" }).waitFor();
  const administration = { name: "Administration" };
  expect(await person.page.getByRole("link", administration).count()).toBe(0);
  const sensors = await person.page.evaluate(async () => {
    const reply = await fetch("/api/sensors");
    return (await reply.json()) as {
      items: { id: string; district: string }[];
    };
  });
  expect(sensors.items.map(({ district }) => district)).toEqual([
    DISTRICTS.east.code,
  ]);
  await person.page.goto(`${hub.url}/admin?lang=en`);
  await person.page.getByText("No section of the administration").waitFor();
});

it("keeps its rights where a change is refused, or withdrawn by who asked", async () => {
  await askForRole("孙悦", "Dispatcher");
  const line = { name: "sun.yue" };
  await security.turnTo("accounts");
  await security.turnTo("rights");
  const refused = security.page.getByRole("article", line);
  await refused.getByRole("button", { name: "Refuse" }).click();
  const refuse = security.dialog().getByRole("button", { name: "Refuse" });
  expect(await refuse.isDisabled()).toBe(true);
  await security.dialog().getByLabel("Reason").fill("nobody asked me");
  await security.page.keyboard.press("Enter");
  await refused.waitFor({ state: "detached" });
  const rows = security.page.locator("tbody tr", { hasText: "sun.yue" });
  await rows.getByText("refused", { exact: true }).waitFor();

  await askForRole("孙悦", "Dispatcher");
  await system.turnTo("rights");
  const withdrawn = system.page.getByRole("article", line);
  await withdrawn.getByRole("button", { name: "Withdraw" }).click();
  await system.dialog().getByLabel("Reason").fill("asked by mistake");
  await system.page.keyboard.press("Enter");
  await withdrawn.waitFor({ state: "detached" });
  const { roles } = await accountOf(hub, "sun.yue");
  expect(roles).toEqual(["deptHandler"]);
});

it("says that somebody else changed it meanwhile, and shows how it stands now", async () => {
  await system.turnTo("accounts");
  await system.act("Acts on 孙悦", "Correct name or staff number");
  const { id, rev } = await accountOf(hub, "sun.yue");
  await hub.ask<Account>(`/api/accounts/${id}`, {
    method: "PATCH",
    body: JSON.stringify({ rev, name: "孙月" }),
  });
  const { dialog } = system;
  await dialog().getByLabel("Staff number").fill("JL-2000");
  await system.page.keyboard.press("Enter");
  await dialog().getByText("Somebody else has just changed this").waitFor();
  const value = (label: string) => dialog().getByLabel(label).inputValue();
  await expect.poll(() => value("Name")).toBe("孙月");
  expect(await value("Staff number")).toBe("JL-1005");
  await dialog().getByLabel("Staff number").fill("JL-2000");
  await system.page.keyboard.press("Enter");
  await dialog().waitFor({ state: "detached" });
  await system.page.getByText("sun.yue · JL-2000").waitFor();
});

it("says at the field that another account has the login", async () => {
  const { dialog, button, page } = system;
  await button("New account").click();
  await dialog().getByLabel("Login").fill("sun.yue");
  await dialog().getByLabel("Name").fill("Another");
  await dialog().getByLabel("Staff number").fill("JL-3000");
  await page.keyboard.press("Enter");
  const field = dialog().locator(".el-form-item", { hasText: "Login" });
  await field.getByText("another account has it").waitFor();
  await page.keyboard.press("Escape");
  await dialog().waitFor({ state: "detached" });
});

it("is cut off at once when it is disabled, for a reason", async () => {
  await person.page.goto(`${hub.url}/wall/city-overview?lang=en`);
  const screen = person.page.locator("[data-screen]");
  await screen.first().waitFor();
  await system.act("Acts on 孙月", "Disable");
  await system.dialog().getByLabel("Reason").fill("left the city's service");
  await system.dialog().getByRole("button", { name: "Disable" }).click();
  await system.dialog().waitFor({ state: "detached" });
  const row = system.page.locator("tbody tr", { hasText: "sun.yue" });
  await row.getByText("disabled", { exact: true }).waitFor();
  await person.page.getByText("This account was switched off").waitFor();
  expect(await screen.count()).toBe(0);
  await person.page.goto(`${hub.url}/me?lang=en`);
  await person.page.waitForURL(/\/login\?/);
});
