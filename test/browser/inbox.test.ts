/** A department's inbox in a real browser: each row says what is asked, by whom and until when. */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Incident, IncidentView } from "../../contract/incident.ts";
import type { RoleCode } from "../../contract/role.ts";
import { FLOW_CITY, told } from "../flow/city.ts";
import { launchChromium } from "../kit/chromium.ts";
import { PLACES } from "../kit/city.ts";
import { openDesk, type Desk } from "../kit/desk.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask } from "../kit/staff.ts";

let hub: Hub;
let browser: Browser;
let inbox: Desk;
let department: string;
beforeAll(async () => {
  [hub, browser] = await Promise.all([
    startHub({ city: FLOW_CITY }),
    launchChromium(),
  ]);
  const { body } = await ask<{ scope: { departments: string[] } }>(
    ...([hub, "GET", "/api/session"] as const),
    { cookie: await hub.signIn("deptHandler") },
  );
  department = body.scope.departments[0]!;
});
afterEach(() => inbox.close());
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

async function reported(title: string): Promise<string> {
  await told(hub, "hotline", [
    {
      ...{ externalId: title, source: "12345", title, category: "pothole" },
      ...{ reportedAt: Date.now(), ...PLACES.west },
    },
  ]);
  const { items } = await hub.ask<{ items: Incident[] }>("/api/incidents");
  return items.find((one) => one.title === title)!.id;
}
const view = async (id: string) =>
  hub.ask<IncidentView>(`/api/incidents/${id}`, {
    cookie: await hub.signIn("shiftLeader"),
  });
async function take(
  id: string,
  role: RoleCode,
  step: string,
  body: object = {},
): Promise<void> {
  const { rev } = (await view(id)).incident;
  const { status, body: said } = await ask(
    ...([hub, "POST", `/api/incidents/${id}/steps`] as const),
    {
      cookie: await hub.signIn(role),
      body: { rev, asked: { step, body } },
    },
  );
  expect(status, JSON.stringify(said)).toBe(200);
}
async function dispatched(title: string, orders: object): Promise<string> {
  const id = await reported(title);
  await take(id, "shiftLeader", "register", { priority: 2 });
  await take(id, "shiftLeader", "dispatch", orders);
  return id;
}
async function open(lang: string): Promise<void> {
  inbox = await openDesk(browser, hub, {
    by: await hub.signIn("deptHandler"),
    path: `/inbox?lang=${lang}`,
  });
}
const row = (title: string) =>
  inbox.page.locator(".groups li", { hasText: title });
const tagsOf = (title: string) => row(title).locator(".tag").allInnerTexts();

it("an empty inbox says what will come there", async () => {
  await open("en");
  await inbox.page.getByText("No order waits for you").waitFor();
  expect(await inbox.violations()).toEqual([]);
});

it("a row says whether the department leads or helps, for what and until when, and what was asked", async () => {
  const other = department === "ECO" ? "TEST" : "ECO";
  await dispatched("井盖缺失", { lead: department });
  await dispatched("路灯不亮", { lead: other, co: [department] });
  const returned = await dispatched("噪声扰民", { lead: department });
  const { dossier } = await view(returned);
  const { no } = dossier.orders.find((one) => one.department === department)!;
  await take(returned, "deptHandler", "askReturn", {
    ...{ order: no, reason: "不属本部门" },
  });
  await open("en");
  await row("井盖缺失").waitFor();
  expect(await tagsOf("井盖缺失")).toEqual(["lead"]);
  // What its order says comes after the row.
  await expect
    .poll(() => row("井盖缺失").locator(".when").innerText())
    .toMatch(/^sign by .*\d\d:\d\d$/);
  expect(await tagsOf("路灯不亮")).toEqual(["co-handler"]);
  const asked = inbox.page.locator("section", { hasText: "Asked, waiting" });
  await asked.getByText("噪声扰民").waitFor();
  expect(await tagsOf("噪声扰民")).toEqual(["lead", "to return it"]);
  expect(await inbox.violations()).toEqual([]);
  expect(inbox.complaints).toEqual([]);
});

it("moves what is signed for in its list as soon as the pane shows it, and asks for it once", async () => {
  const id = await dispatched("路面坑洼", { lead: department });
  await open("en");
  await row("路面坑洼").getByRole("button").click();
  const asked: string[] = [];
  inbox.page.on("request", (request) => {
    if (request.method() === "GET" && request.url().includes(id))
      asked.push(request.url());
  });
  await inbox.button("Sign for it").click();
  await inbox.button("Feed back").waitFor();
  const inHand = inbox.page.locator(".groups section", {
    hasText: "Handling",
  });
  expect(await inHand.getByText("路面坑洼").count()).toBe(1);
  // What comes after it: the queue has told of the signing as well by then.
  await dispatched("窨井冒水", { lead: department });
  await row("窨井冒水").waitFor();
  expect(asked).toHaveLength(1);
  expect(inbox.complaints).toEqual([]);
});

it("says why a co-handler cannot feed back before the lead has signed", async () => {
  const lead = department === "ECO" ? "TEST" : "ECO";
  await dispatched("树枝压线", { lead, co: [department] });
  await open("en");
  await row("树枝压线").getByRole("button").click();
  await inbox.button("Sign for it").click();
  await inbox.page
    .getByText(/has not signed for it yet: you can feed back/)
    .waitFor();
  expect(await inbox.button("Feed back").count()).toBe(0);
  expect(inbox.complaints).toEqual([]);
});

it("leaves the page where its reader had it when a form closes", async () => {
  await dispatched("护栏损坏", { lead: department });
  await open("en");
  await inbox.page.setViewportSize({ width: 1440, height: 340 });
  await row("护栏损坏").getByRole("button").click();
  await inbox.button("Note").waitFor();
  const pane = inbox.page.getByRole("main");
  const place = await pane.evaluate((element) => {
    element.scrollTop = element.scrollHeight - element.clientHeight - 25;
    return element.scrollTop;
  });
  expect(place).toBeGreaterThan(0);
  // Pressed where they are: a test's hand would scroll to them.
  await inbox.button("Note").dispatchEvent("click");
  const cancel = inbox.button(/^Cancel/);
  await cancel.scrollIntoViewIfNeeded();
  await cancel.dispatchEvent("click");
  await inbox.button("Note").waitFor();
  await expect
    .poll(() => pane.evaluate((element) => element.scrollTop))
    .toBe(place);
  expect(inbox.complaints).toEqual([]);
});

it("shows on a map where the matter is, and says it where nobody told", async () => {
  await dispatched("消防栓漏水", { lead: department });
  await told(hub, "hotline", [
    {
      ...{ externalId: "nowhere", source: "12345", title: "电话不详" },
      ...{ category: "pothole", reportedAt: Date.now(), address: "西街 3 号" },
    },
  ]);
  const { items } = await hub.ask<{ items: Incident[] }>("/api/incidents");
  const { id } = items.find(({ externalId }) => externalId === "nowhere")!;
  await take(id, "centreChief", "register");
  await take(id, "shiftLeader", "dispatch", { lead: department });
  await open("en");
  await row("消防栓漏水").getByRole("button").click();
  const map = inbox.page.getByRole("figure", { name: "Where it is" });
  await map.locator("[data-drawn=true]").waitFor();
  await map.locator(".ring circle").waitFor();
  expect(await inbox.violations()).toEqual([]);
  await row("电话不详").getByRole("button").click();
  await inbox.page.getByText("without a point on the map").waitFor();
  expect(await map.count()).toBe(0);
  expect(inbox.complaints).toEqual([]);
});

it("leads from what was merged to what it was merged into, by number and title", async () => {
  const into = await dispatched("占道经营", { lead: department });
  const again = await dispatched("又见占道经营", { lead: department });
  await take(again, "shiftLeader", "merge", { into });
  await open("en");
  await inbox.page.goto(`${hub.url}/inbox?lang=en&id=${again}`);
  const { number } = (await view(into)).incident;
  await inbox.page.getByRole("link", { name: `${number} 占道经营` }).click();
  await inbox.page
    .getByRole("heading", { level: 2, name: "占道经营", exact: true })
    .waitFor();
  expect(inbox.page.url()).toContain(into);
  expect(inbox.complaints).toEqual([]);
});

it("tells a handler why the work came back and who urged, and which words an answer is for", async () => {
  const id = await dispatched("排水不畅", { lead: department });
  const order = { order: 1 };
  await take(id, "deptHandler", "sign", order);
  await take(id, "deptHandler", "feedBack", { ...order, note: "已疏通" });
  await take(id, "shiftLeader", "sendCheck");
  await take(id, "gridWorker", "check", {
    ...{ result: "failed", note: "仍有积水" },
  });
  await take(id, "shiftLeader", "rework", { reason: "清理下游" });
  await take(id, "shiftLeader", "urge", { note: "今晚完成" });
  await take(id, "leader", "instruct", { text: "办结后报告" });
  await take(id, "leader", "supervise", { level: 2, text: "逐日报进度" });
  await open("en");
  await row("排水不畅").getByRole("button").click();
  const said = inbox.page.locator(".said li");
  await expect.poll(() => said.count()).toBe(3);
  const lines = await said.allInnerTexts();
  expect(lines[0]).toMatch(/Urge[^]*今晚完成/);
  expect(lines[1]).toMatch(/Rework[^]*清理下游/);
  expect(lines[2]).toMatch(/failed[^]*仍有积水/);
  const waiting = inbox.page.locator(".told");
  expect(await waiting.count()).toBe(2);
  await inbox.button("Answer").click();
  await expect.poll(() => waiting.count()).toBe(1);
  expect(await waiting.innerText()).toMatch(/instruction[^]*办结后报告/);
  expect(await inbox.violations()).toEqual([]);
  expect(inbox.complaints).toEqual([]);
});
