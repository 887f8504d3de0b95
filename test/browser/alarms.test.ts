/** Alarms on their own page: seen, put aside, taken back, by keys. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { told } from "../flow/city.ts";
import { launchChromium } from "../kit/chromium.ts";
import { DISTRICTS, indicatorRow } from "../kit/city.ts";
import { openDesk, type Desk } from "../kit/desk.ts";
import { startHub, type Hub } from "../kit/hub.ts";

const HOUR = "3600000";
let browser: Browser;
let hub: Hub;
let desk: Desk;
beforeAll(async () => {
  [browser, hub] = await Promise.all([
    launchChromium(),
    startHub({
      city: {
        feeds: [{ id: "reports", format: "indicators/1" }],
        indicators: [
          indicatorRow({
            ...{ id: "water.depth", nameZh: "积水深度", unit: "cm" },
            ...{ nameEn: "Ponding depth", direction: "L", source: "reported" },
            ...{ blue: "15", yellow: "27", orange: "40", red: "60" },
            ...{ every: HOUR, staleAfter: HOUR, opensIncident: "yellow" },
            ...{ scopes: "city;district", priority: "3", category: "pothole" },
          }),
        ],
      },
    }),
  ]);
});
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

it("an alarm stands with its value against the threshold, is acknowledged, shelved and taken back by keys, and leads to its incident", async () => {
  desk = await openDesk(browser, hub, {
    by: await hub.signIn("acceptor"),
    path: "/alarms?lang=en&theme=light",
  });
  const { page } = desk;
  await page.getByText("No alarm stands").waitFor();
  await page.getByText("No alarm ended in the last seven days").waitFor();
  expect(await desk.violations()).toEqual([]);

  await told(hub, "reports", [
    ...[{ indicator: "water.depth", scope: DISTRICTS.west.code }].map((of) => ({
      ...{ ...of, at: Date.now(), value: 45 },
    })),
  ]);
  await page.getByText("at or above 40 cm").waitFor();
  await page.getByRole("link", { name: "Open the incident" }).waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("a");
  await desk.dialog().getByLabel("Comment").fill("pumps are on");
  // A text of several lines takes Enter for itself.
  await page.keyboard.press("Control+Enter");
  await page.getByText("pumps are on").waitFor();
  expect(
    await page.getByRole("button", { name: "a Acknowledge" }).isDisabled(),
  ).toBe(true);
  await page.keyboard.press("s");
  // Which alarm it is can be read whole.
  const face = desk.dialog().locator(".face");
  for (const part of [face, face.locator("b"), face.locator(".place")])
    expect(
      await part.evaluate((at) => at.scrollWidth <= at.clientWidth),
      await part.innerText(),
    ).toBe(true);
  await desk.dialog().getByLabel("Reason").fill("the gauge is cleaned");
  expect(await desk.violations()).toEqual([]);
  await desk.dialog().getByRole("button", { name: "Shelve" }).click();
  await page.getByText(/^shelved until/).waitFor();
  await page.keyboard.press("u");
  await page.getByText("not acknowledged", { exact: true }).waitFor();

  await page.getByLabel("Level").selectOption("red");
  await page.getByText("No alarm fits the filter").waitFor();
  await page.getByLabel("Level").selectOption("");
  await page.getByRole("link", { name: "中文" }).click();
  await page.getByText("达到 40 cm").waitFor();
  await page.getByRole("link", { name: "深色" }).click();
  expect(await desk.violations()).toEqual([]);
  await page.getByRole("link", { name: "打开事件" }).click();
  await page.waitForURL(/\/desk\/incidents\//);
  // Whoever reads the incident is told of which indicator it is, by its name.
  await page
    .getByRole("heading", { level: 2, name: /积水深度 45 cm/ })
    .waitFor();
  await page.getByText(/指标：积水深度/).waitFor();
  expect(desk.complaints).toEqual([]);
});
