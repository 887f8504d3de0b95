/** The city's officer reads a district's duty and writes in the city's alone; a district's keeps its own. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FLOW_CITY } from "../flow/city.ts";
import { launchChromium } from "../kit/chromium.ts";
import { openDesk } from "../kit/desk.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { newPerson } from "../kit/staff.ts";

let hub: Hub;
let browser: Browser;
beforeAll(async () => {
  [hub, browser] = await Promise.all([
    startHub({ city: { ...FLOW_CITY, centres: { EAST: "east" } } }),
    launchChromium(),
  ]);
});
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

it("keeps a district's log by its own officer, and shows it to the city to read", async () => {
  const { cookie } = await newPerson(hub, "east-officer", ["dutyOfficer"], {
    ...{ departments: ["EAST"], districts: null },
  });
  const east = await openDesk(browser, hub, {
    ...{ by: cookie, path: "/duty?theme=light" },
  });
  await east.page.getByText("EAST指挥中心").waitFor();
  await east.page.getByRole("textbox", { name: "记一条" }).fill("东区泵站来电");
  await east.page.keyboard.press("Enter");
  await east.page.locator("li.entry", { hasText: "东区泵站来电" }).waitFor();
  expect(await east.violations()).toEqual([]);

  const city = await openDesk(browser, hub, {
    ...{ by: await hub.signIn("dutyOfficer"), path: "/duty?lang=en" },
  });
  const picker = city.page.getByLabel("Centre", { exact: true });
  await city.page.getByRole("textbox", { name: "Write an entry" }).waitFor();
  expect(await city.page.locator("li.entry").count()).toBe(0);
  await picker.selectOption({ label: "EAST centre" });
  await city.page.locator("li.entry", { hasText: "东区泵站来电" }).waitFor();
  await city.page.getByText("read only here").waitFor();
  const form = city.page.getByRole("textbox", { name: "Write an entry" });
  expect(await form.count()).toBe(0);
  expect(await city.violations()).toEqual([]);
  await city.page.getByRole("link", { name: "Roster", exact: true }).click();
  await city.page.getByText("No roster yet").waitFor();
  const change = city.page.getByRole("button", { name: /^(Change|Import)/ });
  expect(await change.count()).toBe(0);
  await picker.selectOption({ label: "City centre" });
  await change.first().waitFor();
  expect([...east.complaints, ...city.complaints]).toEqual([]);
});
