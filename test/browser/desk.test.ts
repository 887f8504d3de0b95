/** The dispatch desk in a real browser: by keys alone, and nothing moves under a hand. */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Incident } from "../../contract/incident.ts";
import { DAY } from "../../contract/time.ts";
import { createZone } from "../../contract/zone.ts";
import { FLOW_CITY, told } from "../flow/city.ts";
import { launchChromium } from "../kit/chromium.ts";
import { CITY_ZONE, PLACES } from "../kit/city.ts";
import { openDesk, type Desk } from "../kit/desk.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask } from "../kit/staff.ts";

let hub: Hub;
let browser: Browser;
let desk: Desk;
/** The first reported is the first due. */
const TITLES = ["雨水泵站停机", "路面积水", "井盖缺失", "路灯不亮"];
const report = (title: string, level: number, age = 0) =>
  told(hub, "hotline", [
    {
      ...{ externalId: title, source: "hotline12345", title, level },
      ...{ reportedAt: Date.now() - age, ...PLACES.west },
    },
  ]);
beforeAll(async () => {
  [hub, browser] = await Promise.all([
    startHub({ city: FLOW_CITY }),
    launchChromium(),
  ]);
  for (const [i, title] of TITLES.entries())
    await report(title, 3, (10 - i) * 60_000);
});
afterEach(() => desk.close());
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

async function open(path = "", role = "shiftLeader", lang = "zh") {
  const by = await hub.signIn(role);
  desk = await openDesk(browser, hub, {
    by,
    path: `/desk${path}?lang=${lang}`,
  });
}
const rows = () => desk.page.locator(".row");
const titles = () => rows().locator(".title").allInnerTexts();
const shows = (n: number) =>
  desk.page.waitForFunction(
    (n) => document.querySelectorAll("[role=option]").length === n,
    n,
  );
const zone = createZone(CITY_ZONE);
const dayOf = (at: number) =>
  new Date(zone.localAt(at)).toISOString().slice(0, 10);
const press = async (...keys: string[]) => {
  for (const key of keys) await desk.page.keyboard.press(key);
};
async function idOf(title: string): Promise<Incident> {
  const { body } = await ask<{ items: Incident[] }>(
    ...([hub, "GET", "/api/incidents"] as const),
    { cookie: await hub.signIn("leader") },
  );
  return body.items.find((one) => one.title === title)!;
}

it("opens an incident by keys alone, and a reload opens it again", async () => {
  await open();
  await shows(4);
  const [, second] = await titles();
  await press("j", "j", "Enter");
  await desk.page.waitForURL(/\/desk\/incidents\//);
  const { id } = await idOf(second!);
  expect(desk.page.url()).toContain(id);
  await desk.page.reload();
  await shows(4);
  await desk.page.locator(".row.open", { hasText: second! }).waitFor();
  // Where it is, told from the cameras around it, however it was judged.
  await desk.page.locator(".ring circle").waitFor();
  await press("Escape");
  await desk.page.waitForURL(/\/desk\?/);
  expect(desk.complaints).toEqual([]);
});

it("leaves the page where its reader had it when a form closes", async () => {
  const { id } = await idOf("井盖缺失");
  await open(`/incidents/${id}`);
  await desk.page.setViewportSize({ width: 1440, height: 420 });
  await desk.page.locator(".clocks").waitFor();
  const pane = desk.page.locator("main.incident");
  const form = desk.page.locator(".step-form");
  const top = () => pane.evaluate((element) => element.scrollTop);
  const end = await pane.evaluate(
    ({ scrollHeight, clientHeight }) => scrollHeight - clientHeight,
  );
  for (const place of [0, 7, end]) {
    await pane.evaluate((element, to) => (element.scrollTop = to), place);
    await press("f");
    await form.locator("textarea:focus").waitFor();
    await press("Escape");
    await form.waitFor({ state: "detached" });
    await expect.poll(top).toBe(place);
  }
  expect(end).toBeGreaterThan(20);
});

it("tells another desk at once that its viewer left, by another incident or with the tab", async () => {
  const [first, second] = [await idOf("路灯不亮"), await idOf("井盖缺失")];
  await open(`/incidents/${first.id}`, "shiftLeader", "en");
  const there = desk.page.locator(".present");
  const other = await openDesk(browser, hub, {
    by: await hub.signIn("dispatcher"),
    path: `/desk/incidents/${first.id}?lang=en`,
  });
  await there.waitFor();
  await other.page.goto(`${hub.url}/desk/incidents/${second.id}?lang=en`);
  // Long before silence would have ended it.
  await there.waitFor({ state: "detached", timeout: 10_000 });
  await other.page.goBack();
  await there.waitFor();
  await other.page.close();
  await there.waitFor({ state: "detached", timeout: 10_000 });
  await other.close();
});

it("narrows the queue to the words that are typed behind a slash, keys and all", async () => {
  await open();
  await shows(4);
  await press("/");
  await desk.page.keyboard.type("积水");
  await shows(1);
  // `j` and `?` are letters in a field.
  await desk.page.keyboard.type("j?");
  await shows(0);
  await desk.page.getByText("没有符合筛选的事件").waitFor();
  await press("Escape");
  await shows(4);
});

it("lets what arrives wait while a row is chosen, and greys what left, until it is taken in", async () => {
  await open();
  await shows(4);
  // The newest first: by the time left it would stand last in working hours, where nobody's hand is.
  await press("o", "o", "j", "j");
  const before = await titles();
  await report("居民楼进水", 3);
  await desk.button(/新到 1 件/).waitFor();
  const { id, rev } = await idOf("井盖缺失");
  const asked = { step: "void", body: { reason: "误报" } };
  await ask(hub, "POST", `/api/incidents/${id}/steps`, {
    cookie: await hub.signIn("shiftLeader"),
    body: { rev, asked },
  });
  const left = desk.page.locator(".row.gone", { hasText: "井盖缺失" });
  await left.getByText("已作废").waitFor();
  expect(await titles()).toEqual(before);
  await press(".");
  await desk.page.locator(".row", { hasText: "居民楼进水" }).waitFor();
  await left.waitFor({ state: "detached" });
  await shows(4);
});

it("takes a step on several, one by one, and tells what was refused and why", async () => {
  await open();
  await shows(4);
  await press("j", "x", "j", "j", "X");
  await desk.page.getByText("已选 3 件").waitFor();
  const [, , third] = await titles();
  const { id } = await idOf(third!);
  // As if another had changed it at this moment.
  await desk.page.route(`**/incidents/${id}/steps`, (route) => {
    const body = route.request().postDataJSON() as object;
    return route.continue({ postData: { ...body, rev: 99 } });
  });
  await press("N");
  await desk.page.keyboard.type("已电话核实");
  await press("Enter");
  await desk.page.getByText("已办 2 / 3 件").waitFor();
  const refused = desk.page.getByRole("list", { name: "未能办理" });
  await refused.getByText("没有第 99 版").waitFor();
  // What was refused is what stays selected.
  await desk.page.getByText("已选 1 件").waitFor();
  const first = await idOf((await titles())[0]!);
  const { body } = await ask<{ history: { what: string }[] }>(
    ...([hub, "GET", `/api/incidents/${first.id}`] as const),
    { cookie: await hub.signIn("leader") },
  );
  expect(body.history.at(-1)).toMatchObject({ what: "note" });
});

it("rings for a new incident of priority 1 until somebody heard it, and says so", async () => {
  await open();
  await shows(4);
  await report("燃气泄漏", 1);
  const note = desk.page.getByRole("alert");
  await note.getByText("燃气泄漏").waitFor();
  await press("q");
  await note.waitFor({ state: "detached" });
});

it("reckons by another working calendar as soon as the city takes it, with nothing loaded anew", async () => {
  const title = "路灯不亮";
  const { id, due } = await idOf(title);
  await open(`/incidents/${id}`);
  const clock = desk.page.locator(".clock").first();
  const before = await clock.getByText("到期").innerText();
  const loads: string[] = [];
  desk.page.on("domcontentloaded", () => loads.push(desk.page.url()));
  const days = [0, 1, 2, 3].map((n) => dayOf(due!.dueAt! + n * DAY));
  const csv = `date,kind\n${days.map((day) => `${day},holiday\n`).join("")}`;
  const { status } = await ask(hub, "PUT", "/api/rules/calendar", {
    ...{ cookie: await hub.signIn(), body: { given: { csv }, edition: 0 } },
  });
  expect(status).toBe(200);

  const soon = { timeout: 20_000 };
  await expect
    .poll(() => clock.getByText("到期").innerText(), soon)
    .not.toBe(before);
  const moved = (await idOf(title)).due!.dueAt!;
  expect(days).not.toContain(dayOf(moved));
  expect(await clock.innerText()).toContain(dayOf(moved).slice(5));
  // By the calendar before, days of work would be left of its half hour.
  await expect
    .poll(
      () => rows().filter({ hasText: title }).locator(".left").innerText(),
      soon,
    )
    .toMatch(/^0(\.\d)? 工作时$/);
  expect(loads).toEqual([]);
});

it.each(["dark", "light"])(
  "bars nobody's way, be its theme %s",
  async (theme) => {
    const by = await hub.signIn("dispatcher");
    const path = `/desk?lang=en&theme=${theme}`;
    desk = await openDesk(browser, hub, { by, path });
    await rows().first().waitFor();
    await press("j", "x");
    expect(await desk.violations()).toEqual([]);
    await press("?");
    await desk.dialog().getByText("Select to here").waitFor();
    expect(await desk.violations()).toEqual([]);
  },
);

it("keeps its rows while the hub is away, says so, and goes on when it is back", async () => {
  await open();
  await rows().first().waitFor();
  const before = await titles();
  await hub.kill();
  const note = desk.page.getByRole("alert").getByText("连接中断");
  await note.waitFor();
  expect(await titles()).toEqual(before);
  await hub.restart();
  await note.waitFor({ state: "detached" });
  expect(await titles()).toEqual(before);
});

it("is not for the administrators of rights", async () => {
  await open("", "secAdmin", "en");
  await desk.page.getByText("Your role does not work on incidents").waitFor();
});

it("a hotline seat finds at its desk who waits to be called back, and calls", async () => {
  await report("路灯已修好", 4);
  const leader = await hub.signIn("shiftLeader");
  const handler = await hub.signIn("deptHandler");
  const { id } = await idOf("路灯已修好");
  const { body: session } = await ask<{ scope: { departments: string[] } }>(
    ...([hub, "GET", "/api/session", { cookie: handler }] as const),
  );
  const take = async (cookie: string, step: string, body: object = {}) => {
    const path = `/api/incidents/${id}`;
    const { body: view } = await ask<{ incident: Incident }>(
      ...([hub, "GET", path, { cookie }] as const),
    );
    const { rev } = view.incident;
    const { status } = await ask(hub, "POST", `${path}/steps`, {
      ...{ cookie, body: { rev, asked: { step, body } } },
    });
    expect(status, step).toBe(200);
  };
  await take(leader, "edit", { category: "pothole" });
  await take(leader, "register");
  await take(leader, "dispatch", {
    lead: session.scope.departments[0],
  });
  await take(handler, "sign", { order: 1 });
  await take(handler, "feedBack", { order: 1, note: "已修好" });
  await take(leader, "sendCheck");
  await take(leader, "check", { result: "passed" });
  await take(leader, "close");
  await open("", "hotlineSeat");
  const list = desk.page.locator("details", { hasText: "待回访" });
  await list.locator("summary").click();
  await list.getByRole("button", { name: /路灯已修好/ }).click();
  await desk.page.getByRole("button", { name: /^回访评价/ }).click();
  await desk.page.getByRole("radio", { name: "满意", exact: true }).check();
  await desk.page.getByRole("button", { name: /^提交/ }).click();
  await expect
    .poll(async () => (await idOf("路灯已修好")).status)
    .toBe("evaluated");
  expect(await desk.violations()).toEqual([]);
});
