/** The city looks at what its incidents came to, and from each number at those behind it. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { IncidentView } from "../../contract/incident.ts";
import type { RoleCode } from "../../contract/role.ts";
import { FLOW_CITY, told } from "../flow/city.ts";
import { createChance } from "../kit/chance.ts";
import { launchChromium } from "../kit/chromium.ts";
import { PLACES } from "../kit/city.ts";
import { openDesk, type Desk } from "../kit/desk.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask } from "../kit/staff.ts";

const SEED = 20261127;
/** More than one page of a list. */
const INCIDENTS = 53;
/** Each is one step further; somebody goes as far as chance lets them. */
const COURSE: [RoleCode, string, object][] = [
  ["shiftLeader", "register", {}],
  ["dispatcher", "dispatch", { lead: "ECO" }],
  ["deptHandler", "sign", { order: 1 }],
  ["deptHandler", "feedBack", { order: 1, note: "已修复" }],
  ["shiftLeader", "close", {}],
];
const CALLER = "来电 13812345678";

let hub: Hub;
let browser: Browser;
let desk: Desk;
/** How often each step is in the incidents' own histories. */
const taken = new Map<string, number>();
beforeAll(async () => {
  [hub, browser] = await Promise.all([
    startHub({ city: FLOW_CITY }),
    launchChromium(),
  ]);
  await told(
    hub,
    "hotline",
    Array.from({ length: INCIDENTS }, (_, i) => ({
      ...{ externalId: `s-${i}`, title: `路面坑洞 ${i}`, category: "pothole" },
      ...{ source: i === 0 ? CALLER : "hotline12345", ...PLACES.west },
      reportedAt: Date.now(),
    })),
  );
  const { items } = await hub.ask<{ items: { id: string }[] }>(
    `/api/incidents?limit=${INCIDENTS}`,
    { cookie: await hub.signIn("leader") },
  );
  const chance = createChance(SEED);
  for (const { id } of items)
    await walk(id, chance.between(1, COURSE.length + 1));
  for (const { id } of items) {
    const { history } = await viewOf(id);
    for (const { what } of history) taken.set(what, (taken.get(what) ?? 0) + 1);
  }
  desk = await openDesk(browser, hub, {
    ...{ by: await hub.signIn("leader"), path: "/statistics?theme=light" },
  });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

const viewOf = async (id: string) =>
  hub.ask<IncidentView>(`/api/incidents/${id}`, {
    cookie: await hub.signIn("leader"),
  });

async function walk(id: string, steps: number): Promise<void> {
  for (const [role, step, body] of COURSE.slice(0, steps)) {
    const { incident } = await viewOf(id);
    const { status } = await ask(hub, "POST", `/api/incidents/${id}/steps`, {
      cookie: await hub.signIn(role),
      body: { rev: incident.rev, asked: { step, body } },
    });
    expect([step, status]).toEqual([step, 200]);
  }
}

/** The button of a figure, by what it is called and what it says. */
const figureOf = (name: string, text: string | number) =>
  desk.page.getByRole("button", {
    name: `${name}：${text}，查看所计事件`,
    exact: true,
  });

it("shows what the incidents' histories tell", async () => {
  const of = (step: string) => taken.get(step) ?? 0;
  expect(of("register")).toBe(INCIDENTS);
  await figureOf("立案", of("register")).waitFor();
  await figureOf("派单", of("dispatch")).waitFor();
  await figureOf("结案", of("close")).waitFor();
  await figureOf("签收 · 完成", of("sign")).waitFor();
  await figureOf("处置 · 完成", of("feedBack")).waitFor();
  await figureOf("西区 · 立案", of("register")).waitFor();
  await figureOf("生态环境局 · 应完成", of("feedBack")).waitFor();
  // Nothing was late: every rate of what was decided is whole.
  await figureOf("生态环境局 · 按期率", "100.0%").waitFor();
  expect(await desk.violations()).toEqual([]);
});

it("leads by keyboard from a number to just as many incidents, and back to it", async () => {
  const { page } = desk;
  const closed = taken.get("close")!;
  const button = figureOf("结案", closed);
  await button.focus();
  await page.keyboard.press("Enter");
  const sheet = desk.dialog();
  await sheet.getByText(`共 ${closed} 条`).waitFor();
  expect(await sheet.locator("li").count()).toBe(closed);
  expect(await sheet.locator("li").first().innerText()).toContain("结案");
  expect(await desk.violations()).toEqual([]);
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  expect(await button.evaluate((one) => one === document.activeElement)).toBe(
    true,
  );
});

it("gives a long list page by page, and what was kept apart from what was late", async () => {
  const { page } = desk;
  await figureOf("立案", INCIDENTS).click();
  const sheet = desk.dialog();
  await sheet.getByRole("button", { name: "更多" }).click();
  await sheet.getByText(`共 ${INCIDENTS} 条`).waitFor();
  expect(await sheet.locator("li").count()).toBe(INCIDENTS);
  await page.keyboard.press("Escape");

  const fedBack = taken.get("feedBack")!;
  await figureOf("生态环境局 · 按期率", "100.0%").click();
  const kept = desk.dialog().getByRole("button", { name: /^按期/ });
  expect(await kept.getAttribute("aria-pressed")).toBe("true");
  await desk.dialog().getByText(`共 ${fedBack} 条`).waitFor();
  await desk.dialog().getByRole("button", { name: /^超期/ }).click();
  await desk.dialog().getByText("没有计入的事件").waitFor();
  await page.keyboard.press("Escape");
});

it("publishes what makes slow progress: a supervised one, until it is answered", async () => {
  const { page } = desk;
  await page.getByText("没有进展缓慢的事项").waitFor();
  const open = await hub.ask<{ items: { id: string; title: string }[] }>(
    "/api/incidents?status=registered&limit=1",
    { cookie: await hub.signIn("leader") },
  );
  const [{ id, title }] = open.items as [{ id: string; title: string }];
  const { incident } = await viewOf(id);
  const { status } = await ask(hub, "POST", `/api/incidents/${id}/steps`, {
    cookie: await hub.signIn("leader"),
    body: {
      rev: incident.rev,
      asked: {
        step: "supervise",
        body: { level: 1, text: "速办", dueAt: Date.now() + 3_600_000 },
      },
    },
  });
  expect(status).toBe(200);
  await page.reload();
  const slow = page.getByRole("region", { name: "进展缓慢事项" });
  await slow.getByText(title, { exact: true }).waitFor();
  expect(await slow.locator("tbody tr").count()).toBe(1);
  expect(await slow.locator("tbody tr").innerText()).toContain("1 级");
  expect(await slow.locator("th[scope=col]").allInnerTexts()).toEqual(
    "部门 编号 事件 类别 区县 环节 时限 超期 督办".split(" "),
  );
  const file = await page.request.get(
    `${hub.url}/api/statistics/slow/export?format=csv`,
  );
  expect(file.headers()["content-disposition"]).toMatch(
    /filename="slow-\d{4}-\d\d-\d\d-\d{4}\.csv"/,
  );
  const lines = (await file.text()).trim().split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain(",时限,超期（小时）,督办级别");
  expect(lines[1]).toContain(`,${title},路面坑洞,西区,`);
  expect(await desk.violations()).toEqual([]);
});

it("opens a counted incident at the desk", async () => {
  const { page } = desk;
  await figureOf("结案", taken.get("close")!).click();
  const link = desk.dialog().locator("li a").first();
  const title = await link.innerText();
  await link.click();
  await page.waitForURL(/\/desk\/incidents\//);
  await page.getByText(title).first().waitFor();
  await page.goBack();
  await figureOf("立案", INCIDENTS).waitFor();
});

it("says that the list cannot be had, and gives it when asked again", async () => {
  const { page } = desk;
  await page.route("**/api/statistics/incidents?*", (route) => route.abort());
  await figureOf("派单", taken.get("dispatch")!).click();
  await desk.dialog().getByRole("alert").waitFor();
  await page.unroute("**/api/statistics/incidents?*");
  await desk.dialog().getByRole("button", { name: "重试" }).click();
  await desk.dialog().locator("li").first().waitFor();
  await page.keyboard.press("Escape");
});

it("offers no source that names a caller, and no list of it", async () => {
  const { page } = desk;
  const masked = page.getByRole("row", { name: /来电 138\*+5678/ });
  await masked.waitFor();
  expect(await masked.getByRole("button").count()).toBe(0);
  const options = await page
    .locator("label", { hasText: /^来源/ })
    .locator("option")
    .allInnerTexts();
  expect(options.join()).not.toContain("来电");
  expect(options.length).toBe(2);
});
