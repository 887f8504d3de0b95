/** From a department's POST to the digits on the wall, in a real browser. */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { FLOW_CITY, told } from "../flow/city.ts";
import { launchChromium } from "../kit/chromium.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { openWall, type Wall } from "../kit/wall.ts";

const FIGURE = {
  type: "key-figure",
  version: 1,
  options: { indicator: "air.told" },
};

let hub: Hub;
let browser: Browser;
let wall: Wall;
beforeAll(async () => {
  [hub, browser] = await Promise.all([
    startHub({ city: FLOW_CITY }),
    launchChromium(),
  ]);
});
afterEach(() => wall.close());
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

const tell = (value: number) =>
  told(hub, "reports", [{ indicator: "air.told", at: Date.now(), value }]);

const shows = (text: string) =>
  wall.page.locator(".key-figure .value", { hasText: text }).waitFor();

it("changes the wall without a reload when a value is posted", async () => {
  wall = await openWall(browser, hub, { widgets: [FIGURE] });
  await tell(4_711);
  await shows("4,711");
  let reloads = 0;
  wall.page.on("framenavigated", () => reloads++);
  await tell(4_712);
  await shows("4,712");
  expect(reloads).toBe(0);
  expect(wall.complaints).toEqual([]);
});

it("asks nobody but the hub for anything (R9)", async () => {
  wall = await openWall(browser, hub, { widgets: [FIGURE] });
  await wall.page.locator(".key-figure").waitFor();
  expect([...wall.hosts]).toEqual([new URL(hub.url).host]);
});

it("comes back by itself when the hub was killed, and shows what is new", async () => {
  wall = await openWall(browser, hub, { widgets: [FIGURE] });
  await tell(1_001);
  await shows("1,001");
  await hub.kill();
  await hub.restart();
  await tell(1_002);
  await shows("1,002");
});

it("says of a sign-in link that was used that it was, and where new ones are", async () => {
  wall = await openWall(browser, hub, { widgets: [FIGURE] });
  const { page } = wall;
  await page.context().clearCookies();
  await page.goto("about:blank");
  await page.goto(`${hub.url}/?lang=en#token=${"used-before-".repeat(4)}`);
  await page
    .getByText("This sign-in link is not valid, or has been used")
    .waitFor();
  await page.getByText("sign-in-links.json").waitFor();
  await page.goto("about:blank");
  await page.goto(`${hub.url}/?lang=zh`);
  await page.getByRole("heading", { name: "登录" }).waitFor();
});

it("shows the keys of a wall on the start page, as it promises", async () => {
  wall = await openWall(browser, hub, { widgets: [FIGURE] });
  const { page } = wall;
  await page.goto(`${hub.url}/?lang=en`);
  await page.getByRole("heading", { name: "Screens" }).waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
});

it("shows every screen as it is now on the start page, and draws no map for it", async () => {
  wall = await openWall(browser, hub, { widgets: [FIGURE] });
  const { page } = wall;
  const { items } = await hub.ask<{ items: { id: string }[] }>("/api/screens");
  await page.goto(`${hub.url}/?lang=en`);
  for (const { id } of items)
    await page.locator(`.thumb [data-screen="${id}"] time`).first().waitFor();
  expect(await page.locator(".thumb").count()).toBe(items.length);
  expect(await page.locator(".maplibregl-map").count()).toBe(0);
  // A picture of a screen takes no clicks: the card leads to the screen.
  const box = (await page.locator(".thumb").first().boundingBox())!;
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForURL(`${hub.url}/wall/${items[0]!.id}?lang=en`);
});
