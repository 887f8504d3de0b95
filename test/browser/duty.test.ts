/** A shift passes from one desk to another: an officer writes and signs, the next one confirms. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FLOW_CITY } from "../flow/city.ts";
import { launchChromium } from "../kit/chromium.ts";
import { openDesk, type Desk } from "../kit/desk.ts";
import { startHub, type Hub } from "../kit/hub.ts";

let hub: Hub;
let browser: Browser;
let officer: Desk;
let leader: Desk;
beforeAll(async () => {
  [hub, browser] = await Promise.all([
    startHub({ city: FLOW_CITY }),
    launchChromium(),
  ]);
  officer = await openDesk(browser, hub, {
    ...{ by: await hub.signIn("dutyOfficer"), path: "/duty?theme=light" },
  });
  leader = await openDesk(browser, hub, {
    ...{ by: await hub.signIn("shiftLeader"), path: "/duty?lang=en" },
  });
});
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

it("says what to do where nobody is down for a shift", async () => {
  await officer.page.getByText("这个班次还没有排人").first().waitFor();
  await officer.page.getByRole("link", { name: "去排班" }).first().click();
  await officer.page.getByText("还没有排班").waitFor();
  expect(await officer.violations()).toEqual([]);
});

it("takes a roster, and tells a wrong line by its number", async () => {
  const { page } = officer;
  await officer.button("导入").click();
  const csv = page.getByLabel("CSV 内容");
  // The empty week, with everybody's name in it.
  const named = (await csv.inputValue()).replaceAll(",,,", ",,林知行,");
  await csv.fill(`${named}\n2026-13-01,early,seat,,林,`);
  await officer.button("替换这些日期").click();
  await page.getByText(/第 \d+ 行 date 列为“2026-13-01”/).waitFor();
  expect(await officer.violations()).toEqual([]);
  await csv.fill(named);
  await officer.button("替换这些日期").click();
  await page.getByText(/已更新 \d 天/).waitFor();
  const change = page.getByRole("button", { name: /^调整 / }).last();
  await change.click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("姓名").first().fill("沈一舟");
  expect(await officer.violations()).toEqual([]);
  await dialog.getByRole("button", { name: "保存" }).click();
  await page.locator("td").getByText("沈一舟").waitFor();
  await officer.button("撤销").click();
  await page.getByText("已撤销").waitFor();
  await page.locator("td").getByText("沈一舟").waitFor({ state: "detached" });
  await page.getByRole("link", { name: "值班", exact: true }).click();
  await page.locator(".crew").getByText("林知行").first().waitFor();
});

it("passes from the officer who writes and signs to the leader who confirms", async () => {
  const { page } = officer;
  await page.keyboard.press("2");
  await page.getByRole("radio", { name: "指示 2", checked: true }).waitFor();
  await page.keyboard.type("每小时报一次水位");
  await page.keyboard.press("Enter");
  await page.locator("li.entry", { hasText: "每小时报一次水位" }).waitFor();
  await page.getByLabel("交班说明").fill("泵站待复电");
  await officer.button("签名交班").click();
  await page.getByText("您已交班，等下一班接班。").waitFor();
  expect(await officer.violations()).toEqual([]);

  // The topic told the other desk by itself.
  await leader.page.locator("blockquote", { hasText: "泵站待复电" }).waitFor();
  await leader.page.locator("li.entry", { hasText: "水位" }).waitFor();
  const before = await leader.page.locator(".crew b").first().innerText();
  await leader.page.getByLabel("Remarks").fill("checked");
  expect(await leader.violations()).toEqual([]);
  await leader.button("Receive the shift").click();
  const received = page.getByText("→ 值班长");
  // More than an hour before its end: asked once more.
  const early = leader.button("Receive early all the same");
  await expect
    .poll(async () => (await early.count()) + (await received.count()))
    .toBeGreaterThan(0);
  if ((await early.count()) > 0) await early.click();
  await received.waitFor();
  const after = await leader.page.locator(".crew b").first().innerText();
  expect(after).not.toBe(before);
  // The one refused line of the roster.
  expect(leader.complaints).toEqual([]);
});
