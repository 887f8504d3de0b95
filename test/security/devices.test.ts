/** Walls: paired over the real doors, they look at their screens and do nothing else, until somebody ends them. */
import type { Door } from "../../contract/door.ts";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api } from "../../contract/api.ts";
import type { AuditLine } from "../../contract/audit.ts";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import type { Problem } from "../../contract/door.ts";
import type { Device } from "../../contract/device.ts";
import type { Incident } from "../../contract/incident.ts";
import type { Session } from "../../contract/session.ts";
import { eventually, FLOW_CITY, told } from "../flow/city.ts";
import { DISTRICTS, PLACES } from "../kit/city.ts";
import { openFollower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask, newPerson, pairWall } from "../kit/staff.ts";

let hub: Hub;
let admin: string;

beforeAll(async () => {
  hub = await startHub({ city: FLOW_CITY, env: { TRUST_PROXY: "1" } });
  admin = await hub.signIn("screenAdmin");
});
afterAll(() => hub?.stop());

interface Pairing {
  code: string;
  secret: string;
}
const WALL = { screens: ["city-overview"], scope: WHOLE_CITY };

const requestPairing = (address: string) =>
  ask<Pairing>(hub, "POST", "/api/pairing", {
    ...{ body: {}, headers: { "x-forwarded-for": address } },
  });
const approve = (code: string, cookie: string, given: object = {}) =>
  ask<Device>(hub, "POST", "/api/devices", {
    ...{ cookie, body: { code, name: "East hall", ...WALL, ...given } },
  });
const claim = (secret: string) =>
  ask<{ state: string }>(hub, "POST", "/api/pairing/claim", {
    body: { secret },
  });
const whoAmI = (cookie: string) =>
  ask<Session>(hub, "GET", "/api/session", { cookie });
/** The code by which a page that is not in says why; its status is 401. */
const whyOf = async (cookie: string) => {
  const { status, body } = await ask<Problem>(hub, "GET", "/api/session", {
    cookie,
  });
  expect(status).toBe(401);
  return body.why;
};
const edit = (id: string, body: object) =>
  ask<Device>(hub, "PATCH", `/api/devices/${id}`, { cookie: admin, body });
const deviceOf = async (id: string) =>
  (
    await ask<{ items: Device[] }>(hub, "GET", "/api/devices", {
      cookie: admin,
    })
  ).body.items.find((device) => device.id === id)!;
const linesOf = async (object: string) =>
  (
    await ask<{ items: AuditLine[] }>(
      ...([hub, "GET", `/api/audit?object=${object}`] as const),
      { cookie: await hub.signIn("auditAdmin") },
    )
  ).body.items;

describe("pairing", () => {
  it("asks for a code that an administrator of walls types in as he likes", async () => {
    const { code, secret } = (await requestPairing("10.0.0.1")).body;
    expect(code).toMatch(/^[A-HJ-NP-RT-Y346789]{8}$/);
    expect((await claim(secret)).body).toMatchObject({ state: "waiting" });
    for (const role of ["dispatcher", "leader", "wallOperator", "secAdmin"]) {
      const { status } = await approve(code, await hub.signIn(role));
      expect(status).toBe(403);
    }
    const typed = `${code.slice(0, 4).toLowerCase()}-${code.slice(4)}`;
    const { status, body } = await approve(typed, admin);
    expect([status, body.pairedBy]).toEqual([200, "demo-screenadmin"]);
    const [line] = await linesOf(`device/${body.id}`);
    expect(line).toMatchObject({
      ...{ who: "demo-screenadmin", act: "approveDevice", result: "done" },
    });
    // One code, one wall; one wall, one claim.
    expect((await approve(code, admin)).status).toBe(422);
    const claimed = await claim(secret);
    expect(claimed.body).toEqual({
      ...{ state: "paired", screens: ["city-overview"] },
    });
    expect((await claim(secret)).body).toMatchObject({ state: "expired" });
    expect(claimed.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^chengshu-wall=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=34560000$/,
      ),
    ]);
  });

  it("is for nobody a way to see, or to change, what lies beyond the own scope", async () => {
    const scope = { departments: null, districts: [DISTRICTS.west.code] };
    const west = await newPerson(hub, "walls-west", ["screenAdmin"], scope);
    const { code } = (await requestPairing("10.0.9.1")).body;
    const beyond = await approve(code, west.cookie);
    expect([beyond.status, beyond.body]).toMatchObject([
      ...[403, { errors: [{ path: "/body/scope" }] }],
    ]);
    const own = await approve(code, west.cookie, { scope });
    expect(own.status).toBe(200);
    const { device } = await pairWall(hub, WALL);
    const asWest = (method: string, id: string, body: object) =>
      ask(hub, method, `/api/devices/${id}`, { cookie: west.cookie, body });
    for (const [method, body] of [
      ["PATCH", { rev: 1, scope }],
      ["DELETE", {}],
    ] as const)
      expect((await asWest(method, device.id, body)).status).toBe(404);
    const wide = await asWest("PATCH", own.body.id, { ...WALL, rev: 1 });
    expect(wide.status).toBe(403);
    const { items } = (
      await ask<{ items: Device[] }>(hub, "GET", "/api/devices", {
        cookie: west.cookie,
      })
    ).body;
    expect(items.map(({ id }) => id)).toEqual([own.body.id]);
  });

  it("gives a wall only screens, departments and districts that there are", async () => {
    const { code } = (await requestPairing("10.0.0.2")).body;
    for (const [given, path] of [
      [{ screens: ["no-such-screen"] }, "/body/screens"],
      [
        { scope: { departments: ["X"], districts: null } },
        "/body/scope/departments",
      ],
      [
        { scope: { departments: null, districts: ["9"] } },
        "/body/scope/districts",
      ],
    ] as const) {
      const { status, body } = await approve(code, admin, given);
      expect(status).toBe(422);
      expect(body).toMatchObject({ errors: [{ path }] });
    }
    expect((await approve("not a code", admin)).status).toBe(422);
  });

  it("lets no address fill the hall with codes", async () => {
    for (let i = 0; i < 10; i++)
      expect((await requestPairing("10.0.0.3")).status).toBe(200);
    const refused = await requestPairing("10.0.0.3");
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("60");
    expect((await requestPairing("10.0.0.4")).status).toBe(200);
  });
});

describe("a wall's token", () => {
  it("stands nowhere but in the wall's own cookie", async () => {
    const { cookie, device } = await pairWall(hub, WALL);
    const token = cookie.split("=")[1]!;
    expect((await whoAmI(cookie)).body.login).toBe(`device/${device.id}`);
    const files = readdirSync(hub.dataDir, {
      ...{ withFileTypes: true, recursive: true },
    })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
    const holds = (text: string) => files.some((file) => file.includes(text));
    expect(holds(token)).toBe(false);
    expect(hub.output()).not.toContain(token);
    const hash = createHash("sha256").update(token).digest("hex");
    expect(holds(hash)).toBe(true);
  });
});

describe("what a wall may do", () => {
  let wall: string;
  beforeAll(async () => void (wall = (await pairWall(hub, WALL)).cookie));

  it("is to look at the screens that it was given", async () => {
    const { body } = await ask<{ items: { id: string }[] }>(
      ...([hub, "GET", "/api/screens", { cookie: wall }] as const),
    );
    expect(body.items.map(({ id }) => id)).toEqual(["city-overview"]);
    for (const [id, status] of [
      ["city-overview", 200],
      ["recorded-data", 404],
      ["no-such-screen", 404],
    ] as const) {
      const asked = await ask(hub, "GET", `/api/screens/${id}`, {
        cookie: wall,
      });
      expect([id, asked.status]).toEqual([id, status]);
    }
  });

  const writes = Object.entries(api).filter(
    ([name, { method, permission }]) =>
      method !== "GET" && permission !== "public" && name !== "openCamera",
  );
  it.each(writes)("is not to %s", async (name, door: Door) => {
    expect(writes.length).toBeGreaterThan(25);
    const path = door.path.replaceAll(/\{\w+\}/g, "no-such");
    const { status } = await fetch(hub.url + path, {
      method: door.method,
      headers: {
        cookie: wall,
        "content-type": `application/${door.bytes ? "octet-stream" : "json"}`,
      },
      body: "{}",
    });
    expect([name, status]).toEqual([name, 403]);
  });

  it("is to see an incident without what tells of a person, where a dispatcher sees the place", async () => {
    const [phone, name] = ["13812345678", "欧阳建国"];
    const room = "3幢2单元501室";
    const address = `学院路街道翠苑社区${room}`;
    await told(hub, "hotline", [
      {
        ...{ externalId: "m-1", source: "hotline", reportedAt: Date.now() },
        ...{ ...PLACES.west, address, reporter: { name, phone } },
        title: `${name}来电 ${phone}`,
        description: `${name}（${phone}）称${address}漏水`,
      },
    ]);
    const desk = await hub.signIn("dispatcher");
    const seenBy = async (cookie: string) => {
      const follower = await openFollower(hub.url, cookie);
      const room = await follower.follow("incidents", {});
      const live = await room.until((items) =>
        [...items.values()].find(({ externalId }) => externalId === "m-1"),
      );
      follower.close();
      const list = await ask<{ items: Incident[] }>(
        ...([hub, "GET", "/api/incidents", { cookie }] as const),
      );
      const one = await ask<{ incident: Incident }>(
        ...([hub, "GET", `/api/incidents/${live.id}`, { cookie }] as const),
      );
      return {
        id: live.id,
        texts: [live, list.body.items, one.body].map((it) =>
          JSON.stringify(it),
        ),
      };
    };
    const { id, texts } = await seenBy(desk);
    for (const text of texts) {
      expect(text).toContain(room);
      for (const secret of [phone, name]) expect(text).not.toContain(secret);
    }
    for (const text of (await seenBy(wall)).texts) {
      expect(text).toContain("m-1");
      expect(text).toContain("翠苑社区");
      for (const secret of [room, "501室", phone, name])
        expect(text).not.toContain(secret);
    }
    // Who may know asks for it, with a reason.
    const reveal = (cookie: string) =>
      ask(hub, "POST", `/api/incidents/${id}/reveal`, {
        ...{ cookie, body: { reason: "to call the reporter back" } },
      });
    expect((await reveal(desk)).body).toMatchObject({
      reporter: { name, phone },
    });
    expect((await reveal(wall)).status).toBe(403);
  });
});

describe("a wall in the list", () => {
  it("is online while a socket of it is open, and tells from where it was seen last", async () => {
    const { cookie, device } = await pairWall(hub, WALL);
    expect(device).toMatchObject({ state: "offline", seenAt: null });
    const follower = await openFollower(hub.url, cookie);
    expect((await deviceOf(device.id)).state).toBe("online");
    follower.close();
    const closed = await eventually(
      () => deviceOf(device.id),
      ({ state }) => state !== "online",
    );
    // Seen by its socket alone, once a second.
    expect(["recently", "offline"]).toContain(closed.state);
    await ask(hub, "GET", "/api/session", {
      ...{ cookie, headers: { "x-forwarded-for": "10.0.9.9" } },
    });
    const seen = await deviceOf(device.id);
    expect(seen).toMatchObject({ state: "recently", address: "10.0.9.9" });
    expect(Date.now() - seen.seenAt!).toBeLessThan(60_000);
  });

  it("follows anew when its screens or its scope change, and then sees no more than that", async () => {
    const { cookie, device } = await pairWall(hub, WALL);
    await told(hub, "hotline", [
      {
        ...{ externalId: "e-1", source: "hotline", title: "In the east" },
        ...{ reportedAt: Date.now(), ...PLACES.east },
      },
    ]);
    const before = await openFollower(hub.url, cookie);
    const scope = { departments: null, districts: [DISTRICTS.west.code] };
    const screens = ["recorded-data", "city-overview"];
    const edited = await edit(device.id, { rev: 1, screens, scope });
    expect(edited.body).toMatchObject({ screens, scope, rev: 2 });
    await before.ended;
    expect((await whoAmI(cookie)).body).toMatchObject({ screens, scope });
    const after = await openFollower(hub.url, cookie);
    const { items } = await after.follow("incidents", {});
    after.close();
    const districts = [...items.values()].map(({ district }) => district);
    expect(new Set(districts)).toEqual(new Set([DISTRICTS.west.code]));
    // Told in the audit as it was and as it is.
    const [line] = await linesOf(`device/${device.id}`);
    expect(JSON.parse(line!.before)).toMatchObject({ scope: WHOLE_CITY });
    expect(JSON.parse(line!.after)).toMatchObject({ screens, scope });
    const late = await edit(device.id, { rev: 1, name: "West hall" });
    expect(late.status).toBe(409);
  });

  it("is dark while it is switched off, and as before when it is on again", async () => {
    const { cookie, device } = await pairWall(hub, WALL);
    const follower = await openFollower(hub.url, cookie);
    await edit(device.id, { rev: 1, enabled: false });
    await follower.ended;
    expect((await deviceOf(device.id)).state).toBe("disabled");
    expect(await whyOf(cookie)).toBe("wallOff");
    await expect(openFollower(hub.url, cookie)).rejects.toThrow();
    await edit(device.id, { rev: 2, enabled: true });
    expect((await whoAmI(cookie)).status).toBe(200);
    (await openFollower(hub.url, cookie)).close();
  });

  it("is dark within a second of being revoked, for good", async () => {
    const { cookie, device } = await pairWall(hub, WALL);
    const follower = await openFollower(hub.url, cookie);
    const room = await follower.follow("incidents", {});
    expect(room.items.size).toBeGreaterThan(0);
    const asked = performance.now();
    const reply = ask<Device>(hub, "DELETE", `/api/devices/${device.id}`, {
      cookie: admin,
    });
    await follower.ended;
    const took = performance.now() - asked;
    console.log(`a revoked wall's socket ended after ${took.toFixed(1)} ms`);
    expect(took).toBeLessThan(1_000);
    expect((await reply).body.state).toBe("revoked");
    const isDead = async () => {
      expect(await whyOf(cookie)).toBe("wallRevoked");
      await expect(openFollower(hub.url, cookie)).rejects.toThrow();
      const again = await edit(device.id, { rev: 1, enabled: true });
      expect(again.status).toBe(409);
    };
    await isDead();
    // To a stranger the same words as ever.
    const strangers = ["chengshu-wall=none", `chengshu-wall=${device.id}`];
    for (const stranger of [...strangers, "chengshu=none"])
      expect(await whyOf(stranger)).toBeUndefined();
    const [line] = await linesOf(`device/${device.id}`);
    expect(line).toMatchObject({ act: "revokeDevice", result: "done" });
    const { cookie: other } = await pairWall(hub, WALL);

    // A restart brings back the others, and not this one.
    await hub.end();
    await hub.restart();
    await isDead();
    expect((await whoAmI(other)).body.screens).toEqual(["city-overview"]);
    (await openFollower(hub.url, other)).close();
  });
});
