/** What the store keeps of every noun but readings, over one engine. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LONGEST_ATTRIBUTES } from "../../contract/sensor.ts";
import { DAY, HOUR, MINUTE } from "../../contract/time.ts";
import { openStore } from "../../server/store/open.ts";
import type { SensorRow, SeriesRow, Store } from "../../server/store/store.ts";
import { accountsOf } from "./accounts.ts";
import { attachmentsOf } from "./attachments.ts";
import { alarmsOf } from "./alarms.ts";
import { auditOf } from "./audit.ts";
import {
  at,
  CITY_ZONE,
  feed,
  feedKey,
  HOSTILE,
  KEPT,
  sensor,
  standingAt,
  standingOf,
  warning,
} from "./city.ts";
import { cursorsOf } from "./cursors.ts";
import type { Engine, Room } from "./engines.ts";
import { dutyOf } from "./duty.ts";
import { feedKeysOf } from "./feed-keys.ts";
import { filtersOf } from "./filters.ts";
import { elsewhereOf } from "./elsewhere.ts";
import { outboxOf } from "./outbox.ts";
import { incidentsOf } from "./incidents.ts";
import { indicatorsOf } from "./indicators.ts";

export function nounsOver(engine: Engine): void {
  describe(`the store on ${engine.name}`, { timeout: 60_000 }, () => {
    let room: Room;
    let store: Store;
    beforeAll(async () => {
      room = await engine.start();
      store = await openStore({ url: await room.empty(), timeZone: CITY_ZONE });
    }, 120_000);
    afterAll(async () => {
      await store.close();
      await room.stop();
    }, 60_000);

    it("says which engine it is and that it can be written", async () => {
      expect(store.engine).toBe(engine.name);
      await store.probe();
    });

    it("tells series back in the order of their numbers, in batches", async () => {
      const series: SeriesRow[] = Array.from({ length: 25_000 }, (_, no) => ({
        no,
        system: "air",
        sensor: `AQ-${no}`,
        metric: "pm25",
      }));
      await store.series.add(series.slice(10_000));
      await store.series.add(series.slice(0, 10_000));
      const told: SeriesRow[] = [];
      let batches = 0;
      await store.series.each((rows) => {
        batches++;
        told.push(...rows);
      });
      expect(told).toEqual(series);
      expect(batches).toBeGreaterThan(1);
    });

    it("keeps a sensor's catalogue entry and replaces it whole", async () => {
      await store.sensors.put([
        sensor("W-1"),
        sensor("W-2", { kind: "rain", district: "990102" }),
        sensor("W-1", { name: HOSTILE, grid: "G7" }),
        sensor("X-9", {
          registered: false,
          lng: null,
          lat: null,
          district: undefined,
        }),
      ]);
      const [found, ...others] = await store.sensors.get("water", [
        "W-1",
        "W-404",
      ]);
      expect(others).toEqual([]);
      expect(found).toEqual(sensor("W-1", { name: KEPT, grid: "G7" }));
      const all: SensorRow[] = [];
      await store.sensors.each((rows) => void all.push(...rows));
      expect(all.map((row) => row.id)).toEqual(["W-1", "W-2", "X-9"]);
      expect(all[2]).not.toHaveProperty("district");
      expect(all[2]!.lng).toBeNull();
    });

    it("starts without attributes that are longer than a sensor may have", async () => {
      const long = { note: "长".repeat(LONGEST_ATTRIBUTES) };
      await store.sensors.put([
        sensor("long", { system: "old", attributes: long }),
        sensor("short", { system: "old", attributes: { length: 7 } }),
      ]);
      const told = new Map<string, SensorRow["attributes"]>();
      await store.sensors.each((rows) => {
        for (const row of rows)
          if (row.system === "old") told.set(row.id, row.attributes);
      });
      expect(Object.fromEntries(told)).toEqual({
        long: {},
        short: { length: 7 },
      });
      const [kept] = await store.sensors.get("old", ["long"]);
      expect(kept!.attributes).toEqual(long);
    });

    it("pages only the sensors of the systems and districts that somebody sees, and fills its pages with them", async () => {
      const seen = { systems: ["mine", "none"], districts: ["990108"] };
      const rows = Array.from({ length: 9 }, (_, i) =>
        sensor(`S-${i}`, {
          system: i % 3 === 0 ? "theirs" : "mine",
          ...(i !== 4 && { district: i > 6 ? "990109" : "990108" }),
        }),
      );
      await store.sensors.put(rows);
      const first = await store.sensors.page({ ...seen, limit: 2 });
      expect(first.items.map((row) => row.id)).toEqual(["S-1", "S-2"]);
      const rest = { ...seen, limit: 2, cursor: first.cursor! };
      expect(await store.sensors.page(rest)).toEqual({
        items: [{ system: "mine", id: "S-5" }],
        cursor: null,
      });
      const nowhere = [
        { systems: ["other"], districts: null },
        { systems: null, districts: ["990107"] },
        { systems: [], districts: null },
        { systems: null, districts: [] },
      ];
      for (const scope of nowhere)
        expect(await store.sensors.page({ ...scope, limit: 9 })).toEqual({
          items: [],
          cursor: null,
        });
    });

    it("pages sensors by kind, district and registration", async () => {
      await store.sensors.put(
        Array.from({ length: 5 }, (_, i) =>
          sensor(`P-${i}`, { kind: "pump", district: "990103" }),
        ),
      );
      const filter = { kind: "pump", district: "990103", system: "water" };
      const first = await store.sensors.page({ ...filter, limit: 3 });
      const second = await store.sensors.page({
        ...filter,
        limit: 3,
        cursor: first.cursor!,
      });
      expect(first.items.map((row) => row.id)).toEqual(["P-0", "P-1", "P-2"]);
      expect(second.items.map((row) => row.id)).toEqual(["P-3", "P-4"]);
      expect(second.cursor).toBeNull();
      const unregistered = await store.sensors.page({
        registered: false,
        limit: 9,
      });
      expect(unregistered.items.map((row) => row.id)).toEqual(["X-9"]);
      await expect(
        store.sensors.page({ limit: 1, cursor: "not a cursor" }),
      ).rejects.toThrow("cursor: not one that this list gave");
    });

    indicatorsOf(() => store);
    incidentsOf(() => store);
    alarmsOf(() => store);
    outboxOf(() => store);
    elsewhereOf(() => store);
    filtersOf(() => store);
    auditOf(() => store);
    accountsOf(() => store);
    cursorsOf(() => store);

    it("holds warnings in force until they expire, are cancelled or superseded", async () => {
      const rain = warning("rain");
      const wind = warning("wind", { expires: null });
      const fog = warning("fog", { supersededBy: "weather,fog-2,0" });
      const cancel = warning("cancel", { msgType: "Cancel" });
      await store.warnings.put([rain, wind, fog, cancel]);
      const elsewhere = warning("elsewhere", { ours: false });
      await store.warnings.put([elsewhere]);
      const inForce = async (when: string) => {
        const views = await standingAt(store, at(when));
        return views.map(({ identifier }) => identifier);
      };
      expect(await standingAt(store, at("2026-11-20 08:00"))).toEqual([
        rain,
        wind,
      ]);
      expect(await inForce("2026-11-20 08:00")).toEqual(["rain", "wind"]);
      expect(await inForce("2026-11-20 13:00")).toEqual(["wind"]);
      const ended = { ...wind, supersededBy: cancel.id };
      const changed = [standingOf(ended)];
      await store.warnings.put([cancel], { by: cancel, awaits: [], changed });
      expect(await inForce("2026-11-20 13:00")).toEqual([]);
      const known = await store.warnings.standing([
        ...[rain.id, wind.id, elsewhere.id, "no,such,0"],
      ]);
      expect(new Set(known)).toEqual(
        new Set([rain, ended, elsewhere].map(standingOf)),
      );
      expect(await store.warnings.count("weather")).toBe(5);
    });

    it("tells every warning in force once, in the order they were sent", async () => {
      const many = Array.from({ length: 450 }, (_, i) =>
        warning(`many-${i}`, {
          ...{ id: `many/${i}`, feed: "many", sent: 1000 + (i % 7) },
          expires: at("2027-01-01 00:00"),
        }),
      );
      await store.warnings.put(many);
      const told = await standingAt(store, at("2026-12-24 00:00"));
      expect(told.map(({ id }) => id)).toEqual(
        many
          .toSorted((a, b) => a.sent - b.sent || (a.id < b.id ? -1 : 1))
          .map(({ id }) => id),
      );
    });

    it("remembers which messages end one that has not come, until it comes or for so long", async () => {
      const [early, late] = [warning("early"), warning("late")];
      const ending = (of: string) =>
        warning(`${of}-cancel`, {
          msgType: "Cancel",
          receivedAt: at("2026-11-20 07:30"),
        });
      for (const one of [early, late]) {
        const by = ending(one.identifier);
        await store.warnings.put([by], { by, awaits: [one.id, "no,such,0"] });
        await store.warnings.put([by], { by, awaits: [one.id] });
        expect(await store.warnings.awaiting(one.id)).toEqual([standingOf(by)]);
      }
      await store.warnings.put([early]);
      expect(await store.warnings.awaiting(early.id)).toEqual([]);
      const ever = 1000 * DAY;
      const all = { raw: ever, minute: ever, hour: ever, day: ever };
      const keep = {
        ...all,
        positions: ever,
        quarantine: ever,
        awaited: DAY,
        alarms: ever,
      };
      const pruned = (now: string) => store.prune(at(now), keep);
      await pruned("2026-11-21 07:29");
      expect(await store.warnings.awaiting(late.id)).toHaveLength(1);
      await pruned("2026-11-21 07:31");
      expect(await store.warnings.awaiting(late.id)).toEqual([]);
      expect(await store.warnings.standing([late.id])).toEqual([]);
    });

    it("keeps the newest state of every camera", async () => {
      const camera = {
        id: "34010000001320000001",
        name: HOSTILE,
        lng: 117.2,
        lat: 31.8,
        scene: "路口",
        industry: "",
        shareScope: "",
        address: "",
        online: true,
        district: null,
        feed: "cameras",
        updatedAt: 5,
      };
      await store.cameras.put([camera, { ...camera, online: false }]);
      expect(await store.cameras.all()).toEqual([{ ...camera, online: false }]);
    });

    it("keeps where a bus is now and where it was, late positions in their place", async () => {
      const bus = (minute: number, lng: number, alarms: string[] = []) => ({
        id: "bus/澜A12345",
        kind: "bus",
        lng,
        lat: 31.8,
        speed: minute % 2 ? null : 36.5,
        heading: 90,
        at: at("2026-11-20 08:00") + minute * MINUTE,
        alarms,
      });
      await store.positions.append([bus(2, 117.2), bus(0, 117.0)], 1);
      await store.positions.append([bus(3, 117.3, ["偏离路线"])], 2);
      await store.positions.append([bus(1, 117.1)], 3);
      expect(await store.positions.latest(at("2026-11-20 08:03"))).toEqual([
        bus(3, 117.3, ["偏离路线"]),
      ]);
      expect(await store.positions.latest(at("2026-11-20 08:04"))).toEqual([]);
      const track = () =>
        store.positions.track(
          "bus/澜A12345",
          at("2026-11-20 08:01"),
          at("2026-11-20 09:00"),
        );
      const expected = [
        bus(1, 117.1),
        bus(2, 117.2),
        bus(3, 117.3, ["偏离路线"]),
      ];
      expect(await track()).toEqual(expected);
      await store.readings.settle();
      expect(await track()).toEqual(expected);
      expect(await store.positions.track("bus/none", 0, 1e13)).toEqual([]);
    });

    it("keeps what corrects a position of the same instant, in its track as well", async () => {
      const one = {
        ...{ id: "bus/corrected", kind: "bus", lng: 117, lat: 31.8 },
        ...{ speed: 36.5 as number | null, heading: 90 },
        at: at("2026-11-20 08:00"),
        alarms: [] as string[],
      };
      const corrected = { ...one, lng: 117.5, speed: null, alarms: ["SOS"] };
      const next = { ...one, at: one.at + MINUTE };
      const track = () => store.positions.track(one.id, one.at, one.at + HOUR);
      const latest = async () =>
        (await store.positions.latest(one.at)).find(({ id }) => id === one.id);
      await store.positions.append([one], 1);
      await store.positions.append([corrected], 2, new Set([corrected]));
      expect(await latest()).toEqual(corrected);
      expect(await track()).toEqual([corrected]);
      await store.readings.settle();
      expect(await track()).toEqual([corrected]);
      // Late by now, and told anew: its speed is there again, its alarms are not.
      await store.positions.append([next], 3);
      await store.positions.append([one], 4, new Set([one]));
      expect(await latest()).toEqual(next);
      expect(await track()).toEqual([one, next]);
      await store.readings.settle();
      expect(await track()).toEqual([one, next]);
    });

    it("keeps a feed's key and counts when its record is imported again, and an officer's edit", async () => {
      await store.feeds.import([feed("water"), feed("air")]);
      const key = feedKey("k1", "water");
      await store.feeds.put(feed("water", { enabled: false }), key);
      await store.feeds.saveCounts([
        {
          id: "water",
          counts: { accepted: 5, duplicates: 1, missing: 2, rejected: 3 },
          lastAt: 77,
        },
      ]);
      await store.feeds.import([
        feed("water", { nameEn: "imported" }),
        feed("air", { nameEn: "imported" }),
      ]);
      await store.feeds.put(feed("water", { enabled: false, nameEn: "now" }));
      const [air, water] = await store.feeds.all();
      expect(air).toMatchObject({
        feed: { nameEn: "imported" },
        lastAt: null,
      });
      expect(water).toEqual({
        feed: feed("water", { enabled: false, nameEn: "now" }),
        counts: { accepted: 5, duplicates: 1, missing: 2, rejected: 3 },
        lastAt: 77,
      });
      expect(await store.feedKeys.all()).toEqual([key]);
    });

    feedKeysOf(() => store);
    attachmentsOf(() => store);
    dutyOf(() => store);

    it("keeps refused messages until they are replayed", async () => {
      const entry = (i: number) => ({
        id: `q${i}`,
        feed: "water",
        at: 1000 + i,
        path: "/0/value",
        message: "expected number",
        raw: HOSTILE,
      });
      await store.quarantine.add([entry(1), entry(2), entry(3), entry(3)]);
      expect(await store.quarantine.counts()).toEqual(new Map([["water", 3]]));
      const first = await store.quarantine.page("water", 2);
      expect(first.items.map((each) => each.id)).toEqual(["q3", "q2"]);
      const rest = await store.quarantine.page("water", 2, first.cursor!);
      expect(rest).toEqual({
        items: [{ ...entry(1), raw: KEPT, replayed: null, times: 1 }],
        cursor: null,
      });
      await store.quarantine.add([], new Map([["q3", 4]]));
      expect(await store.quarantine.get("water", ["q3"])).toMatchObject([
        { times: 5 },
      ]);
      expect(await store.quarantine.markReplayed(["q2"], 9)).toBe(1);
      expect(await store.quarantine.markReplayed(["q2", "q9"], 10)).toBe(0);
      expect(await store.quarantine.counts()).toEqual(new Map([["water", 2]]));
      const waiting = await store.quarantine.get("water");
      expect(waiting.map((each) => each.id)).toEqual(["q1", "q3"]);
      expect(await store.quarantine.get("water", ["q2"])).toMatchObject([
        { replayed: 9 },
      ]);
      expect(await store.quarantine.get("water", [])).toEqual([]);
    });

    it("keeps small facts by name", async () => {
      expect(await store.facts.get("cityPack")).toBeUndefined();
      await store.facts.set("cityPack", { version: 3, name: HOSTILE });
      await store.facts.set("cityPack", { version: 4, name: "江澜" });
      expect(await store.facts.get("cityPack")).toEqual({
        version: 4,
        name: "江澜",
      });
    });

    it("prunes what is older than its retention, and nothing else", async () => {
      const now = at("2026-11-20 12:30");
      const keep = {
        raw: DAY,
        minute: 2 * DAY,
        hour: 10 * DAY,
        day: 100 * DAY,
        positions: DAY,
        quarantine: DAY,
        awaited: DAY,
        alarms: DAY,
      };
      const point = (age: number) => ({
        indicator: "prune.me",
        scope: "city",
        at: now - age,
        value: 1,
        state: "normal" as const,
      });
      const ages = [
        MINUTE,
        DAY + HOUR,
        ...[3 * DAY, 3 * DAY + MINUTE, 3 * DAY + 2 * MINUTE],
        ...[20 * DAY, 20 * DAY + MINUTE, 20 * DAY + 5 * HOUR],
        ...[200 * DAY],
      ];
      await store.indicators.publish(ages.map(point));
      const entry = { feed: "prune", path: "", message: "", raw: "" };
      await store.quarantine.add([
        { ...entry, id: "old", at: now - 2 * DAY },
        { ...entry, id: "new", at: now - HOUR },
      ]);
      const taxi = {
        id: "taxi/1",
        kind: "taxi",
        lng: 117,
        lat: 31,
        speed: null,
        heading: null,
        alarms: [],
      };
      await store.positions.append(
        [
          { ...taxi, at: now - 3 * DAY },
          { ...taxi, at: now - HOUR },
          { ...taxi, id: "taxi/2", at: now - 3 * DAY },
        ],
        now,
      );
      await store.readings.settle();
      await store.prune(now, keep);
      await store.prune(now, keep);
      const points = await store.indicators.history(
        "prune.me",
        "city",
        now - 300 * DAY,
        now,
        5000,
      );
      expect(points.map((each) => now - each.at)).toEqual([
        20 * DAY,
        3 * DAY,
        DAY + HOUR,
        MINUTE,
      ]);
      const kept = await store.quarantine.get("prune");
      expect(kept.map((each) => each.id)).toEqual(["new"]);
      const track = await store.positions.track("taxi/1", 0, now);
      expect(track.map((each) => now - each.at)).toEqual([HOUR]);
      expect(await store.positions.track("taxi/2", 0, now)).toEqual([]);
    });
  });
}
