/** A wall in the hall, from the code on its page to the end of its token, as the administration sees it. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FLOW_CITY } from "../../flow/city.ts";
import { launchChromium } from "../../kit/chromium.ts";
import { openDesk, type Desk } from "../../kit/desk.ts";
import { startHub, type Hub } from "../../kit/hub.ts";

const SWITCHED_OFF = /This wall is switched off|此大屏已停用/;
const REVOKED = /This wall was revoked|此大屏的配对已撤销/;

let browser: Browser;
let hub: Hub;
let wall: Desk;
let desk: Desk;

beforeAll(async () => {
  [browser, hub] = await Promise.all([
    launchChromium(),
    startHub({ city: FLOW_CITY }),
  ]);
  wall = await openDesk(browser, hub, { by: null, path: "/pair?lang=en" });
});
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

const row = (name: string) => desk.page.locator("tbody tr", { hasText: name });
const press = (name: string) =>
  desk.dialog().getByRole("button", { name, exact: true }).click();
const gone = () => desk.dialog().waitFor({ state: "detached" });

it("is paired by the code that the address brings", async () => {
  await wall.page.locator(".code").waitFor();
  const shown = await wall.page.locator(".code").innerText();
  const code = shown.replaceAll(/\s/g, "");
  const typed = `${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase();
  desk = await openDesk(browser, hub, {
    by: await hub.signIn("screenAdmin"),
    path: `/admin/devices?code=${typed}&lang=en&theme=light`,
  });
  const { dialog } = desk;
  await dialog().waitFor();
  expect(await dialog().getByLabel("Pairing code").inputValue()).toBe(code);
  expect(await desk.violations()).toEqual([]);
  await dialog().getByLabel("Name").fill("East hall");
  await desk.choose("Screens", "City operations overview");
  await dialog().getByLabel("Name").press("Enter");
  await gone();
  await wall.page.waitForURL(/\/wall\/city-overview/);
  await wall.page.locator('[data-screen="city-overview"]').first().waitFor();
  await row("East hall").getByText("online", { exact: true }).waitFor();
});

it("is not paired by a code that no wall shows, and the page says so", async () => {
  await desk.button("Pair a wall").click();
  const { dialog } = desk;
  await dialog().getByLabel("Pairing code").fill("ZZZZZZZZ");
  await dialog().getByLabel("Name").fill("Nowhere");
  await desk.choose("Screens", "City operations overview");
  await press("Pair a wall");
  await dialog().getByText("not shown by any wall").waitFor();
  await desk.page.keyboard.press("Escape");
  await gone();
});

it("gets another name and other screens, and turns to them without loading anew", async () => {
  await wall.page.evaluate(() => (document.body.dataset["same"] = "page"));
  await desk.act("Acts on East hall", "Change");
  const { dialog } = desk;
  await dialog().getByLabel("Name").fill("Great hall");
  await desk.choose("Screens", "City operations overview");
  await desk.choose("Screens", "City operations overview, hall");
  await press("Save");
  await gone();
  await row("Great hall").getByText("City operations overview, hall").waitFor();
  await wall.page.waitForURL(/\/wall\/city-overview-wall/);
  expect(await wall.page.evaluate(() => document.body.dataset["same"])).toBe(
    "page",
  );
});

it("says that somebody else changed it meanwhile, and shows how it stands now", async () => {
  await desk.act("Acts on Great hall", "Change");
  const { items } = await hub.ask<{ items: { id: string; rev: number }[] }>(
    "/api/devices",
  );
  const { id, rev } = items[0]!;
  await hub.ask(`/api/devices/${id}`, {
    ...{ method: "PATCH", body: JSON.stringify({ rev, name: "North hall" }) },
  });
  const { dialog } = desk;
  await dialog().getByLabel("Name").fill("South hall");
  await press("Save");
  await dialog().getByText("Somebody else has just changed this").waitFor();
  const name = () => dialog().getByLabel("Name").inputValue();
  await expect.poll(name).toBe("North hall");
  await desk.page.keyboard.press("Escape");
  await gone();
});

it("is dark while it is switched off, and goes on by itself", async () => {
  await desk.act("Acts on North hall", "Switch off");
  await press("Switch off");
  await gone();
  await row("North hall").getByText("switched off").waitFor();
  await wall.page
    .locator("[data-screen]")
    .first()
    .waitFor({ state: "detached" });
  await wall.page.getByRole("heading", { name: SWITCHED_OFF }).waitFor();
  expect(await wall.violations()).toEqual([]);
  await desk.act("Acts on North hall", "Switch on");
  await press("Switch on");
  await gone();
  await wall.page.locator("[data-screen]").first().waitFor();
});

it("shows nothing of the city any more once it was named, confirmed and revoked", async () => {
  await desk.act("Acts on North hall", "Revoke");
  await desk.dialog().getByText("Revoke North hall").waitFor();
  expect(await desk.violations()).toEqual([]);
  await press("Cancel");
  await gone();
  expect(await wall.page.locator("[data-screen]").count()).toBeGreaterThan(0);
  await desk.act("Acts on North hall", "Revoke");
  await press("Revoke");
  await gone();
  await row("North hall").getByText("revoked", { exact: true }).waitFor();
  expect(await desk.button("Acts on North hall").count()).toBe(0);
  await wall.page
    .locator("[data-screen]")
    .first()
    .waitFor({ state: "detached" });
  const revoked = wall.page.getByRole("heading", { name: REVOKED });
  await revoked.waitFor();
  // Read from eight metres: a sign is a fifteenth of the wall's height.
  const high = await revoked.evaluate((it) =>
    Number.parseFloat(getComputedStyle(it).fontSize),
  );
  expect(high).toBeGreaterThan(wall.page.viewportSize()!.height / 18);
  for (const [look, words] of [
    ["lang=zh&theme=light", "此大屏的配对已撤销"],
    ["lang=en&theme=dark", "This wall was revoked"],
  ] as const) {
    await wall.page.goto(`${hub.url}/wall/city-overview?${look}`);
    await wall.page.getByRole("heading", { name: words }).waitFor();
    expect(await wall.violations()).toEqual([]);
  }
  const text = await wall.page.locator("body").innerText();
  expect(text).not.toMatch(/Testford|试城/);
});
