/** A grid worker's phone on its way through streets without network; a department's inbox. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Incident, IncidentView } from "../../contract/incident.ts";
import { violationsOn } from "../kit/axe.ts";
import { PLACES } from "../kit/city.ts";
import { launchChromium } from "../kit/chromium.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask } from "../kit/staff.ts";
import { eventually, FLOW_CITY, told } from "../flow/city.ts";

let browser: Browser;
let hub: Hub;
beforeAll(async () => {
  [browser, hub] = await Promise.all([
    launchChromium(),
    startHub({ city: FLOW_CITY }),
  ]);
});
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

async function person(role: string, options: object): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...{ reducedMotion: "reduce", locale: "en-GB", ...options },
  });
  const [name, value] = (await hub.signIn(role)).split("=", 2);
  await context.addCookies([{ name: name!, value: value!, url: hub.url }]);
  return context;
}
const PHONE = {
  ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  ...{ permissions: ["geolocation"] },
  geolocation: {
    longitude: PLACES.west.lng,
    latitude: PLACES.west.lat,
    accuracy: 12,
  },
};

const press = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).click();

/** A picture as a camera makes it, from the page's own canvas. */
const picture = async (page: Page) =>
  Buffer.from(
    await page.evaluate(() => {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 64;
      const pen = canvas.getContext("2d")!;
      pen.fillStyle = "#c60";
      pen.fillRect(8, 8, 48, 48);
      return canvas.toDataURL("image/png").split(",")[1]!;
    }),
    "base64",
  );

const reported = async (title: string) => {
  const cookie = await hub.signIn("leader");
  const { body } = await ask<{ items: Incident[] }>(
    hub,
    "GET",
    "/api/incidents",
    { cookie },
  );
  return body.items.filter((each) => each.title === title);
};
async function viewOf(id: string): Promise<IncidentView> {
  const cookie = await hub.signIn("shiftLeader");
  return (
    await ask<IncidentView>(hub, "GET", `/api/incidents/${id}`, { cookie })
  ).body;
}
async function take(id: string, role: string, step: string, body: object = {}) {
  const { incident } = await viewOf(id);
  const { status, body: told } = await ask(
    hub,
    "POST",
    `/api/incidents/${id}/steps`,
    {
      cookie: await hub.signIn(role),
      body: { rev: incident.rev, asked: { step, body } },
    },
  );
  expect({ step, status, told }).toMatchObject({ step, status: 200 });
}

describe("a phone without network", () => {
  it("opens, takes a report with a photo, keeps it over a reload, and sends it once", async () => {
    const context = await person("gridWorker", PHONE);
    const page = await context.newPage();
    let asked = 0;
    page.on("request", (request) => {
      if (request.url().includes("/api/own-incidents")) asked++;
    });
    await page.goto(`${hub.url}/m?lang=en&theme=light`);
    await page.getByText("online", { exact: true }).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    await eventually(
      () => page.evaluate(() => navigator.serviceWorker.controller !== null),
      (is) => is,
    );

    const installed = await page.evaluate(async () => {
      const link = document.querySelector<HTMLLinkElement>("[rel=manifest]")!;
      const told = (await (await fetch(link.href)).json()) as {
        start_url: string;
        icons: { src: string; sizes: string }[];
      };
      const icons = await Promise.all(
        told.icons.map(async ({ src }) => (await fetch(src)).status),
      );
      const colour =
        document.querySelector<HTMLMetaElement>("[name=theme-color]")!;
      return { start: told.start_url, icons, colour: colour.content };
    });
    expect(installed).toMatchObject({
      ...{ start: "/m?lang=en", icons: [200, 200, 200, 200] },
      colour: expect.stringMatching(/^#/) as string,
    });

    await context.setOffline(true);
    await page.reload();
    await page.getByText("no network", { exact: true }).waitFor();
    await page.getByLabel("What happened").fill("路面塌陷，约一米宽");
    await page.locator("input[type=file]").setInputFiles({
      ...{ name: "shot.png", mimeType: "image/png" },
      buffer: await picture(page),
    });
    await page.getByRole("img", { name: "Photo 1" }).waitFor();
    await page.getByText("± 12 m").waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await press(page, "Send");
    await page.getByText("waiting", { exact: true }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: /My reports/ }).click();
    await page.getByText("waiting", { exact: true }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth > innerWidth,
    );
    expect(wide).toBe(false);
    expect(await reported("路面塌陷，约一米宽")).toEqual([]);

    await context.setOffline(false);
    // Now the hub's own line has its place, once.
    await page.getByText("To accept", { exact: true }).waitFor();
    expect(await page.locator(".card").count()).toBe(1);
    await page.getByRole("button", { name: /路面塌陷/ }).click();
    await page.getByText("Arrived, not accepted yet").waitFor();
    await page.getByRole("img", { name: "Photo 1" }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.reload();
    // A phone on a poor network asks when something happened, not all the time.
    expect(asked).toBeLessThan(12);
    const [one, ...others] = await reported("路面塌陷，约一米宽");
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      source: "gridWorker",
      status: "reported",
      lng: PLACES.west.lng,
    });
    const { attachments } = await viewOf(one!.id);
    expect(attachments.map(({ kind }) => kind)).toEqual(["image/jpeg"]);
    const shown = await fetch(hub.url + attachments[0]!.url, {
      headers: { cookie: await hub.signIn("shiftLeader") },
    });
    expect(shown.status).toBe(200);
    await context.close();
  });

  it("keeps one's own reports from whoever signs in next", async () => {
    const context = await person("gridWorker", PHONE);
    const page = await context.newPage();
    await page.goto(`${hub.url}/m?lang=en`);
    await page.getByText("online", { exact: true }).waitFor();
    await context.setOffline(true);
    await page.getByLabel("What happened").fill("路灯不亮");
    await press(page, "Send");
    await page.getByText("waiting", { exact: true }).waitFor();
    const [name, value] = (await hub.signIn("acceptor")).split("=", 2);
    await context.addCookies([{ name: name!, value: value!, url: hub.url }]);
    await context.setOffline(false);
    await page.goto(`${hub.url}/m?lang=en`);
    await page
      .getByText("Waiting on this phone from other accounts: 1.")
      .waitFor();
    await page.getByRole("button", { name: /My reports/ }).click();
    await page.getByText("Nothing was reported or done yet").waitFor();
    expect(await reported("路灯不亮")).toEqual([]);
    await context.close();
  });

  it("verifies on the spot, and tells who was first where somebody was", async () => {
    for (const externalId of ["mine", "lost"])
      await told(hub, "hotline", [
        {
          ...{ externalId, source: "12345", title: `${externalId} 井盖` },
          ...{ category: "0406", reportedAt: Date.now(), ...PLACES.west },
        },
      ]);
    const [[mine], [lost]] = await Promise.all([
      reported("mine 井盖"),
      reported("lost 井盖"),
    ]);
    for (const { id } of [mine!, lost!]) await take(id, "acceptor", "verify");
    const context = await person("gridWorker", PHONE);
    const page = await context.newPage();
    await page.goto(`${hub.url}/m?lang=en`);
    await press(page, "My tasks");
    await page.getByRole("button", { name: /lost 井盖/ }).waitFor();
    await context.setOffline(true);
    await take(lost!.id, "acceptor", "verified", { result: "false" });
    for (const [title, result] of [
      ["mine", "True"],
      ["lost", "Not found"],
    ] as const) {
      await press(page, "My tasks");
      await page
        .getByRole("button", { name: new RegExp(`${title} 井盖`) })
        .click();
      await page.getByRole("radio", { name: result, exact: true }).check();
      if (title === "mine") {
        await page.getByLabel(/Send where I am now/).check();
        await page.getByText("0 m from the place (± 12 m)").waitFor();
      }
      await press(page, "Send");
    }
    await context.setOffline(false);
    await page.getByText("Verified · True").waitFor();
    await page.getByText(/was first with .*: Verified/).waitFor();
    const { dossier } = await viewOf(mine!.id);
    expect(dossier.visits).toMatchObject([
      { kind: "verify", result: "true", fix: { accuracy: 12 } },
    ]);
    await context.close();
  });
});

describe("a department's inbox", () => {
  it("signs for an order and feeds back with a photo", async () => {
    await told(hub, "hotline", [
      {
        ...{ externalId: "inbox", source: "12345", title: "inbox 护栏" },
        ...{ category: "0406", reportedAt: Date.now(), ...PLACES.west },
      },
    ]);
    const [{ id }] = (await reported("inbox 护栏")) as [Incident];
    await take(id, "shiftLeader", "register");
    await take(id, "dispatcher", "dispatch", { lead: "ECO" });
    const context = await person("deptHandler", {
      viewport: { width: 1280, height: 800 },
    });
    const page = await context.newPage();
    await page.goto(`${hub.url}/inbox?lang=en&theme=light`);
    await page.getByRole("button", { name: /inbox 护栏/ }).click();
    await press(page, "Sign for it");
    await press(page, "Feed back");
    await page.getByLabel("What was done").fill("护栏已更换");
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await page.reload();
    await page.getByRole("button", { name: /inbox 护栏.*draft/s }).click();
    await press(page, "Feed back");
    await page.getByText("draft kept").waitFor();
    expect(await page.getByLabel("What was done").inputValue()).toBe(
      "护栏已更换",
    );
    await page.locator("input[type=file]").setInputFiles({
      ...{ name: "done.png", mimeType: "image/png" },
      buffer: await picture(page),
    });
    await page.getByRole("img", { name: "Photo 1" }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await press(page, "Feed back");
    await page.getByRole("heading", { name: /Fed back 1/ }).waitFor();
    const { incident, dossier } = await viewOf(id);
    expect(incident.status).toBe("fedBack");
    expect(dossier.orders[0]!.feedback).toMatchObject({ note: "护栏已更换" });
    const shown = page
      .getByRole("figure")
      .filter({ hasText: /^Feedback / })
      .getByRole("img", { name: "Photo 1" });
    await eventually(
      () => shown.evaluate((image: HTMLImageElement) => image.naturalWidth),
      (width) => width > 0,
    );
    expect(await violationsOn(page)).toEqual([]);
    await context.close();
  });
});

it("says in its reader's words that a place lies outside the city, and sends the report without it", async () => {
  const context = await person("gridWorker", {
    ...PHONE,
    geolocation: { longitude: 2.35, latitude: 48.85, accuracy: 12 },
  });
  const page = await context.newPage();
  await page.goto(`${hub.url}/m?lang=zh`);
  await page.getByText("2.35000, 48.85000").waitFor();
  await page.getByLabel("发生了什么").fill("路灯不亮，远方来客所见");
  await press(page, "提交");
  const why = page.getByRole("alert");
  await why.waitFor();
  expect(await why.innerText()).toBe("2.35, 48.85 在本市范围之外");
  await press(page, "修改");
  await press(page, "不附定位");
  await page.getByLabel("地址").fill("东门外");
  await press(page, "重新发送");
  await eventually(
    () => reported("路灯不亮，远方来客所见"),
    ([one]) => one !== undefined,
  );
  await context.close();
});

it("shows whoever checks what was reported and what was done", async () => {
  await told(hub, "hotline", [
    {
      ...{ externalId: "done", source: "12345", title: "井盖破损" },
      ...{ description: "缺了一角，露出钢筋", category: "pothole" },
      ...{ reportedAt: Date.now(), ...PLACES.west },
    },
  ]);
  const [one] = await reported("井盖破损");
  const { body } = await ask<{ scope: { departments: string[] } }>(
    ...([hub, "GET", "/api/session"] as const),
    { cookie: await hub.signIn("deptHandler") },
  );
  const [lead] = body.scope.departments;
  await take(one!.id, "shiftLeader", "register", { priority: 3 });
  await take(one!.id, "shiftLeader", "dispatch", { lead });
  await take(one!.id, "deptHandler", "sign", { order: 1 });
  const done = { order: 1, note: "已换新盖" };
  await take(one!.id, "deptHandler", "feedBack", done);
  await take(one!.id, "shiftLeader", "sendCheck");
  const context = await person("gridWorker", PHONE);
  const page = await context.newPage();
  await page.goto(`${hub.url}/m?lang=en`);
  await press(page, "My tasks");
  await page.getByRole("button", { name: /井盖破损/ }).click();
  await page.getByText("缺了一角，露出钢筋").waitFor();
  await page.getByText("已换新盖").waitFor();
  await page.getByRole("radio", { name: "Passed" }).waitFor();
  expect(await violationsOn(page)).toEqual([]);
  await context.close();
});
