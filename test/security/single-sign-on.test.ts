/** Signing in where the city's single sign-on is: a real OpenID provider, and everything that may go wrong on the way. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Account } from "../../contract/account.ts";
import type { AuditLine } from "../../contract/audit.ts";
import type { Session } from "../../contract/session.ts";
import { readConfig } from "../../server/config.ts";
import { eventually, FLOW_CITY } from "../flow/city.ts";
import { enrol, enterAs } from "../kit/administrators.ts";
import { launchChromium } from "../kit/chromium.ts";
import { DISTRICTS } from "../kit/city.ts";
import { openFollower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import {
  CLIENT,
  createBrowser,
  createIssuer,
  type Browser,
  type TestIssuer,
} from "../kit/issuer.ts";
import { freePort } from "../kit/port.ts";
import { ask, PASSWORD } from "../kit/staff.ts";

const WEST = DISTRICTS.west.code;
const EAST = DISTRICTS.east.code;

let hub: Hub;
let issuer: TestIssuer;
let sysAdmin: string;
let auditor: string;
let addresses = 0;

beforeAll(async () => {
  const port = await freePort();
  hub = await startHub({
    ...{ city: FLOW_CITY, demo: false },
    env: {
      TRUST_PROXY: "1",
      // Another site than the hub's, to browsers.
      OIDC_ISSUER: `http://localhost:${port}`,
      ...{ OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret },
      ...{ OIDC_NAME: "Testford ID", OIDC_STAFF_CLAIM: "staff" },
      OIDC_ROLES: JSON.stringify({
        ...{ duty: "dutyOfficer", dispatch: "dispatcher", boss: "leader" },
      }),
      OIDC_DEPARTMENTS_CLAIM: "departments",
      OIDC_DISTRICTS_CLAIM: "districts",
    },
  });
  issuer = createIssuer(port, `${hub.url}/api/oidc/callback`);
  sysAdmin = await enterAs(hub, "sysAdmin");
  auditor = await enterAs(hub, "auditAdmin");
});
afterAll(async () => {
  await issuer?.stop();
  await hub?.stop();
});

/** Each from an address of its own: refusals of one address are counted together. */
const newBrowser = (): { browser: Browser; address: string } => {
  const address = `10.1.${addresses >> 8}.${addresses++ & 255}`;
  return { browser: createBrowser({ "x-forwarded-for": address }), address };
};

/** Goes to the single sign-on and is vouched for there. @returns the address that leads back */
async function vouched(
  browser: Browser,
  sub: string,
  next?: string,
): Promise<string> {
  const query = next === undefined ? "" : `?${new URLSearchParams({ next })}`;
  const there = await browser.open(`${hub.url}/api/oidc/start${query}`);
  const to = there.headers.get("location");
  if (to === null) throw new Error(await there.text());
  return browser.until(`${to}&login_hint=${sub}`, "/api/oidc/callback");
}

const sessionOf = async (browser: Browser) =>
  (
    await ask<Session>(hub, "GET", "/api/session", {
      cookie: browser.cookie(hub.url),
    })
  ).body;

/** Signs somebody in. */
async function enter(sub: string, { browser } = newBrowser()) {
  const reply = await browser.open(await vouched(browser, sub));
  const text = await reply.text();
  if (reply.status !== 200) throw new Error(`${reply.status} ${text}`);
  return { browser, session: await sessionOf(browser) };
}

const linesOf = async (query: Record<string, string>) =>
  (
    await ask<{ items: AuditLine[] }>(
      ...([hub, "GET", `/api/audit?${new URLSearchParams(query)}`] as const),
      { cookie: auditor },
    )
  ).body.items;

const hasSession = (browser: Browser) =>
  /(^|; )chengshu=/.test(browser.cookie(hub.url));

/** Is let in nowhere, and the audit says why. */
async function refused(
  reply: Response,
  { browser, address }: ReturnType<typeof newBrowser>,
  why: {
    status?: number;
    says?: RegExp;
    location?: string;
    detail: RegExp;
    object?: string;
  },
): Promise<void> {
  expect(reply.status).toBe(why.status ?? 401);
  expect(reply.headers.get("location")).toBe(why.location ?? null);
  if (why.says) expect(await reply.text()).toMatch(why.says);
  expect(hasSession(browser)).toBe(false);
  const lines = await eventually(
    async () =>
      (await linesOf({ result: "refused" })).filter(
        (line) => line.address === address,
      ),
    (found) => found.length > 0,
  );
  expect(lines[0]!.detail).toMatch(why.detail);
  if (why.object) expect(lines[0]!.object).toBe(why.object);
}

describe("while the single sign-on is away", () => {
  it("says so, tells the audit why, and lets people in by password", async () => {
    const who = newBrowser();
    const reply = await who.browser.open(`${hub.url}/api/oidc/start`);
    expect(reply.headers.get("retry-after")).toBe("10");
    await refused(reply, who, {
      ...{ status: 503, says: /does not answer; sign in by password/ },
      detail: /does not answer: .+/,
    });
    const entered = await ask<Session>(hub, "POST", "/api/session", {
      body: { login: "sysadmin", password: PASSWORD },
    });
    expect(entered.body.stage).toBe("code");
  });

  it("says so as well where it goes away half-way", async () => {
    await issuer.start();
    issuer.people.set("half", { preferred_username: "half", roles: ["duty"] });
    const who = newBrowser();
    const back = await vouched(who.browser, "half");
    await issuer.stop();
    await refused(await who.browser.open(back), who, {
      ...{ status: 503, says: /does not answer/ },
      detail: /does not answer/,
    });
    await issuer.start();
  });
});

describe("whoever the single sign-on vouches for", () => {
  it("gets an account with the roles, departments and districts that it says", async () => {
    issuer.people.set("u-1", {
      ...{ preferred_username: "Zhang.San", name: "张三", staff: "S-1" },
      ...{ roles: ["duty", "boss", "canteen"], departments: ["TEST"] },
      districts: [WEST, EAST],
    });
    const { session } = await enter("u-1");
    expect(session).toMatchObject({
      ...{ login: "zhang.san", name: "张三", stage: "complete" },
      roles: ["dutyOfficer", "leader"],
      scope: { departments: ["TEST"], districts: [WEST, EAST] },
    });
    const [line] = await linesOf({ object: "account/zhang.san" });
    expect(line).toMatchObject({
      ...{ who: "zhang.san", act: "finishSingleSignOn", result: "done" },
      detail: "by single sign-on",
    });
  });

  it("sees every department where it says so, and none where it says nothing", async () => {
    issuer.people.set("u-2", {
      ...{ preferred_username: "li.si", staff: "S-2", roles: "duty" },
      departments: "*",
    });
    const { session } = await enter("u-2");
    expect(session.scope).toEqual({ departments: null, districts: [] });
  });

  it("keeps the account; rights that changed there hold here at once, in every browser, and are audited", async () => {
    const first = await enter("u-1");
    const before = await accountOfBy("zhang.san");
    const follower = await openFollower(hub.url, first.browser.cookie(hub.url));
    issuer.people.set("u-1", {
      // Another login there is the same person here.
      ...{ preferred_username: "zhang.s", name: "张叁", staff: "S-1" },
      ...{ roles: ["boss"], departments: ["ECO"], districts: [EAST] },
    });
    const { session } = await enter("u-1");
    await follower.ended;
    const now = {
      ...{ login: "zhang.san", name: "张叁", roles: ["leader"] },
      scope: { departments: ["ECO"], districts: [EAST] },
    };
    expect(session).toMatchObject(now);
    expect(await sessionOf(first.browser)).toMatchObject(now);
    expect((await accountOfBy("zhang.san")).id).toBe(before.id);
    const [line] = await linesOf({ object: "account/zhang.san" });
    expect(JSON.parse(line!.before)).toEqual({
      roles: ["dutyOfficer", "leader"],
      scope: { departments: ["TEST"], districts: [WEST, EAST] },
    });
    expect(JSON.parse(line!.after)).toEqual({
      roles: ["leader"],
      scope: { departments: ["ECO"], districts: [EAST] },
    });
  });

  it("sets up a second factor here where the role needs one and none was asked for there", async () => {
    issuer.people.set("u-3", {
      ...{ preferred_username: "wang.wu", staff: "S-3", roles: ["dispatch"] },
      ...{ amr: ["pwd"], departments: "*", districts: "*" },
    });
    const weak = await enter("u-3");
    expect(weak.session).toMatchObject({ stage: "enrol", permissions: [] });
    const cookie = await enrol(hub, weak.browser.cookie(hub.url));
    const { body } = await ask<Session>(hub, "GET", "/api/session", { cookie });
    expect(body.stage).toBe("complete");
    // And is asked for it from then on.
    expect((await enter("u-3")).session.stage).toBe("code");
  });

  it("sets up none where a strong one was asked for there, nor when the rights change", async () => {
    const person = {
      ...{ preferred_username: "zhao.liu", staff: "S-4", roles: ["dispatch"] },
      ...{ amr: ["pwd", "mfa"], departments: "*", districts: "*" },
    };
    issuer.people.set("u-4", person);
    const strong = await enter("u-4");
    expect(strong.session).toMatchObject({
      ...{ stage: "complete", secondFactor: false },
    });
    issuer.people.set("u-4", { ...person, departments: ["TEST"] });
    await enter("u-4");
    expect(await sessionOf(strong.browser)).toMatchObject({
      ...{ stage: "complete", scope: { departments: ["TEST"] } },
    });
  });

  it("sets one up when a new role needs it", async () => {
    const person = {
      ...{ preferred_username: "sun.qi", staff: "S-5", roles: ["boss"] },
      ...{ departments: "*", districts: "*" },
    };
    issuer.people.set("u-5", person);
    const first = await enter("u-5");
    expect(first.session.stage).toBe("complete");
    issuer.people.set("u-5", { ...person, roles: ["dispatch"] });
    await enter("u-5");
    expect((await sessionOf(first.browser)).stage).toBe("enrol");
  });

  it("reaches the page that was asked for with the session, although another site sent the browser", async () => {
    const chromium = await launchChromium();
    try {
      const page = await chromium.newPage();
      const cookies: (string | undefined)[] = [];
      page.on("request", (request) => {
        if (!request.isNavigationRequest()) return;
        if (new URL(request.url()).pathname !== "/wall/city-overview") return;
        void request
          .allHeaders()
          .then((headers) => cookies.push(headers["cookie"]));
      });
      await page.goto(`${hub.url}/api/oidc/start?next=/wall/city-overview`);
      await page.getByRole("link", { name: "u-2" }).click();
      await page.waitForURL(`${hub.url}/wall/city-overview`);
      await eventually(
        () => Promise.resolve(cookies),
        (seen) => seen.length > 0,
      );
      expect(cookies).toEqual([expect.stringMatching(/chengshu=/)]);
    } finally {
      await chromium.close();
    }
  });
});

const accountOfBy = async (login: string) =>
  (
    await ask<{ items: Account[] }>(
      ...([hub, "GET", `/api/accounts?search=${login}`] as const),
      { cookie: sysAdmin },
    )
  ).body.items.find((one) => one.login === login)!;

describe("is refused, and the audit is told", () => {
  it("who has no role of this hub there", async () => {
    issuer.people.set("u-6", {
      ...{ preferred_username: "cook", roles: ["canteen", "__proto__"] },
    });
    const who = newBrowser();
    const back = await vouched(who.browser, "u-6");
    await refused(await who.browser.open(back), who, {
      detail: /claim roles names no role of this hub/,
    });
    expect(await accountOfBy("cook")).toBeUndefined();
  });

  it("who is called like somebody who has an account here", async () => {
    for (const [sub, person] of [
      ["u-7", { preferred_username: "sysadmin", staff: "S-7" }],
      ["u-8", { preferred_username: "another", staff: "A-1" }],
    ] as const) {
      issuer.people.set(sub, { ...person, roles: ["duty"] });
      const who = newBrowser();
      const back = await vouched(who.browser, sub);
      await refused(await who.browser.open(back), who, {
        ...{ status: 409, says: /another account has the login/ },
        detail: /another's login/,
      });
    }
    expect((await accountOfBy("sysadmin")).roles).toEqual(["sysAdmin"]);
  });

  it("whose account is switched off here", async () => {
    const { id } = await accountOfBy("li.si");
    const { status } = await ask(
      ...([hub, "POST", `/api/accounts/${id}/disable`] as const),
      { cookie: sysAdmin, body: { reason: "has left the bureau" } },
    );
    expect(status).toBe(200);
    const who = newBrowser();
    const back = await vouched(who.browser, "u-2");
    await refused(await who.browser.open(back), who, {
      ...{ object: "account/li.si", detail: /switched off/ },
    });
  });

  it("whom the single sign-on itself does not let in", async () => {
    const who = newBrowser();
    const back = await vouched(who.browser, "nobody");
    expect(back).toContain("error=access_denied");
    await refused(await who.browser.open(back), who, {
      detail: /said no: access_denied/,
    });
  });

  it("an answer that was not asked for, one that comes again, and one in another browser", async () => {
    const notBegun = /not begun in this browser/;
    const unasked = newBrowser();
    const back = new URL(await vouched(unasked.browser, "u-1"));
    const foreign = new URL(back);
    foreign.searchParams.set("state", "a-state-that-nobody-asked-for");
    await refused(await unasked.browser.open(foreign.href), unasked, {
      detail: notBegun,
    });

    const victim = newBrowser();
    const theirs = await vouched(victim.browser, "u-1");
    const thief = newBrowser();
    await refused(await thief.browser.open(theirs), thief, {
      detail: notBegun,
    });
    // Another one's cookie is no better than none.
    const begun = newBrowser();
    await vouched(begun.browser, "u-3");
    const stolen = await vouched(victim.browser, "u-1");
    await refused(await begun.browser.open(stolen), begun, {
      detail: notBegun,
    });

    const again = newBrowser();
    const once = await vouched(again.browser, "u-1");
    const kept = again.browser.cookie(hub.url);
    expect((await again.browser.open(once)).status).toBe(200);
    const replay = createBrowser({
      ...{ "x-forwarded-for": "10.2.0.1", cookie: kept },
    });
    await refused(
      await fetch(once, {
        headers: { "x-forwarded-for": "10.2.0.1", cookie: kept },
      }),
      { browser: replay, address: "10.2.0.1" },
      { detail: notBegun },
    );
  });

  it("a code that was tampered with, and the code of another sign-in", async () => {
    const who = newBrowser();
    const back = new URL(await vouched(who.browser, "u-1"));
    back.searchParams.set("code", "a-code-that-was-never-given");
    await refused(await who.browser.open(back.href), who, {
      detail: /said no: invalid_grant/,
    });

    const attacker = newBrowser();
    const code = new URL(
      await vouched(attacker.browser, "u-1"),
    ).searchParams.get("code")!;
    const victim = newBrowser();
    const injected = new URL(await vouched(victim.browser, "u-3"));
    injected.searchParams.set("code", code);
    await refused(await victim.browser.open(injected.href), victim, {
      detail: /said no: invalid_grant/,
    });
  });

  it("an answer of another issuer", async () => {
    const who = newBrowser();
    const back = new URL(await vouched(who.browser, "u-1"));
    back.searchParams.set("iss", "https://elsewhere.example");
    await refused(await who.browser.open(back.href), who, {
      detail: /said no: invalid response.*"iss"/,
    });
  });
});

describe("a person's browser that is refused", () => {
  const HTML = "text/html,application/xhtml+xml,*/*;q=0.8";
  const atDesk = () => {
    const address = `10.3.0.${addresses++ & 255}`;
    const headers = { "x-forwarded-for": address, accept: HTML };
    return { browser: createBrowser(headers), address };
  };
  const ledTo = (why: string, detail: RegExp) => ({
    ...{ status: 303, location: `/login?why=${why}`, detail },
  });

  it.each([
    ["u-6", "noRights", /names no role of this hub/],
    ["u-7", "taken", /another's login/],
    ["u-2", "accountOff", /switched off/],
    ["nobody", "saidNo", /said no: access_denied/],
  ])("is led to the sign-in page: %s, %s", async (sub, why, detail) => {
    const who = atDesk();
    const back = await vouched(who.browser, sub);
    await refused(await who.browser.open(back), who, ledTo(why, detail));
  });

  it("brings no word there that others wrote", async () => {
    const who = atDesk();
    const back = new URL(await vouched(who.browser, "nobody"));
    back.searchParams.set("error_description", "call 555-0199 at once");
    const led = ledTo("saidNo", /said no: access_denied/);
    await refused(await who.browser.open(back.href), who, led);
  });

  it("is led there, too, where the single sign-on does not answer", async () => {
    const who = atDesk();
    const back = await vouched(who.browser, "u-1");
    await issuer.stop();
    const led = ledTo("silent", /does not answer/);
    await refused(await who.browser.open(back), who, led);
    await issuer.start();
  });

  it.each([
    ["zh", /这次单点登录不是在此浏览器开始的/],
    ["en", /was not begun in this browser, or took too long/],
  ])("reads why: %s", async (lang, words) => {
    const chromium = await launchChromium();
    try {
      const page = await chromium.newPage();
      await page.goto(`${hub.url}/api/oidc/callback?code=x&state=y`);
      expect(new URL(page.url()).pathname).toBe("/login");
      expect(new URL(page.url()).search).toBe("?why=notBegun");
      if (lang === "en")
        await page.getByRole("link", { name: "English" }).click();
      await page.getByRole("alert").filter({ hasText: words }).waitFor();
    } finally {
      await chromium.close();
    }
  });
});

describe("where a sign-in leads", () => {
  const leadsTo = async (next: string) => {
    const { browser } = newBrowser();
    const reply = await browser.open(await vouched(browser, "u-1", next));
    expect(reply.headers.get("location")).toBeNull();
    const text = await reply.text();
    return /content="0;url=([^"]*)">$/.exec(text)![1]!.replaceAll("&amp;", "&");
  };

  it("is the page that was asked for", async () =>
    expect(await leadsTo("/wall/city-overview?lang=en&theme=dark")).toBe(
      "/wall/city-overview?lang=en&theme=dark",
    ));

  it.each([
    ...["//elsewhere.example", "///elsewhere.example", "/\\elsewhere.example"],
    ...["https://elsewhere.example/", "javascript:alert(1)", "elsewhere"],
    ...["/.//elsewhere.example", "/a/..//elsewhere.example", "//"],
    ...["/%2e//elsewhere.example", '/"><script>alert(1)</script>'],
    ...["/a;url=https://elsewhere.example", "/\t/elsewhere.example"],
    ...["\\\\elsewhere.example", " //elsewhere.example", "/@elsewhere.example"],
  ])("is never another place: %j", async (next) =>
    expect(await leadsTo(next)).toBe("/"),
  );

  it("sets a session that no other site's page may use", async () => {
    const { browser } = newBrowser();
    const reply = await browser.open(await vouched(browser, "u-1"));
    const [session] = reply.headers.getSetCookie();
    expect(session).toMatch(
      /^chengshu=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/,
    );
    expect(reply.headers.get("cache-control")).toBe("no-store");
    // The cookie of the sign-in that was begun is gone.
    expect(browser.cookie(hub.url)).not.toContain("begun");
  });
});

describe("the configuration", () => {
  const given = {
    ...{ OIDC_ISSUER: "https://id.city.example", OIDC_CLIENT_ID: "chengshu" },
    OIDC_ROLES: '{"duty": "dutyOfficer"}',
  };
  it.each([
    [{ OIDC_ROLES: '{"it": "sysAdmin"}' }, /sysAdmin is given by two admin/],
    [{ OIDC_ROLES: '{"it": "secAdmin"}' }, /secAdmin is given by two admin/],
    [{ OIDC_ROLES: '{"it": "auditAdmin"}' }, /auditAdmin is given by two/],
    [{ OIDC_ROLES: '{"it": "cook"}' }, /OIDC_ROLES/],
    [{ OIDC_ROLES: "duty" }, /OIDC_ROLES: expected JSON/],
    [{ OIDC_CLIENT_ID: undefined }, /OIDC_CLIENT_ID and OIDC_ROLES belong/],
    [{ OIDC_ISSUER: "http://id.city.example" }, /OIDC_ISSUER: expected https/],
  ])("refuses %j", (change, sentence) => {
    expect(readConfig(given).singleSignOn).toMatchObject({
      ...{ name: "id.city.example", clientSecret: null },
    });
    expect(() => readConfig({ ...given, ...change })).toThrow(sentence);
  });
});
