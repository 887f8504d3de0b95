import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "./chromium.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

it("draws Chinese text and has WebGL for the map", async () => {
  const page = await browser.newPage();
  await page.setContent("<h1>城枢</h1><canvas></canvas>");
  expect(await page.locator("h1").textContent()).toBe("城枢");
  const webgl = await page.evaluate(
    () => document.querySelector("canvas")!.getContext("webgl2") !== null,
  );
  expect(webgl).toBe(true);
});
