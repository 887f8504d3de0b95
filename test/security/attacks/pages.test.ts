/** Stored XSS: what anybody may write, on every page that shows it, in a real browser. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WHOLE_CITY } from "../../../contract/data-scope.ts";
import type { Account, OneTimeLink } from "../../../contract/account.ts";
import { QueueFilter } from "../../../contract/filter.ts";
import type { Incident } from "../../../contract/incident.ts";
import { told } from "../../flow/city.ts";
import { launchChromium } from "../../kit/chromium.ts";
import { indicatorRow, PLACES, type CityPlan } from "../../kit/city.ts";
import { startHub, type Hub } from "../../kit/hub.ts";
import { ask, pairWall } from "../../kit/staff.ts";
import { knockJson } from "./knock.ts";
import { PAYLOADS } from "./payloads.ts";
import { attacked } from "./tally.ts";

const ROOT = join(import.meta.dirname, "../../..");
const screens = readdirSync(join(ROOT, "screens"))
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.slice(0, -".json".length));
/** Whatever the shipped screens show of the catalogue. */
const indicators = [
  ...new Set(
    screens.flatMap((screen) =>
      [
        ...readFileSync(join(ROOT, `screens/${screen}.json`), "utf8").matchAll(
          /"([a-z]{2,}\.[A-Za-z0-9]+)"/g,
        ),
      ].map(([, id]) => id!),
    ),
  ),
];
/** One of the payloads, and over again. */
const payload = (i: number) => PAYLOADS[i % PAYLOADS.length]!;
const FEEDS = [
  ["sensors", "sensors/1"],
  ["readings", "readings/1"],
  ["incidents", "incidents/1"],
  ["cameras", "cameras/1"],
  ["cars", "positions/1"],
  ["reports", "indicators/1"],
  ["weather", "cap/1.2"],
] as const;

const CITY: CityPlan = {
  feeds: FEEDS.map(([id, format], i) => ({
    ...{ id, format, expectEvery: 3_600_000 },
    ...{ nameZh: payload(i), nameEn: payload(i + 7) },
  })),
  indicators: indicators.map((id, i) =>
    indicatorRow({
      ...{ id, nameZh: payload(i), nameEn: payload(i), source: "reported" },
      ...{
        theme: payload(i + 1),
        themeEn: payload(i + 1),
        unit: "<b class=xss>",
      },
      ...{ scopes: "city;district", every: "60000", staleAfter: "3600000" },
    }),
  ),
};

/** Values of parameters in the router's paths; a section that is not is a page, too. */
const FILLED: Record<string, string[]> = {
  screen: screens,
  widget: ["incident-list"],
  case: ["0"],
  section: ["", ...wordsIn("web/admin/sections.ts", /id: "(\w+)", group/g)],
  part: ["", "roster"],
  id: ["WORKED-ON"],
  rest: ["no/such/page"],
};
/** Every page that the app's router knows, so that a new one is attacked from its first day. */
const surfaces = wordsIn("web/router.ts", /path: "(\/[^"]*)"/g).flatMap(filled);

function wordsIn(file: string, pattern: RegExp): string[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  return [...text.matchAll(pattern)].map(([, word]) => word!);
}

function filled(path: string): string[] {
  const [whole, name] = /:(\w+)(?:\(.*?\))?[?*+]*/.exec(path) ?? [];
  if (whole === undefined || name === undefined) return [path];
  const values = FILLED[name];
  if (!values) throw new Error(`FILLED: what may :${name} of ${path} be?`);
  return values.flatMap((value) => filled(path.replace(whole, value)));
}

let hub: Hub;
let browser: Browser;

beforeAll(async () => {
  [hub, browser] = await Promise.all([
    startHub({ city: CITY, env: { TRUST_PROXY: "1" } }),
    launchChromium(),
  ]);
  await tellTheCity();
  await fillTheOffice();
  await fillTheDesk();
});
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Around the middle of the map. */
const near = (i: number) => ({
  lng: PLACES.west.lng + 0.04 + (i % 6) * 0.004,
  lat: PLACES.west.lat - 0.01 + Math.floor(i / 6) * 0.004,
});

/** Every text of every feed. */
async function tellTheCity(): Promise<void> {
  const at = Date.now();
  const each = <T>(make: (text: string, i: number) => T) => PAYLOADS.map(make);
  await told(
    hub,
    "sensors",
    each((text, i) => ({
      ...{
        id: `s${i} ${text}`,
        name: text,
        kind: ["water-level", "gas", text.slice(0, 60)][i % 3],
        ...near(i),
      },
      ...{
        grid: text.slice(0, 40),
        metrics: [{ metric: "level", unit: text.slice(0, 24) }],
      },
      attributes: { [text.slice(0, 60)]: text },
    })),
  );
  await told(
    hub,
    "readings",
    each((text, i) => ({
      sensor: `s${i} ${text}`,
      metric: "level",
      at,
      value: i,
    })),
  );
  await told(
    hub,
    "incidents",
    each((text, i) => ({
      ...{
        externalId: `i${i} ${text}`,
        source: text.slice(0, 60),
        category: text.slice(0, 60),
        title: text,
      },
      ...{
        description: text,
        address: text,
        level: 1 + (i % 4),
        reportedAt: at - i,
        ...near(i),
      },
      ...{
        sensor: text,
        camera: text.slice(0, 40),
        reporter: { name: text, phone: text.slice(0, 40) },
      },
    })),
  );
  await told(
    hub,
    "cameras",
    each((text, i) => ({
      ...{
        id: `c${i} ${text}`.slice(0, 60),
        name: text,
        scene: text,
        industry: text.slice(0, 40),
        address: text,
      },
      ...near(i),
    })),
  );
  await told(
    hub,
    "cars",
    each((text, i) => ({
      object: `p${i} ${text}`.slice(0, 60),
      kind: "bus",
      at,
      alarms: [text.slice(0, 40)],
      ...near(i),
    })),
  );
  await told(
    hub,
    "reports",
    indicators.flatMap((indicator) =>
      ["city", "999001", "999002"].map((scope) => ({
        indicator,
        scope,
        at,
        value: 42,
      })),
    ),
  );
  const sent = new Date(at).toISOString().replace(/\.\d+Z/, "+00:00");
  for (const [i, text] of PAYLOADS.entries()) {
    const xml = `<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>w${i}</identifier><sender>weather</sender><sent>${sent}</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info><language>zh-CN</language><category>Met</category><event>${escaped(text)}</event><urgency>Immediate</urgency><severity>Extreme</severity><certainty>Likely</certainty><senderName>${escaped(text)}</senderName><headline>${escaped(text)}</headline><description>${escaped(text)}</description><instruction>${escaped(text)}</instruction><area><areaDesc>${escaped(text)}</areaDesc><polygon>30.0,120.0 30.1,120.0 30.1,120.2 30.0,120.2 30.0,120.0</polygon></area></info></alert>`;
    await told(hub, "weather", xml, {
      headers: { "content-type": "application/cap+xml" },
    });
  }
  // Refused, and so kept as they came.
  for (const text of PAYLOADS)
    await hub.post("readings", [
      { sensor: text, metric: text, at: text, value: text, [text]: text },
    ]);
}

/** Every text that people write, and what their browsers call themselves. */
async function fillTheOffice(): Promise<void> {
  const cookie = await hub.signIn("sysAdmin");
  const secAdmin = await hub.signIn("secAdmin");
  const from = (i: number) => ({ "x-forwarded-for": `198.18.7.${i}` });
  for (const [i, text] of PAYLOADS.entries()) {
    const made = await ask<{ account: Account; link: OneTimeLink }>(
      hub,
      "POST",
      "/api/accounts",
      {
        ...{
          cookie,
          body: {
            login: `person-${i}`,
            name: text,
            staffNo: `${i} ${text}`.slice(0, 40),
          },
        },
      },
    );
    expect(made.status, JSON.stringify(made.body)).toBe(200);
    const token = new URL(made.body.link.url).hash.split("=")[1];
    await knockJson(
      hub,
      "POST",
      "/api/session",
      { token },
      { headers: { "user-agent": text, ...from(i) } },
    );
    const change = {
      kind: "access",
      account: made.body.account.id,
      roles: ["leader"],
      scope: WHOLE_CITY,
    };
    const asked = await ask(hub, "POST", "/api/rights/changes", {
      ...{ cookie: secAdmin, body: { change, reason: text } },
    });
    expect(asked.status, JSON.stringify(asked.body)).toBe(200);
  }
  for (const [i, text] of PAYLOADS.entries()) {
    if (i % 4 === 0) await pairWall(hub, { name: text, scope: WHOLE_CITY });
    const code = `XSS-${i}`;
    const put = await ask(hub, "PUT", `/api/departments/${code}`, {
      cookie,
      body: { nameZh: text, nameEn: text },
    });
    expect(put.status, JSON.stringify(put.body)).toBe(200);
  }
  await fillTheRules(cookie);
}

/** Every text of the rules: algorithms, and days of this year. */
async function fillTheRules(cookie: string): Promise<void> {
  for (const [i, text] of PAYLOADS.entries()) {
    const name = text.slice(0, 80);
    const put = await ask(hub, "PUT", `/api/algorithms/xss-${i}`, {
      cookie,
      body: {
        ...{ nameZh: name, nameEn: name, version: text.slice(0, 40) },
        ...{ threshold: 0.5, enabled: true },
      },
    });
    expect(put.status, JSON.stringify(put.body)).toBe(200);
  }
  const quoted = (text: string) =>
    `"${text.slice(0, 80).replaceAll('"', '""')}"`;
  const year = new Date(Date.now()).getUTCFullYear();
  const days = PAYLOADS.map((text, i) => {
    const date = new Date(Date.UTC(year, 0, 1 + i)).toISOString().slice(0, 10);
    return [date, "holiday", quoted(text), quoted(text)].join(",");
  });
  const csv = ["date,kind,nameZh,nameEn", ...days].join("\n");
  const taken = await ask(hub, "PUT", "/api/rules/calendar", {
    ...{ cookie, body: { given: { csv }, edition: 0 } },
  });
  expect(taken.status, JSON.stringify(taken.body)).toBe(200);
}

/** The incident on which everything that a desk may write was written. */
let workedOn = "";

/** Every text that people write at desks. */
async function fillTheDesk(): Promise<void> {
  const cookie = await hub.signIn("shiftLeader");
  const send = async <T>(path: string, body: object, method = "POST") => {
    const answer = await ask<T>(hub, method, path, { cookie, body });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body;
  };
  const { body } = await ask<{ items: Incident[] }>(
    ...([hub, "GET", "/api/incidents"] as const),
    { cookie },
  );
  workedOn = body.items[0]!.id;
  let { rev } = body.items[0]!;
  const step = async (name: string, given: object) => {
    const { incident } = await send<{ incident: Incident }>(
      `/api/incidents/${workedOn}/steps`,
      { rev, asked: { step: name, body: given } },
    );
    rev = incident.rev;
  };
  for (const text of PAYLOADS) {
    await step("note", { note: text });
    await step("supervise", { level: 1, text });
    await send("/api/duty/log", {
      kind: "note",
      text,
      place: text.slice(0, 60),
    });
    await send("/api/filters", {
      ...{ name: text.slice(0, 40), shared: true },
      filter: QueueFilter.parse({ text }),
    });
  }
}

/** Runs in the page before anything of it. */
function watch(): void {
  const seen = globalThis as unknown as { __violations: string[] };
  seen.__violations = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    seen.__violations.push(`${event.violatedDirective} ${event.blockedURI}`),
  );
}

async function open(
  role: string | null,
): Promise<{ page: Page; trouble: string[] }> {
  // Small: a picture is drawn in software here, and all of it is shown all the same.
  const viewport = { width: 960, height: 540 };
  const context = await browser.newContext({
    ...{ viewport, reducedMotion: "reduce" },
  });
  if (role !== null) {
    const [name, value] = (await hub.signIn(role)).split("=", 2);
    await context.addCookies([{ name: name!, value: value!, url: hub.url }]);
  }
  await context.addInitScript(watch);
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on("dialog", (dialog) => {
    trouble.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(hub.url) && /^https?:/.test(request.url()))
      trouble.push(`asked ${request.url()}`);
  });
  return { page, trouble };
}

/** Who sees most there; nobody where one comes to sign in. */
function roleFor(surface: string): string | null {
  if (/^\/(?:login|pair)/.test(surface)) return null;
  if (surface === "/admin/audit") return "auditAdmin";
  if (surface === "/inbox") return "deptHandler";
  if (surface === "/m") return "gridWorker";
  return /^\/(?:admin|ops|me)/.test(surface) ? "sysAdmin" : "dutyOfficer";
}

/** What a payload that was taken for HTML leaves behind. */
const found = (page: Page) =>
  page.evaluate(() => {
    const seen = globalThis as unknown as {
      __violations: string[];
      __xss?: number;
    };
    return [
      ...seen.__violations,
      ...(seen.__xss === undefined ? [] : ["it ran"]),
      ...[...document.querySelectorAll(".xss, base, iframe, object")].map(
        (one) => one.outerHTML.slice(0, 80),
      ),
    ];
  });

/** The words on the page, those that are written into fields and titles too. */
const words = (page: Page) =>
  page.evaluate(() =>
    [
      document.documentElement.textContent,
      ...[...document.querySelectorAll("*")].flatMap((one) =>
        [...one.attributes].map(({ value }) => value),
      ),
    ].join("\n"),
  );

/** Goes over the page as a person does: whatever shows more under the hand shows it. */
async function touch(page: Page): Promise<void> {
  const more = page.locator("td button, [aria-haspopup], summary, [role=tab]");
  for (let i = 0; i < Math.min(8, await more.count()); i++)
    await more
      .nth(i)
      .click({ timeout: 250 })
      .catch(() => undefined);
  for (const [x, y] of [
    [100, 150],
    [860, 430],
    [480, 270],
  ] as const)
    await page.mouse.move(x, y);
  await page.mouse.click(480, 270);
}

it("would notice a payload that a page took for HTML", async () => {
  const { page } = await open("leader");
  await page.goto(`${hub.url}/no/such/page`);
  expect(await found(page)).toEqual([]);
  await page.evaluate((text) => (document.body.innerHTML += text), payload(1));
  await expect.poll(() => found(page)).toHaveLength(2);
  await page.context().close();
});

describe("what anybody may write runs nowhere", () => {
  const shown = new Map<string, Set<string>>();

  it.each(surfaces)("%s", async (surface) => {
    const { page, trouble } = await open(roleFor(surface));
    await page.goto(hub.url + surface.replace("WORKED-ON", workedOn));
    await page.locator("#app > *").first().waitFor();
    // Pictures that follow the first; a page that never rests is attacked as it is.
    await page
      .waitForLoadState("networkidle", { timeout: 2_000 })
      .catch(() => undefined);
    await touch(page);
    const text = await words(page);
    const left = [...trouble, ...(await found(page))];
    for (const one of PAYLOADS)
      if (text.includes(one))
        shown.set(one, (shown.get(one) ?? new Set()).add(surface));
    const what = `${surface}: ${left.join("; ")}`;
    attacked("stored xss", what, left.length === 0, PAYLOADS.length);
    await page.context().close();
  });

  it("though every payload stood on some page, as the text it is", () => {
    expect(PAYLOADS.filter((one) => !shown.has(one))).toEqual([]);
    console.log(
      `payloads were read on: ${[...new Set([...shown.values()].flatMap((on) => [...on]))].join(" ")}`,
    );
  });
});
