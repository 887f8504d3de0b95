/** A store moved from SQLite to PostgreSQL and back by the command itself. */
import { fillDesk, stepAndTell } from "./desk-rows.ts";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../../server/store/open.ts";
import type { Store } from "../../server/store/store.ts";
import { startChild } from "../kit/child.ts";
import { lineOf, linesOf, sealOf } from "./audit.ts";
import {
  at,
  CITY_ZONE,
  feed,
  feedKey,
  incident,
  indicator,
  rows,
  sensor,
  standingAt,
  tuples,
  warning,
} from "./city.ts";
import { postgres, sqlite, type Room } from "./engines.ts";
import { vault } from "./vault.ts";

const COMMAND = fileURLToPath(
  new URL("../../server/store-move.ts", import.meta.url),
);
const HOSTILE = "tab\t newline\n return\r back\\slash \\N 'quote' 🌉 澜江";

export function movesThereAndBack(): void {
  describe("npm run store:move", { timeout: 240_000 }, () => {
    let rooms: Room[];
    beforeAll(async () => {
      rooms = await Promise.all([sqlite.start(), postgres.start()]);
    }, 120_000);
    afterAll(async () => {
      for (const room of rooms) await room.stop();
    }, 60_000);

    it("copies a city to PostgreSQL and back with equal checksums, and refuses a store that is not empty", async () => {
      const [files, servers] = rooms as [Room, Room];
      const old = await files.empty();
      const there = await servers.empty();
      const back = await files.empty();
      // Without a key nobody is known to have called again.
      const store = await openStore({ url: old, timeZone: CITY_ZONE, vault });
      await fill(store);
      const told = await everythingOf(store);
      await store.close();

      const forth = await move(old, there);
      expect(forth.code, forth.output).toBe(0);
      const sums = sumsOf(forth.output);
      expect(sums.from).toMatch(/^[0-9a-f]{64}$/);
      expect(sums.to).toBe(sums.from);
      // Settled, nothing is stale; every other table must have been tried.
      expect(sums.empty).toEqual(["reading_stale"]);

      const returned = await move(there, back);
      expect(sumsOf(returned.output)).toEqual(sums);
      for (const url of [there, back]) {
        const moved = await openStore({ url, timeZone: CITY_ZONE, vault });
        expect(await everythingOf(moved)).toEqual(told);
        await expectFound(moved);
        const [next] = await moved.incidents.report([incident("after")]);
        expect(next!.held.incident.number).toBe("2026-0000003");
        await moved.close();
      }

      const again = await move(old, there);
      expect(again.code).toBe(1);
      expect(again.output).toMatch(/The store to move to is not empty/);
      const unsaid = await move(old, "");
      expect(unsaid.output).toMatch(/Say where from and where to/);
    });
  });
}

/** The index of words is no table that is moved: it is made anew. */
async function expectFound(store: Store): Promise<void> {
  const asked = { search: { text: "澜江", masking: "all" as const }, limit: 9 };
  const before = await store.incidents.page(asked);
  expect(before.items).toEqual([]);
  expect(before.foundFrom).not.toBeNull();
  await store.incidents.completeIndex(new AbortController().signal);
  const found = await store.incidents.page(asked);
  expect(found.items.map(({ incident }) => incident.title)).toEqual([HOSTILE]);
  expect(found.foundFrom).toBeNull();
}

async function move(from: string, to: string) {
  const child = startChild(process.execPath, [
    ...["--import", import.meta.resolve("tsx"), COMMAND],
    ...["--from", from, "--to", to],
  ]);
  const code = await child.exited;
  return { code, output: child.output() };
}

function sumsOf(output: string) {
  const counted = [...output.matchAll(/^(\w+) +(\d+) rows {2}/gm)];
  return {
    from: /^from +(\w+)$/m.exec(output)?.[1],
    to: /^to +(\w+)$/m.exec(output)?.[1],
    counts: counted.map(([, table, count]) => `${table} ${count}`),
    empty: counted.filter(([, , n]) => n === "0").map(([, table]) => table),
  };
}

async function fill(store: Store): Promise<void> {
  const noon = at("2026-11-20 12:00");
  await store.probe();
  await store.facts.set("city", { name: HOSTILE });
  await store.series.add([
    { no: 0, system: "water", sensor: HOSTILE, metric: "level" },
  ]);
  await store.sensors.put([sensor("W-1", { name: HOSTILE, grid: "G1" })]);
  await store.readings.append(
    rows([
      [0, noon, 0.1 + 0.2],
      [0, noon + 1, 1e-300, 1],
    ]),
  );
  await store.readings.saveCheckpoint([
    { name: "hub", blob: Uint8Array.of(0, 92, 255, 10) },
  ]);
  await store.readings.settle();
  await store.indicators.import([indicator("eco.aqi", { note: HOSTILE })]);
  await store.indicators.edit(indicator("eco.aqi"), 1, HOSTILE, noon);
  await store.indicators.report([
    {
      ...{ indicator: "eco.aqi", scope: "city", at: noon, value: 80.5 },
      ...{ feed: "eco", receivedAt: noon },
    },
  ]);
  await store.indicators.publish([
    {
      ...{ indicator: "eco.aqi", scope: "city", at: noon },
      ...{ value: null, state: "stale" },
    },
  ]);
  await store.incidents.completeIndex(new AbortController().signal);
  const [first] = await store.incidents.report([
    incident("1", { title: HOSTILE }),
    incident("2", { lng: null, lat: null, confidence: 0.875 }),
  ]);
  await stepAndTell(store, first!.held, noon);
  await fillDesk(store);
  const rain = warning("rain", { headline: HOSTILE });
  await store.warnings.put([rain], { by: rain, awaits: [HOSTILE] });
  await store.cameras.put([
    {
      ...{ id: "c1", name: HOSTILE, lng: 117, lat: 31, scene: "" },
      ...{ industry: "", shareScope: "", address: "", online: true },
      ...{ feed: "cameras", updatedAt: noon, district: null },
    },
  ]);
  await accountsAndWalls(store);
  const bus = {
    ...{ id: "bus/1", kind: "bus", lng: 117.123456, lat: 31.8 },
    ...{ speed: null, heading: 12.5, alarms: [HOSTILE] },
  };
  await store.positions.append([{ ...bus, at: noon }], noon);
  await store.readings.settle();
  await store.feeds.put(
    feed("water", { nameZh: HOSTILE }),
    feedKey("k1", "water", { createdBy: HOSTILE }),
  );
  await store.feedKeys.putSecret("water", HOSTILE);
  await store.quarantine.add([
    {
      ...{ id: "q1", feed: "water", at: noon, path: "/0" },
      ...{ message: HOSTILE, raw: HOSTILE },
    },
  ]);
  await store.audit.append([lineOf(1, { detail: HOSTILE })], sealOf(1, 1));
  // Rows that are not folded yet travel too.
  await store.positions.append([{ ...bus, at: noon + 1000 }], noon);
  await store.readings.append(rows([[0, noon + 2, 5]]));
}

async function everythingOf(store: Store): Promise<unknown> {
  const replayed: unknown[] = [];
  await store.readings.tail((part) => replayed.push(...tuples(part)));
  const series: unknown[] = [];
  await store.series.each((part) => series.push(...part));
  const sensors: unknown[] = [];
  await store.sensors.each((part) => sensors.push(...part));
  const [water] = await store.incidents.open();
  return {
    series,
    replayed,
    city: await store.facts.get("city"),
    sensors,
    readings: tuples(
      await store.readings.range(Int32Array.of(0), 0, Date.UTC(2099, 0)),
    ),
    minutes: await store.readings.rollup(0, "minute", 0, Date.UTC(2099, 0)),
    days: await store.readings.rollup(0, "day", 0, Date.UTC(2099, 0)),
    saved: [...(await store.readings.checkpoint())].map(([name, blob]) => [
      name,
      Array.from(blob),
    ]),
    indicators: await store.indicators.all(),
    reported: await store.indicators.reported(),
    incidents: await store.incidents.open(),
    history: await store.incidents.get(water!.incident.id),
    warnings: await standingAt(store, at("2026-11-20 08:00")),
    endings: await store.warnings.awaiting(HOSTILE),
    cameras: await store.cameras.all(),
    track: await store.positions.track("bus/1", 0, Date.UTC(2099, 0)),
    feeds: await store.feeds.all(),
    quarantine: await store.quarantine.get("water"),
    audit: await linesOf(store.audit),
    auditEnds: await store.audit.ends(),
  };
}

/** Who may see and do what, with every optional field in use. */
async function accountsAndWalls(store: Store): Promise<void> {
  const at = Date.UTC(2026, 0, 2, 4);
  const scope = { departments: ["TRANS"], districts: null };
  await store.accounts.add({
    ...{ id: "a1", login: "zhang", name: HOSTILE, staffNo: "1", scope },
    ...{ roles: ["deptHandler", "leader"], enabled: true, origin: "local" },
    ...{ subject: "issuer#1", password: "scrypt$…", passwordAt: at },
    ...{ mustChange: false, former: ["scrypt$…"], factor: "sealed" },
    ...{ factorStep: 59_000_000, recovery: ["hash"], failures: 2 },
    ...{ lockedUntil: at, createdAt: at, signedInAt: at, rev: 3 },
  });
  await store.accounts.addLink("hash-of-a-link", "a1", at);
  await store.sessions.put([
    {
      ...{ id: "s1", account: "a1", stage: "complete", browser: HOSTILE },
      ...{ openedAt: at, activeAt: at, until: at, address: "::1" },
    },
  ]);
  const role = "leader" as const;
  await store.rights.put({
    ...{ id: "r1", change: { kind: "role", role, actions: ["watch"] } },
    ...{ target: role, before: null, reason: HOSTILE, by: "sec" },
    ...{ byName: "Sec", byAccount: "a2", byPermits: true, at },
    ...{ state: "waiting", decidedBy: null, decidedAt: null },
  });
  await store.rights.setRoleActions(role, ["watch"]);
  await store.devices.put([
    {
      ...{ id: "d1", name: HOSTILE, screens: ["city-overview"], scope },
      ...{ enabled: true, revoked: false, pairedAt: at, pairedBy: "sys" },
      ...{ seenAt: at, address: "::1", browser: "", token: "t", tokenAt: at },
      ...{ former: "f", formerUntil: at, rev: 1 },
    },
  ]);
  await store.departments.put({
    ...{ code: "TRANS", nameZh: HOSTILE, nameEn: "Transport" },
  });
}
