/** What the store keeps of every noun but readings, over one engine. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../../contract/time.ts";
import { openStore } from "../../server/store/open.ts";
import type { SensorRow, SeriesRow, Store } from "../../server/store/store.ts";
import {
  at,
  CITY_ZONE,
  feed,
  incident,
  indicator,
  sensor,
  warning,
} from "./city.ts";
import type { Engine, Room } from "./engines.ts";

/** Text no engine can keep as it is: NUL and half a surrogate pair. */
const HOSTILE = "路灯\0<b>\ud800'; DROP TABLE incidents; --";
const KEPT = "路灯\ufffd<b>\ufffd'; DROP TABLE incidents; --";

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

    describe("indicators", () => {
      it("never lets an import overwrite an officer's edit, and keeps the old version", async () => {
        await store.indicators.import([
          indicator("eco.aqi"),
          indicator("eco.noise"),
        ]);
        const edited = await store.indicators.edit(
          indicator("eco.aqi", { target: 80 }),
          1,
          "chief",
          at("2026-11-20 09:00"),
        );
        expect(edited).toMatchObject({ target: 80, rev: 2 });
        await store.indicators.import([
          indicator("eco.aqi", { target: 50 }),
          indicator("eco.noise", { target: 55 }),
        ]);
        expect(await store.indicators.all()).toEqual([
          indicator("eco.aqi", { target: 80, rev: 2 }),
          indicator("eco.noise", { target: 55, rev: 2 }),
        ]);
      });

      it("lets one of two officers win who edit the same version", async () => {
        await store.indicators.import([indicator("eco.river")]);
        const edits = await Promise.all(
          [10, 20].map((target) =>
            store.indicators.edit(
              indicator("eco.river", { target }),
              1,
              "officer",
              0,
            ),
          ),
        );
        expect(edits.filter((edit) => edit === null)).toHaveLength(1);
        expect(
          await store.indicators.edit(indicator("eco.none"), 1, "officer", 0),
        ).toBeNull();
      });

      it("tells a department's repeat from its correction", async () => {
        const told = (value: number, when = "2026-11-20 08:00") => ({
          indicator: "eco.aqi",
          scope: "city",
          at: at(when),
          value,
          feed: "eco",
          receivedAt: at("2026-11-20 08:05"),
        });
        const outcomes = await store.indicators.report([
          told(91),
          told(91),
          told(93),
          told(88, "2026-11-20 07:00"),
        ]);
        expect(outcomes.map((each) => each.outcome)).toEqual([
          "new",
          "duplicate",
          "correction",
          "new",
        ]);
        const again = await store.indicators.report([told(93), told(91)]);
        expect(again.map((each) => each.outcome)).toEqual([
          "duplicate",
          "correction",
        ]);
        expect(await store.indicators.reported()).toEqual([
          {
            indicator: "eco.aqi",
            scope: "city",
            at: at("2026-11-20 08:00"),
            value: 91,
            receivedAt: at("2026-11-20 08:05"),
          },
        ]);
      });

      it("gives of each stretch of a history the last point", async () => {
        const begin = at("2026-11-20 00:00");
        await store.indicators.publish(
          Array.from({ length: 24 * 60 }, (_, i) => ({
            indicator: "water.level",
            scope: "990101",
            at: begin + i * MINUTE,
            value: i % 60 === 59 ? null : i,
            state: "normal" as const,
          })),
        );
        await store.indicators.publish([
          {
            indicator: "water.level",
            scope: "990101",
            at: begin,
            value: -1,
            state: "red",
          },
        ]);
        const day = await store.indicators.history(
          "water.level",
          "990101",
          begin,
          begin + DAY,
          24,
        );
        expect(day.map((point) => point.at)).toEqual(
          Array.from(
            { length: 24 },
            (_, hour) => begin + (hour + 1) * HOUR - MINUTE,
          ),
        );
        expect(day[0]!.value).toBeNull();
        const [first] = await store.indicators.history(
          "water.level",
          "990101",
          begin,
          begin + MINUTE,
          500,
        );
        expect(first).toMatchObject({ value: -1, state: "red" });
      });

      it("means the same weekday and hour of four weeks, through a change of clocks", async () => {
        // London put its clocks back on 25 October 2026.
        const weekly = [
          ["2026-11-13T09:20:00Z", 10],
          ["2026-11-06T09:20:00Z", 20],
          ["2026-10-30T09:20:00Z", 30],
          ["2026-10-23T08:20:00Z", 40],
        ] as const;
        const point = (when: string, value: number) => ({
          indicator: "traffic.flow",
          scope: "city",
          at: Date.parse(when),
          value,
          state: "normal" as const,
        });
        await store.indicators.publish(
          weekly.slice(0, 3).map(([when, value]) => point(when, value)),
        );
        const ask = () =>
          store.indicators.weekdayMean(
            "traffic.flow",
            "city",
            Date.parse("2026-11-20T09:45:00Z"),
            "Europe/London",
          );
        expect(await ask()).toBeNull();
        await store.indicators.publish([point(...weekly[3])]);
        expect(await ask()).toBe(25);
      });
    });

    describe("incidents", () => {
      it("numbers a city's incidents in one series, year by year, and never twice", async () => {
        const reported = await store.incidents.report([
          incident("n1"),
          incident("n2", { receivedAt: at("2027-01-01 00:00") }),
          incident("n3", { receivedAt: at("2026-12-31 23:59") }),
        ]);
        expect(reported.map((each) => each.incident.number)).toEqual([
          "2026-0000001",
          "2027-0000001",
          "2026-0000002",
        ]);
        const together = await Promise.all(
          Array.from({ length: 20 }, (_, i) =>
            store.incidents.report([incident(`together-${i}`)]),
          ),
        );
        const numbers = together.flat().map((each) => each.incident.number);
        expect(new Set(numbers).size).toBe(20);
      });

      it("takes the same report once, and a changed one as the sender's update", async () => {
        const [made] = await store.incidents.report([incident("r1")]);
        const [same] = await store.incidents.report([incident("r1")]);
        expect(same).toEqual({
          index: 0,
          outcome: "duplicate",
          incident: made!.incident,
        });
        const [updated] = await store.incidents.report([
          incident("r1", {
            priority: 1,
            receivedAt: at("2026-11-20 08:30"),
            reporter: { name: "林先生" },
          }),
        ]);
        expect(updated!.incident).toEqual({
          ...made!.incident,
          priority: 1,
          rev: 2,
        });
        const { history } = (await store.incidents.get(made!.incident.id))!;
        expect(history).toEqual([
          {
            at: at("2026-11-20 08:01"),
            who: "feed:hotline",
            what: "reported",
            detail: "",
          },
          {
            at: at("2026-11-20 08:30"),
            who: "feed:hotline",
            what: "updated",
            detail: "priority: 1; reporter_name; reporter_phone",
          },
        ]);
      });

      it("keeps the reporter's name and phone out of everything it tells", async () => {
        const secret = { name: "不可外泄", phone: "13900009999" };
        const [made] = await store.incidents.report([
          incident("private", { reporter: secret, feed: "private" }),
        ]);
        const told = JSON.stringify([
          made,
          await store.incidents.get(made!.incident.id),
          await store.incidents.open(),
          await store.incidents.page({ feed: "private", limit: 9 }),
        ]);
        expect(told).not.toContain(secret.name);
        expect(told).not.toContain(secret.phone);
      });

      it("stores hostile text as text, and knows it again", async () => {
        const report = incident(HOSTILE, { title: HOSTILE, feed: "hostile" });
        const [made] = await store.incidents.report([report]);
        expect(made!.incident).toMatchObject({ title: KEPT, externalId: KEPT });
        const [again] = await store.incidents.report([report]);
        expect(again!.outcome).toBe("duplicate");
      });

      it("settles repeats within one report in their order", async () => {
        const outcomes = await store.incidents.report([
          incident("twice", { feed: "batch" }),
          incident("twice", { feed: "batch" }),
          incident("twice", { feed: "batch", title: "积水加深" }),
        ]);
        expect(outcomes.map((each) => each.outcome)).toEqual([
          "new",
          "duplicate",
          "updated",
        ]);
        expect(await store.incidents.countByFeed("batch")).toBe(1);
        expect(outcomes[2]!.incident).toMatchObject({
          title: "积水加深",
          rev: 2,
        });
      });

      it("keeps historic incidents closed, closes and reopens at the sender's word", async () => {
        const closed = { closedAt: at("2026-11-20 09:00"), feed: "closing" };
        const [historic] = await store.incidents.report([
          incident("c1", { ...closed, historic: true }),
        ]);
        expect(historic!.incident.status).toBe("closed");
        await store.incidents.report([incident("c2", { feed: "closing" })]);
        const [ended] = await store.incidents.report([incident("c2", closed)]);
        expect(ended!.incident).toMatchObject({ status: "closed", ...closed });
        const isOpen = async () =>
          (await store.incidents.open()).some(
            (each) => each.feed === "closing",
          );
        expect(await isOpen()).toBe(false);
        await store.incidents.report([incident("c2", { feed: "closing" })]);
        expect(await isOpen()).toBe(true);
      });

      it("pages the newest first and filters by status, district and feed", async () => {
        await store.incidents.report(
          Array.from({ length: 7 }, (_, i) =>
            incident(`page-${i}`, {
              feed: "pages",
              district: "990107",
              reportedAt: at("2026-11-21 00:00") + Math.floor(i / 2) * MINUTE,
            }),
          ),
        );
        const filter = { feed: "pages", district: "990107", limit: 3 };
        const ids: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await store.incidents.page({
            ...filter,
            status: "reported",
            ...(cursor ? { cursor } : {}),
          });
          ids.push(...page.items.map((each) => each.externalId));
          cursor = page.cursor ?? undefined;
        } while (cursor);
        expect(ids).toHaveLength(7);
        expect(new Set(ids).size).toBe(7);
        expect(ids[0]).toBe("page-6");
        expect(ids.at(-1)).toMatch(/page-[01]/);
        const [count, ...others] = (
          await store.incidents.countsSince(at("2026-11-21 00:00"))
        ).filter((each) => each.district === "990107");
        expect(others).toEqual([]);
        expect(count).toEqual({
          district: "990107",
          priority: 2,
          status: "reported",
          source: "12345",
          category: "flood",
          count: 7,
        });
        const none = await store.incidents.page({
          ...filter,
          status: "closed",
        });
        expect(none).toEqual({ items: [], cursor: null });
      });
    });

    it("holds warnings in force until they expire, are cancelled or superseded", async () => {
      const rain = warning("rain");
      const wind = warning("wind", { expires: null });
      const fog = warning("fog", { supersededBy: "weather,fog-2,0" });
      const cancel = warning("cancel", { msgType: "Cancel" });
      await store.warnings.put([rain, wind, fog, cancel]);
      const inForce = (when: string) =>
        store.warnings
          .inForce(at(when))
          .then((each) => each.map(({ identifier }) => identifier));
      expect(await inForce("2026-11-20 08:00")).toEqual(["rain", "wind"]);
      expect(await inForce("2026-11-20 13:00")).toEqual(["wind"]);
      await store.warnings.put([{ ...wind, supersededBy: cancel.id }]);
      expect(await inForce("2026-11-20 13:00")).toEqual([]);
      expect(await store.warnings.get([rain.id, "no,such,0"])).toEqual([rain]);
      expect(await store.warnings.count("weather")).toBe(4);
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
        expect(await store.warnings.awaiting(one.id)).toEqual([by]);
      }
      await store.warnings.put([early]);
      expect(await store.warnings.awaiting(early.id)).toEqual([]);
      const ever = 1000 * DAY;
      const all = { raw: ever, minute: ever, hour: ever, day: ever };
      const keep = { ...all, positions: ever, quarantine: ever, awaited: DAY };
      const pruned = (now: string) => store.prune(at(now), keep);
      await pruned("2026-11-21 07:29");
      expect(await store.warnings.awaiting(late.id)).toHaveLength(1);
      await pruned("2026-11-21 07:31");
      expect(await store.warnings.awaiting(late.id)).toEqual([]);
      expect(await store.warnings.get([late.id])).toEqual([]);
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
        feed: "cameras",
        updatedAt: 5,
      };
      await store.cameras.put([camera, { ...camera, online: false }]);
      expect(await store.cameras.all()).toEqual([
        { ...camera, online: false, district: null },
      ]);
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

    it("keeps a feed's key and counts when its record is imported again, and an officer's edit", async () => {
      await store.feeds.import([feed("water"), feed("air")]);
      await store.feeds.put(feed("water", { enabled: false }), "ab".repeat(32));
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
        keyHash: null,
        lastAt: null,
      });
      expect(water).toEqual({
        feed: feed("water", { enabled: false, nameEn: "now" }),
        keyHash: "ab".repeat(32),
        counts: { accepted: 5, duplicates: 1, missing: 2, rejected: 3 },
        lastAt: 77,
      });
    });

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
