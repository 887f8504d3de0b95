/** Limits, the calendar, algorithms and systems told back, at an administrator's desk. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { CityPlan } from "../../kit/city.ts";
import { launchChromium } from "../../kit/chromium.ts";
import { openDesk, type Desk } from "../../kit/desk.ts";
import { startHub, type Hub } from "../../kit/hub.ts";

const names = { nameZh: "积水识别", nameEn: "Ponding" };
const CITY: CityPlan = {
  feeds: [{ id: "calls", system: "desk", format: "incidents/2" }],
  algorithms: [
    {
      code: "ponding",
      ...names,
      version: "2.1",
      threshold: "0.7",
      enabled: "true",
    },
  ],
};

let browser: Browser;
let hub: Hub;
let desk: Desk;
beforeAll(async () => {
  [browser, hub] = await Promise.all([
    launchChromium(),
    startHub({ city: CITY, env: { OUTBOUND_ALLOW: "127.0.0.1" } }),
  ]);
  desk = await openDesk(browser, hub, {
    by: await hub.signIn("sysAdmin"),
    path: "/admin/limits?lang=en&theme=light",
  });
});
afterAll(async () => {
  await browser.close();
  await hub.stop();
});
const sound = async () => expect(await desk.violations()).toEqual([]);
const give = (csv: string) => desk.page.getByLabel("The table").fill(csv);

const LIMITS = "category,matterClass,stage,amount,type\n";

it("names every flaw of a table by line, takes one that is right, and undoes it", async () => {
  await desk.page.getByRole("rowheader", { name: "Every category" }).waitFor();
  await sound();
  await desk.button("Import limits").click();
  await give(`${LIMITS}nowhere,,accept,1,workHour\n,,lunch,1,workHour\n`);
  await desk.button("Preview").click();
  await desk.dialog().getByText("2 places are wrong").waitFor();
  await desk
    .dialog()
    .getByText(/^Line 3, column stage is “lunch”/)
    .waitFor();
  expect(await desk.button("Take it").isDisabled()).toBe(true);

  await give(`${LIMITS}pothole,,accept,3,workHour\n`);
  await desk.button("Preview").click();
  await desk.dialog().getByText("1 rows change").waitFor();
  await sound();
  await desk.button("Take it").click();
  await desk.page.getByRole("rowheader", { name: "Pothole" }).waitFor();

  await desk.button("Bring back edition 0").click();
  await desk.dialog().getByText("1 rows change").waitFor();
  await desk.button("Take it").click();
  await desk.page.getByText(/^Edition 2/).waitFor();
  expect(
    await desk.page.getByRole("rowheader", { name: "Pothole" }).count(),
  ).toBe(0);
});

it("shows a year with the day that was made a holiday, and says which clocks move", async () => {
  await desk.turnTo("calendar");
  await desk.page.getByText("names no day of this year").waitFor();
  await desk.button("Import calendar").click();
  const year = new Date().getFullYear();
  await give(
    `date,kind,nameZh,nameEn\n${year}-07-01,holiday,建城日,City day\n`,
  );
  await desk.button("Preview").click();
  await desk.dialog().getByText("0 clocks that run").waitFor();
  await desk.button("Take it").click();
  await desk.page.getByTitle(`${year}-07-01 Holiday City day`).waitFor();
  await sound();
});

it("switches an algorithm off", async () => {
  await desk.turnTo("algorithms");
  await desk.button("Change the algorithm ponding").click();
  await desk.dialog().locator(".el-switch").click();
  await sound();
  await desk.button("Save").click();
  await desk.page.getByText("Off", { exact: true }).waitFor();
  const { items } = await hub.ask<{ items: object[] }>("/api/algorithms");
  expect(items).toMatchObject([{ code: "ponding", enabled: false }]);
});

it("has a system told, shows its secret once, pauses it and tells it no more", async () => {
  await desk.turnTo("webhooks");
  await desk.page.getByText("No system is told back").waitFor();
  await desk.button("Tell another system").click();
  await desk.choose("System", "desk");
  await desk.page.getByLabel("Address").fill("http://127.0.0.1:9/status");
  await desk.button("Save").click();
  await desk.dialog().getByText("It is shown this once").waitFor();
  await desk.button("I have kept it, close").click();
  await desk.page.getByText("Nothing told yet").waitFor();
  await sound();
  await desk.button("Pause telling desk").click();
  await desk.dialog().getByRole("button", { name: "Pause" }).click();
  await desk.page.getByText("Paused", { exact: true }).waitFor();
  await desk.button("Tell desk no more").click();
  await desk.dialog().getByRole("button", { name: "Tell no more" }).click();
  await desk.page.getByText("No system is told back").waitFor();
  expect(desk.complaints).toEqual([]);
});
