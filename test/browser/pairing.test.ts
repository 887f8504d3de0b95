/** A wall without identity in the hall: its code, its screen, another screen, and its end. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import type { Device } from "../../contract/device.ts";
import { FLOW_CITY } from "../flow/city.ts";
import { violationsOn } from "../kit/axe.ts";
import { launchChromium } from "../kit/chromium.ts";
import { startHub, type Hub } from "../kit/hub.ts";

let browser: Browser;
let hub: Hub;
let wall: Page;
let device: Device;

beforeAll(async () => {
  [browser, hub] = await Promise.all([
    launchChromium(),
    startHub({ city: FLOW_CITY }),
  ]);
  const viewport = { width: 1920, height: 1080 };
  wall = await (await browser.newContext({ viewport })).newPage();
});
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

const code = async () =>
  (await wall.locator(".code").innerText()).replaceAll(/\s/g, "");

/** Everything but GET takes JSON, and the wall's newest revision. */
async function change(more: Partial<Device>): Promise<void> {
  device = await hub.ask<Device>(`/api/devices/${device.id}`, {
    method: "PATCH",
    body: JSON.stringify({ rev: device.rev, ...more }),
  });
}

it("shows a code that a reload keeps, high enough for eight metres", async () => {
  await wall.goto(`${hub.url}/pair?lang=en`);
  await wall.locator(".code").waitFor();
  const shown = await code();
  expect(shown).toMatch(/^[A-Z0-9]{8}$/);
  const size = await wall
    .locator(".code")
    .evaluate((one) => parseFloat(getComputedStyle(one).fontSize));
  expect(size).toBeGreaterThan(200);
  expect(await violationsOn(wall)).toEqual([]);
  await wall.reload();
  await wall.locator(".code").waitFor();
  expect(await code()).toBe(shown);
});

it("turns into the wall as soon as its code is approved", async () => {
  device = await hub.ask<Device>("/api/devices", {
    method: "POST",
    body: JSON.stringify({
      ...{ code: await code(), name: "East hall", scope: WHOLE_CITY },
      screens: ["city-overview", "lifeline-environment"],
    }),
  });
  await wall.waitForURL(/\/wall\/city-overview/);
  await wall.locator('[data-screen="city-overview"]').first().waitFor();
});

it("leads from the first page and from the pairing page to its screen", async () => {
  for (const path of ["/", "/pair"]) {
    await wall.goto(hub.url + path);
    await wall.waitForURL(/\/wall\/city-overview/);
  }
});

it("turns to another screen when it is given one, without loading anew", async () => {
  await wall.locator('[data-screen="city-overview"]').first().waitFor();
  await wall.evaluate(() => (document.body.dataset["same"] = "page"));
  await change({ screens: ["lifeline-environment"] });
  await wall.waitForURL(/\/wall\/lifeline-environment/);
  expect(await wall.evaluate(() => document.body.dataset["same"])).toBe("page");
});

it("shows nothing of the city any more when it is revoked", async () => {
  await hub.ask(`/api/devices/${device.id}`, {
    ...{ method: "DELETE", body: "{}" },
  });
  await wall.getByText("此大屏的配对已撤销").waitFor();
  expect(await wall.locator("[data-screen]").count()).toBe(0);
});
