/** Attacks on the way in: sessions given by the attacker, names that are asked for, secrets that are guessed. */
import { generate } from "otplib";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WHOLE_CITY } from "../../../contract/data-scope.ts";
import type { OneTimeLink } from "../../../contract/account.ts";
import { startHub, type Hub } from "../../kit/hub.ts";
import {
  ask,
  enterByLink,
  newPerson,
  pairWall,
  PASSWORD,
} from "../../kit/staff.ts";
import { ATTACKED_CITY } from "./city.ts";
import { knock, knockJson } from "./knock.ts";
import { attacked } from "./tally.ts";

/** People sign in by password alone, from as many addresses as a proxy names. */
let hub: Hub;
/** As a city has it: one-time links, passwords to choose, second factors. */
let city: Hub;

beforeAll(async () => {
  [hub, city] = (await Promise.all(
    [true, false].map((demo) =>
      startHub({ city: ATTACKED_CITY, demo, env: { TRUST_PROXY: "1" } }),
    ),
  )) as [Hub, Hub];
  // The first is asked for until the account waits; the second never is.
  for (const login of ["lin.wei", "calm.one"])
    await newPerson(hub, login, ["leader"], WHOLE_CITY);
});
afterAll(() => Promise.all([hub.stop(), city.stop()]));

let addresses = 0;
/** An address that nobody came from before. */
const elsewhere = () => {
  const n = ++addresses;
  return { "x-forwarded-for": `198.18.${n >> 8}.${n & 255}` };
};
const COOKIE = "chengshu";
const whoIs = async (at: Hub, cookie: string | null) =>
  (await knock(at, "GET", "/api/session", { cookie })).status;
const signIn = (
  login: string,
  password: string,
  more: { cookie?: string; headers?: Record<string, string> } = {},
) => knockJson(hub, "POST", "/api/session", { login, password }, more);
const cookieOf = ({ headers }: { headers: NodeJS.Dict<string | string[]> }) =>
  String(headers["set-cookie"] ?? "").split(";", 1)[0]!;
const linkFor = (role: string) =>
  (
    JSON.parse(
      readFileSync(join(city.dataDir, "sign-in-links.json"), "utf8"),
    ) as (OneTimeLink & { role: string })[]
  ).find((link) => link.role === role)!;

describe("a session that the attacker chose", () => {
  it.each([
    ["of his own making", "A".repeat(43)],
    ["empty", ""],
    ["of a prototype", "__proto__"],
    ["twice", `A; ${COOKIE}=B`],
    ["with a path", "../../x"],
  ])("does not become the victim's: %s", async (what, given) => {
    const planted = `${COOKIE}=${given}`;
    const entered = await signIn("lin.wei", PASSWORD, {
      cookie: planted,
      headers: elsewhere(),
    });
    expect(entered.status).toBe(200);
    attacked("fixation", what, (await whoIs(hub, planted)) === 401);
    attacked("fixation", `${what}, kept`, cookieOf(entered) !== planted);
  });

  it("ends where the victim signs in over it: his own stays nobody's", async () => {
    const { cookie: own } = await newPerson(
      hub,
      "mallory",
      ["leader"],
      WHOLE_CITY,
    );
    const entered = await signIn("lin.wei", PASSWORD, {
      cookie: own,
      headers: elsewhere(),
    });
    attacked("fixation", "a true session", (await whoIs(hub, own)) === 401);
    const victim = cookieOf(entered);
    const { body } = await ask(hub, "GET", "/api/session", { cookie: victim });
    attacked("fixation", "his account", body["login"] === "lin.wei");
  });

  it("is worth nothing after any step of a sign-in: each gives a new secret", async () => {
    const url = new URL(linkFor("secAdmin").url);
    const token = new URLSearchParams(url.hash.slice(1)).get("token");
    const entered = await ask(city, "POST", "/api/session", {
      ...{ body: { token }, headers: elsewhere() },
    });
    expect(entered.body).toMatchObject({ stage: "password" });
    const chosen = await ask(city, "POST", "/api/session/password", {
      ...{ cookie: entered.cookie, body: { password: PASSWORD } },
    });
    attacked(
      "fixation",
      "after the password",
      (await whoIs(city, entered.cookie)) === 401,
    );
    const { body } = await ask<{ secret: string }>(
      ...([city, "POST", "/api/session/factor"] as const),
      { cookie: chosen.cookie, body: {} },
    );
    const enrolled = await ask(city, "POST", "/api/session/factor/confirm", {
      cookie: chosen.cookie,
      body: { code: await generate({ secret: body.secret }) },
    });
    expect(enrolled.status).toBe(200);
    attacked(
      "fixation",
      "after the factor",
      (await whoIs(city, chosen.cookie)) === 401,
    );
    const again = await ask(city, "POST", "/api/session", {
      body: { token },
      headers: elsewhere(),
    });
    attacked("fixation", "the link once more", again.status === 401);
  });

  it("does not come by a query, a header or a body", async () => {
    const cookie = await hub.signIn("sysAdmin");
    const secret = cookie.split("=")[1]!;
    for (const [what, path, headers] of [
      ["a query", `/api/session?${COOKIE}=${secret}&token=${secret}`, {}],
      ["a bearer", "/api/session", { authorization: `Bearer ${secret}` }],
      ["a header of its name", "/api/session", { [COOKIE]: secret }],
      [
        "the wall's cookie",
        "/api/session",
        { cookie: `chengshu-wall=${secret}` },
      ],
      [
        "a cookie in capitals",
        "/api/session",
        { cookie: `CHENGSHU=${secret}` },
      ],
    ] as const)
      attacked(
        "fixation",
        what,
        (await knock(hub, "GET", path, { headers })).status === 401,
      );
  });

  it("is no wall's before it is paired, and never in its secret's place", async () => {
    const { body } = await ask<{ secret: string; code: string }>(
      ...([hub, "POST", "/api/pairing"] as const),
      { body: {}, headers: elsewhere() },
    );
    for (const value of [body.secret, body.code])
      attacked(
        "fixation",
        "a pairing's",
        (await whoIs(hub, `chengshu-wall=${value}`)) === 401,
      );
  });
});

describe("whoever asks for names", () => {
  const NAMES = [
    "lin.wei",
    "nobody.here",
    "sysadmin",
    "locked.one",
    "left.one",
  ];

  beforeAll(async () => {
    await newPerson(hub, "locked.one", ["leader"], WHOLE_CITY);
    const { account } = await newPerson(
      hub,
      "left.one",
      ["leader"],
      WHOLE_CITY,
    );
    await hub.ask(`/api/accounts/${account.id}/disable`, {
      ...{ method: "POST", body: JSON.stringify({ reason: "left the city" }) },
    });
    for (let i = 0; i < 12; i++)
      await signIn("locked.one", "Wrong-Guess-1", { headers: elsewhere() });
  });

  it("hears the same of every one: unknown, known, locked, left", async () => {
    const answers = new Map<string, string>();
    for (const login of NAMES) {
      const { status, headers, text } = await signIn(login, "Wrong-Guess-1", {
        headers: elsewhere(),
      });
      const { date: _date, ...rest } = headers;
      answers.set(login, JSON.stringify({ status, rest, text }));
    }
    for (const [login, answer] of answers)
      attacked(
        "enumeration",
        `the answer for ${login}`,
        answer === answers.get("nobody.here"),
      );
    // The right password of an account that may not come in tells no more.
    for (const login of ["locked.one", "left.one"]) {
      const { status, text } = await signIn(login, PASSWORD, {
        headers: elsewhere(),
      });
      const wrong = JSON.parse(answers.get("nobody.here")!) as { text: string };
      attacked(
        "enumeration",
        `the password of ${login}`,
        status === 401 && text === wrong.text,
      );
    }
  });

  it("waits as long for every one: a password is judged where there is none, too", async () => {
    const took = new Map<string, number[]>(NAMES.map((name) => [name, []]));
    for (let round = 0; round < 5; round++)
      for (const login of NAMES) {
        const before = performance.now();
        await signIn(login, "Wrong-Guess-1", { headers: elsewhere() });
        took.get(login)!.push(performance.now() - before);
      }
    // The least of a few: what else the machine does only ever adds.
    const least = (login: string) => Math.min(...took.get(login)!);
    const usual = least("nobody.here");
    for (const login of NAMES)
      attacked(
        "enumeration",
        `the time for ${login}: ${least(login).toFixed()} ms, ${usual.toFixed()} ms for nobody`,
        least(login) > usual / 3 && least(login) < usual * 3,
      );
  });

  it("learns nothing of codes, links and pairings that are not", async () => {
    const administrator = await hub.signIn("sysAdmin");
    const { body } = await ask<{ code: string }>(
      ...([hub, "POST", "/api/pairing"] as const),
      { body: {}, headers: elsewhere() },
    );
    const approve = (code: string) =>
      knockJson(
        ...([hub, "POST", "/api/devices"] as const),
        { code, name: "wall", screens: ["city-overview"], scope: WHOLE_CITY },
        { cookie: administrator },
      );
    expect((await approve(body.code)).status).toBe(200);
    // Used, never made, and of the wrong length alike.
    const texts = await Promise.all(
      [body.code, "AAAAAAAA", "ABCD", "________"].map(
        async (code) => (await approve(code)).text,
      ),
    );
    for (const text of texts)
      attacked("enumeration", "a wall's code", text === texts[0]);
    const claims = await Promise.all(
      ["x".repeat(43), "y".repeat(100), "0".repeat(20)].map(
        async (secret) =>
          (await knockJson(hub, "POST", "/api/pairing/claim", { secret })).text,
      ),
    );
    for (const text of claims)
      attacked("enumeration", "a wall's secret", text === claims[0]);
    const used = new URLSearchParams(
      new URL(linkFor("secAdmin").url).hash.slice(1),
    ).get("token")!;
    const links = await Promise.all(
      [used, "x".repeat(43)].map(
        async (token) =>
          (
            await knockJson(
              city,
              "POST",
              "/api/session",
              { token },
              { headers: elsewhere() },
            )
          ).text,
      ),
    );
    attacked("enumeration", "a used link", links[0] === links[1]);
  });
});

describe("whoever guesses", () => {
  /** Guesses until it is told to wait. @returns the statuses */
  async function guess(
    most: number,
    one: (i: number) => Promise<{ status: number }>,
  ) {
    const statuses: number[] = [];
    for (let i = 0; i < most; i += 10)
      statuses.push(
        ...(await Promise.all(
          Array.from({ length: 10 }, async (_, j) => (await one(i + j)).status),
        )),
      );
    return statuses;
  }

  it("a password is soon locked out, from whatever address, and nobody else is", async () => {
    await newPerson(hub, "guessed", ["leader"], WHOLE_CITY);
    const statuses = await guess(20, (i) =>
      signIn("guessed", `Wrong-Guess-${i}`, { headers: elsewhere() }),
    );
    for (const status of statuses)
      attacked("brute force", "a password", status === 401);
    const right = await signIn("guessed", PASSWORD, { headers: elsewhere() });
    attacked(
      "brute force",
      "the password found in the end",
      right.status === 401,
    );
    const other = await signIn("calm.one", PASSWORD, { headers: elsewhere() });
    expect(other.status).toBe(200);
  });

  it("links and names from one address is told to wait; others come in", async () => {
    const from = elsewhere();
    const statuses = await guess(100, (i) =>
      knockJson(
        hub,
        "POST",
        "/api/session",
        { token: `${i}`.padEnd(43, "x") },
        { headers: from },
      ),
    );
    for (const status of statuses)
      attacked("brute force", "a link", status === 401 || status === 429);
    attacked(
      "brute force",
      "100 links at once",
      statuses.filter((s) => s === 429).length >= 30,
    );
    const same = await signIn("calm.one", PASSWORD, { headers: from });
    attacked("brute force", "a name after that", same.status === 429);
    expect(Number(same.headers["retry-after"])).toBeGreaterThan(0);
    // One address is a whole /64, and what stands before the proxy's word is the attacker's.
    const forged = await signIn("calm.one", PASSWORD, {
      headers: { "x-forwarded-for": `203.0.113.9, ${from["x-forwarded-for"]}` },
    });
    attacked("brute force", "a forged hop", forged.status === 429);
    const other = await signIn("calm.one", PASSWORD, { headers: elsewhere() });
    expect(other.status).toBe(200);
  });

  it("one address of IPv6 is the whole of its /64", async () => {
    const statuses = await guess(100, (i) =>
      knockJson(
        hub,
        "POST",
        "/api/session",
        { token: `${i}`.padEnd(43, "x") },
        {
          headers: { "x-forwarded-for": `2001:db8:0:1::${i.toString(16)}` },
        },
      ),
    );
    attacked(
      "brute force",
      "a /64",
      statuses.filter((s) => s === 429).length >= 30,
    );
  });

  it("walls' codes fills no hall: an address has few at once", async () => {
    const from = elsewhere();
    const statuses = await guess(30, () =>
      knockJson(hub, "POST", "/api/pairing", {}, { headers: from }),
    );
    attacked(
      "brute force",
      "codes of walls",
      statuses.filter((s) => s === 200).length <= 10,
    );
    const { device } = await pairWall(hub, { scope: WHOLE_CITY });
    expect(device.state).not.toBe("revoked");
  });

  it("a wall's secret never claims it", async () => {
    const claims = await guess(200, (i) =>
      knockJson(hub, "POST", "/api/pairing/claim", {
        secret: `${i}`.padEnd(43, "x"),
      }).then(({ headers, status }) => ({
        status: headers["set-cookie"] ? 999 : status,
      })),
    );
    for (const status of claims)
      attacked("brute force", "a pairing's secret", status !== 999);
  });

  it("a second factor locks the account, with the password known", async () => {
    const login = "zhao";
    const sysAdmin = await enterByLinkAndFactor();
    const made = await ask<{ account: { id: string }; link: OneTimeLink }>(
      ...([city, "POST", "/api/accounts"] as const),
      { cookie: sysAdmin.cookie, body: { login, name: "Zhao", staffNo: "77" } },
    );
    const cookie = await enterByLink(city, made.body.link);
    const started = await ask<{ secret: string }>(
      city,
      "POST",
      "/api/session/factor",
      {
        ...{ cookie, body: { password: PASSWORD } },
      },
    );
    const enrolled = await ask(city, "POST", "/api/session/factor/confirm", {
      cookie,
      body: { code: await generate({ secret: started.body.secret }) },
    });
    expect(enrolled.status).toBe(200);
    const statuses: number[] = [];
    let inner: string | null = null;
    for (let i = 0; i < 15; i++) {
      const headers = elsewhere();
      const entered = await ask(city, "POST", "/api/session", {
        body: { login, password: PASSWORD },
        headers,
      });
      if (entered.status !== 200) {
        statuses.push(entered.status);
        continue;
      }
      inner = entered.cookie;
      const { status } = await ask(city, "POST", "/api/session/code", {
        ...{ cookie: inner, headers, body: { code: String(100_000 + i) } },
      });
      statuses.push(status);
    }
    for (const status of statuses)
      attacked("brute force", "a code", status >= 400);
    const code = await generate({ secret: started.body.secret });
    const right = await ask(city, "POST", "/api/session/code", {
      ...{ cookie: inner, headers: elsewhere(), body: { code } },
    });
    attacked("brute force", "the code found in the end", right.status >= 400);
    const seen = await ask(city, "GET", "/api/session/own", { cookie: inner });
    attacked("brute force", "doors before the code", seen.status >= 400);
  });

  async function enterByLinkAndFactor() {
    const cookie = await enterByLink(city, linkFor("sysAdmin"));
    const { body } = await ask<{ secret: string }>(
      city,
      "POST",
      "/api/session/factor",
      {
        ...{ cookie, body: {} },
      },
    );
    return ask(city, "POST", "/api/session/factor/confirm", {
      ...{ cookie, body: { code: await generate({ secret: body.secret }) } },
    });
  }
});
