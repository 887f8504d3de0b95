/** Attacks by ids that are another's: each answers, byte for byte, as an id that does not exist. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WHOLE_CITY } from "../../../contract/data-scope.ts";
import type { RoleCode } from "../../../contract/role.ts";
import { told } from "../../flow/city.ts";
import { DISTRICTS, keyOf, PLACES } from "../../kit/city.ts";
import { startHub, type Hub } from "../../kit/hub.ts";
import { ask, newPerson, pairWall } from "../../kit/staff.ts";
import { ATTACKED_CITY, OWN } from "./city.ts";
import { knock } from "./knock.ts";
import { attacked } from "./tally.ts";

let hub: Hub;
/** Everything of another department, and of another district. */
const theirs = {
  incidents: [] as string[],
  cameras: [] as string[],
  feeds: [] as string[],
};
beforeAll(async () => {
  hub = await startHub({ city: ATTACKED_CITY });
  const at = Date.now();
  for (const [department, place] of [
    ["eco", "west"],
    ["eco", "east"],
    ["test", "east"],
  ] as const) {
    const { lng, lat } = PLACES[place];
    const id = `${department}-${place}`;
    await told(hub, `${department}-incidents`, [
      {
        externalId: id,
        source: "s",
        title: id,
        reportedAt: at,
        lng,
        lat,
        reporter: { name: "张三丰", phone: "13812345678" },
      },
    ]);
    await told(hub, `${department}-cameras`, [
      {
        id,
        name: id,
        lng,
        lat,
        stream: { kind: "mp4", url: "/clip/sample.mp4" },
      },
    ]);
    theirs.cameras.push(`${department}-cameras/${id}`);
    await told(hub, `${department}-sensors`, [
      {
        id,
        name: id,
        kind: "gauge",
        lng,
        lat,
        metrics: [{ metric: "level", unit: "m" }],
      },
    ]);
  }
  const { items } = await hub.ask<{ items: { id: string }[] }>(
    "/api/incidents",
    { cookie: await hub.signIn("leader") },
  );
  theirs.incidents.push(...items.map(({ id }) => id));
  theirs.feeds.push(
    "eco-incidents",
    "eco-readings",
    "eco-sensors",
    "eco-cameras",
  );
  expect(theirs.incidents).toHaveLength(3);
});
afterAll(() => hub.stop());

/** Of a session within the attackers' scope. */
const people = new Map<RoleCode, Promise<string>>();
const as = (role: RoleCode) => {
  const known =
    people.get(role) ??
    newPerson(hub, `own-${role.toLowerCase()}`, [role], OWN).then(
      ({ cookie }) => cookie,
    );
  people.set(role, known);
  return known;
};

/** Answer with the id itself struck out, wherever it is repeated. */
async function answerTo(
  id: string,
  cookie: string,
  asked: Asked,
): Promise<string> {
  const path = asked.path.replace("{id}", encodeURIComponent(id));
  const body =
    asked.body === undefined
      ? undefined
      : JSON.stringify(asked.body).replaceAll("{id}", id);
  const { status, headers, text } = await knock(hub, asked.method, path, {
    cookie,
    ...(body !== undefined && {
      body,
      headers: { "content-type": "application/json" },
    }),
  });
  const {
    date: _date,
    etag: _etag,
    "content-length": _length,
    ...rest
  } = headers;
  return JSON.stringify({ status, rest, text: text.replaceAll(id, "…") });
}

interface Asked {
  method: string;
  path: string;
  body?: unknown;
}

async function hides(
  what: string,
  cookie: string,
  asked: Asked,
  ids: string[],
  none: string,
): Promise<void> {
  const unknown = await answerTo(none, cookie, asked);
  expect(JSON.parse(unknown), what).toMatchObject({ status: 404 });
  for (const id of ids)
    attacked(
      "idor",
      `${what} ${id}`,
      (await answerTo(id, cookie, asked)) === unknown,
    );
}

const NO_ID = "01989898-0000-7000-8000-000000000000";

describe("what lies outside the scope is as if it were not there", () => {
  it("incidents, opened or revealed", async () => {
    for (const role of ["leader", "dutyOfficer", "deptHandler"] as const) {
      const cookie = await as(role);
      await hides(
        `incident of ${role}`,
        cookie,
        { method: "GET", path: "/api/incidents/{id}" },
        theirs.incidents,
        NO_ID,
      );
    }
    await hides(
      "revealed",
      await as("dutyOfficer"),
      {
        method: "POST",
        path: "/api/incidents/{id}/reveal",
        body: { reason: "wants to know" },
      },
      theirs.incidents,
      NO_ID,
    );
  });

  it("incidents by ids that are nearly theirs tell no more", async () => {
    const cookie = await as("leader");
    const [id = ""] = theirs.incidents;
    for (const near of [
      id.toUpperCase(),
      ` ${id}`,
      `${id}\0`,
      `${id}/`,
      `${id};x`,
      `${id}%00`,
      `../incidents/${id}`,
      `${id}' OR '1'='1`,
      `${id}?x`,
    ])
      for (const { status } of [
        await knock(hub, "GET", `/api/incidents/${encodeURIComponent(near)}`, {
          cookie,
        }),
      ])
        attacked("idor", `${near} (${status})`, status >= 400 && status < 500);
  });

  it("cameras", async () => {
    const open = {
      method: "POST",
      path: "/api/cameras/open",
      body: { id: "{id}" },
    };
    for (const role of ["dutyOfficer", "leader"] as const)
      await hides(
        `camera for ${role}`,
        await as(role),
        open,
        theirs.cameras,
        "eco-cameras/none",
      );
    const wall = await pairWall(hub, { scope: OWN });
    await hides(
      "camera for a wall",
      wall.cookie,
      open,
      theirs.cameras,
      "eco-cameras/none",
    );
  });

  it("feeds, their keys, secrets and refused messages", async () => {
    const cookie = await as("sysAdmin");
    for (const [method, path, body] of [
      ["GET", "/api/feeds/{id}/keys"],
      ["POST", "/api/feeds/{id}/keys", {}],
      ["DELETE", "/api/feeds/{id}/keys/x"],
      ["POST", "/api/feeds/{id}/secret", {}],
      ["GET", "/api/feeds/{id}/quarantine"],
      ["POST", "/api/feeds/{id}/quarantine/replay", {}],
    ] as const)
      await hides(
        `${method} ${path}`,
        cookie,
        { method, path, body },
        theirs.feeds,
        "eco-none",
      );
    const everywhere = await hub.ask<{ items: { id: string }[] }>(
      "/api/feeds/eco-readings/keys",
    );
    const [{ id: key = "" } = {}] = everywhere.items;
    await hides(
      "another feed's key",
      cookie,
      { method: "DELETE", path: "/api/feeds/test-readings/keys/{id}" },
      [key],
      NO_ID,
    );
  });

  it("screens that are not this wall's", async () => {
    const { cookie } = await pairWall(hub, { scope: WHOLE_CITY });
    await hides(
      "screen",
      cookie,
      { method: "GET", path: "/api/screens/{id}" },
      ["lifeline-environment", "city-overview-wall"],
      "no-such-screen",
    );
  });

  it("sensors' histories, even of the district's other department", async () => {
    const cookie = await as("leader");
    const ask = {
      method: "GET",
      path: "/api/series/history?system=eco&metric=level&from=0&to=1&sensor={id}",
    };
    const unknown = await answerTo("none", cookie, ask);
    for (const id of ["eco-west", "eco-east"])
      attacked(
        "idor",
        `sensor ${id}`,
        (await answerTo(id, cookie, ask)) === unknown,
      );
  });
});

describe("what belongs to somebody else", () => {
  it("a session is ended by its owner or an administrator alone", async () => {
    const { items } = await hub.ask<{ items: { id: string; own: boolean }[] }>(
      "/api/sessions",
    );
    const others = items.filter(({ own }) => !own).map(({ id }) => id);
    const { cookie } = await newPerson(hub, "mallory", ["leader"], WHOLE_CITY);
    await hides(
      "session",
      cookie,
      { method: "DELETE", path: "/api/session/own/{id}" },
      others.slice(0, 8),
      "f".repeat(64),
    );
    const after = await hub.ask<{ items: { id: string }[] }>("/api/sessions");
    expect(after.items.map(({ id }) => id)).toEqual(
      expect.arrayContaining(others),
    );
    for (const id of others.slice(0, 8)) {
      const { status } = await knock(hub, "GET", "/api/session", {
        cookie: `chengshu=${id}`,
      });
      attacked("idor", "a session's id as its cookie", status === 401);
    }
  });

  it("accounts, walls and changes are told to none without the right, whether or not they exist", async () => {
    const { items } = await hub.ask<{ items: { id: string }[] }>(
      "/api/accounts",
    );
    const { device } = await pairWall(hub, { scope: WHOLE_CITY });
    const change = await ask<{ id: string }>(
      hub,
      "POST",
      "/api/rights/changes",
      {
        cookie: await hub.signIn("secAdmin"),
        body: {
          change: { kind: "enable", account: items[0]!.id },
          reason: "asks for nothing",
        },
      },
    );
    const reason = { reason: "wants to know" };
    const cookie = await as("dutyOfficer");
    for (const [method, path, body, id] of [
      ["PATCH", "/api/accounts/{id}", { rev: 1, name: "x" }, items[0]!.id],
      ["POST", "/api/accounts/{id}/disable", reason, items[0]!.id],
      ["POST", "/api/accounts/{id}/link", reason, items[0]!.id],
      ["POST", "/api/accounts/{id}/unlock", reason, items[0]!.id],
      ["PATCH", "/api/devices/{id}", { rev: 1, name: "x" }, device.id],
      ["DELETE", "/api/devices/{id}", undefined, device.id],
      ["POST", "/api/rights/changes/{id}/confirm", {}, change.body.id],
      ["POST", "/api/rights/changes/{id}/refuse", reason, change.body.id],
      ["DELETE", "/api/sessions/{id}", undefined, "f".repeat(64)],
    ] as const) {
      const asked = { method, path, body };
      const answers = await Promise.all(
        [id, NO_ID].map((one) => answerTo(one ?? NO_ID, cookie, asked)),
      );
      attacked(
        "idor",
        `${method} ${path}`,
        answers[0] === answers[1] &&
          (JSON.parse(answers[0]!) as { status: number }).status === 403,
      );
    }
  });

  it("a cursor of another's page opens nothing outside the scope", async () => {
    const wide = await hub.ask<{ cursor: string | null }>(
      "/api/incidents?limit=1",
      { cookie: await hub.signIn("leader") },
    );
    const cursor = encodeURIComponent(wide.cursor ?? "");
    const { status, text } = await knock(
      hub,
      "GET",
      `/api/incidents?limit=50&cursor=${cursor}`,
      { cookie: await as("leader") },
    );
    attacked(
      "idor",
      `a cursor (${status})`,
      !theirs.incidents.some((id) => text.includes(id)),
    );
    for (const bad of [
      "'",
      "0",
      "-1",
      "e30=",
      "%00",
      "a".repeat(900),
      '{"id":"x"}',
      "9".repeat(300),
    ])
      for (const path of ["incidents", "cameras"]) {
        const reply = await knock(
          hub,
          "GET",
          `/api/${path}?cursor=${bad === "%00" ? bad : encodeURIComponent(bad)}`,
          { cookie: await as("leader") },
        );
        attacked(
          "idor",
          `the cursor ${bad.slice(0, 12)} at ${path} (${reply.status})`,
          reply.status < 500 && !/eco-/.test(reply.text),
        );
      }
  });
});

describe("a sender", () => {
  const send = (feed: string, key: string) =>
    knock(hub, "POST", `/ingest/v1/${feed}`, {
      body: "[]",
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": "application/json",
      },
    });

  it("learns of no feed whether it exists, nor by how long an answer takes", async () => {
    const answers = new Map<string, { least: number; text: string }>();
    const feeds = [
      "test-readings",
      "eco-readings",
      "signed",
      "no-such-feed",
      "x",
      "__proto__",
      "a".repeat(63),
    ];
    for (let round = 0; round < 12; round++)
      for (const feed of feeds) {
        const before = performance.now();
        const { status, text } = await send(feed, "wrong");
        const least = Math.min(
          performance.now() - before,
          answers.get(feed)?.least ?? Infinity,
        );
        // The address may by then be told to wait, as for every feed.
        answers.set(feed, {
          least,
          text: round === 0 ? `${status} ${text}` : answers.get(feed)!.text,
        });
      }
    const none = answers.get("no-such-feed")!;
    for (const feed of feeds) {
      const { least, text } = answers.get(feed)!;
      attacked(
        "enumeration",
        `the feed ${feed.slice(0, 20)}`,
        text === none.text,
      );
      attacked(
        "enumeration",
        `the time of ${feed.slice(0, 20)}`,
        Math.abs(least - none.least) < 5,
      );
    }
  });

  it("opens by its key its own feed alone", async () => {
    for (const feed of [
      "eco-readings",
      "test-incidents",
      "signed",
      "no-such-feed",
    ])
      attacked(
        "idor",
        `test-readings' key at ${feed}`,
        [401, 429].includes((await send(feed, keyOf("test-readings"))).status),
      );
    expect((await send("test-readings", keyOf("test-readings"))).status).toBe(
      200,
    );
    expect(DISTRICTS.west.code).toBe(OWN.districts![0]);
  });

  it("who guesses at keys is told to wait, and a good key from there still opens", async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 200; i++)
      statuses.push((await send("test-readings", `guess-${i}`)).status);
    for (const status of statuses)
      attacked("brute force", "a feed's key", status === 401 || status === 429);
    attacked("brute force", "200 keys at once", statuses.includes(429));
    expect((await send("test-readings", keyOf("test-readings"))).status).toBe(
      200,
    );
  });
});
