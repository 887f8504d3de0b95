/** One matter by the keyboard alone, from report to close, at the real desk; a wall shows each step as it is taken. */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Incident, IncidentView } from "../../contract/incident.ts";
import type { RoleCode } from "../../contract/role.ts";
import { FLOW_CITY, told } from "../flow/city.ts";
import { launchChromium } from "../kit/chromium.ts";
import { PLACES } from "../kit/city.ts";
import { openDesk, type Desk } from "../kit/desk.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { openWall } from "../kit/wall.ts";

let hub: Hub;
let browser: Browser;
const opened: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  [hub, browser] = await Promise.all([
    startHub({ city: FLOW_CITY }),
    launchChromium(),
  ]);
});
afterEach(async () => {
  for (const page of opened.splice(0)) await page.close();
});
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

const TITLE = "西街路口井盖缺失，行人险些跌落";
const AGAIN = "西街路口井盖缺失，有人险些跌落";
/** The second is told a quarter of an hour later, by another. */
async function reported(): Promise<void> {
  for (const [i, title] of [TITLE, AGAIN].entries())
    await told(hub, "hotline", [
      {
        ...{ externalId: `cover-${i}`, source: "12345", title },
        ...{ category: "pothole", ...PLACES.west },
        reportedAt: Date.now() - (30 - 15 * i) * 60_000,
      },
    ]);
}
async function idOf(title: string): Promise<string> {
  const { items } = await hub.ask<{ items: Incident[] }>("/api/incidents");
  return items.find((one) => one.title === title)!.id;
}

/** Somebody opens the matter from the queue, by keys. */
async function sitDown(role: RoleCode, title: string): Promise<Desk> {
  const by = await hub.signIn(role);
  const desk = await openDesk(browser, hub, { by, path: "/desk?lang=en" });
  opened.push(desk);
  await desk.page.locator(".row", { hasText: title }).waitFor();
  await desk.page.keyboard.press("/");
  await desk.page.keyboard.type(title);
  await desk.page.waitForFunction(
    () => document.querySelectorAll("[role=option]").length === 1,
  );
  for (const key of ["Enter", "j", "Enter"])
    await desk.page.keyboard.press(key);
  await desk.page.waitForURL(/\/desk\/incidents\//);
  await desk.page.getByRole("heading", { level: 2, name: title }).waitFor();
  return desk;
}
/** One that nothing holds up. */
const step = ({ page }: Desk, name: string) =>
  page
    .locator(".step-bar")
    .getByRole("button", { name, disabled: false })
    .first();
/** When the button of a step is there, its key is. */
async function press(desk: Desk, name: string, key: string): Promise<void> {
  await step(desk, name).waitFor();
  await desk.page.keyboard.press(key);
}
const said = (desk: Desk, text: RegExp) =>
  desk.page.getByText(text).first().waitFor();

it("a matter is registered, merged, dispatched, signed, fed back, checked and closed by keys, and the wall shows each", async () => {
  await reported();
  const wall = await openWall(browser, hub, {
    widgets: [
      {
        ...{ type: "incident-list", version: 1 },
        options: { moves: false, order: "newest" },
      },
    ],
  });
  opened.push(wall);
  const row = (title: string) =>
    wall.page.locator("article", { hasText: title });
  const shows = (status: string) =>
    row(TITLE).locator(".status", { hasText: status }).waitFor();
  await shows("待受理");
  await row(AGAIN).waitFor();

  const leader = await sitDown("shiftLeader", TITLE);
  await press(leader, "Register", "a");
  await shows("待派遣");

  const second = await sitDown("shiftLeader", AGAIN);
  await press(second, "Merge", "m");
  // The likeliest is chosen already.
  await second.page.keyboard.press("Control+Enter");
  await row(AGAIN).waitFor({ state: "detached" });
  await row(TITLE).waitFor();

  const dispatcher = await sitDown("dispatcher", TITLE);
  await press(dispatcher, "Dispatch", "d");
  await dispatcher.page.keyboard.type("ecology");
  await dispatcher.page.keyboard.press("Enter");
  await dispatcher.page.keyboard.press("Control+Enter");
  await shows("待签收");

  const handler = await sitDown("deptHandler", TITLE);
  await press(handler, "Sign for it", "s");
  await shows("处置中");
  await press(handler, "Feed back", "b");
  await handler.page.keyboard.type("已补装井盖");
  await handler.page.keyboard.press("Control+Enter");
  await shows("已反馈");

  await press(leader, "Send to check", "v");
  await leader.page.keyboard.press("Control+Enter");
  await shows("待核查");
  await press(leader, "Checked", "v");
  await leader.page.keyboard.press("Space");
  await leader.page.keyboard.press("Control+Enter");
  await said(leader, /: Checked$/);
  await press(leader, "Close", "c");
  await said(leader, /: Close$/);
  await row(TITLE).waitFor({ state: "detached" });

  const id = await idOf(TITLE);
  const { incident, history, children } = await hub.ask<IncidentView>(
    `/api/incidents/${id}`,
  );
  expect(incident.status).toBe("closed");
  expect(children.map(({ title }) => title)).toEqual([AGAIN]);
  expect(history.map(({ what }) => what)).toEqual(
    expect.arrayContaining([
      ...["reported", "register", "dispatch", "sign"],
      ...["feedBack", "sendCheck", "check", "close"],
    ]),
  );
  for (const { complaints } of [wall, leader, second, dispatcher, handler])
    expect(complaints).toEqual([]);
});
