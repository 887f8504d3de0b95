/** What statistics count, over one engine: the same as incidents' histories tell, and no more. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  countingOf,
  MEASURES,
  type ActRow,
  type StageRow,
} from "../../contract/counted.ts";
import type { Area } from "../../contract/area.ts";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import type { Held, HistoryLine } from "../../contract/incident.ts";
import { DAY, HOUR } from "../../contract/time.ts";
import { firstDossier } from "../../server/hub/incidents/held.ts";
import { countOf } from "../../server/hub/statistics/figures.ts";
import { countedOf, recounted } from "../../server/hub/statistics/counted.ts";
import { timesOf } from "../../server/hub/statistics/times.ts";
import { inTurns } from "../../server/lib/turns.ts";
import { openStore } from "../../server/store/open.ts";
import type { StatisticsAsked, Store } from "../../server/store/store.ts";
import { createChance } from "../kit/chance.ts";
import { rulesOf } from "../kit/rules.ts";
import { walk } from "../kit/walk.ts";
import { at, CITY_ZONE, incident } from "./city.ts";
import type { Engine, Room } from "./engines.ts";
import { createAreaIndex } from "../../server/hub/areas.ts";

const SEED = 20261127;
const INCIDENTS = 200;
const START = at("2026-11-02 08:00");
/** Around all that is reported here. */
const TOWN: Area = {
  ...{ code: "990101001", kind: "town", parent: "990101", responsible: null },
  ...{ nameZh: "试验街道", nameEn: "Test town" },
  polygons: [
    [
      [
        ...([
          [117, 31],
          [118, 31],
        ] as [number, number][]),
        ...([
          [118, 32],
          [117, 32],
          [117, 31],
        ] as [number, number][]),
      ],
    ],
  ],
};
const RULES = rulesOf(
  { districtAt: () => null, ...createAreaIndex([TOWN]), inside: () => true },
  [...["ECO", "TEST", "HOTLINE"]],
);
const count = (held: Held, line: HistoryLine | null) =>
  countedOf(held, line, RULES);
const DISTRICTS = ["990101", "990102", null];

type Rows = { stages: StageRow[]; acts: ActRow[]; town: string | null };

export function statisticsOver(engine: Engine): void {
  describe(`statistics on ${engine.name}`, { timeout: 120_000 }, () => {
    let room: Room;
    let store: Store;
    /** Rows by the histories alone, with the district of each. */
    const told: (Rows & { district: string | null })[] = [];
    const ids: string[] = [];
    beforeAll(async () => {
      room = await engine.start();
      store = await openStore({
        ...{ url: await room.empty(), timeZone: CITY_ZONE },
      });
      await live(store, ids);
      for await (const some of store.incidents.each())
        for (const { held, history } of some)
          told.push({
            ...recounted(held, history, RULES),
            district: held.incident.district,
          });
    }, 180_000);
    afterAll(async () => {
      await store.close();
      await room.stop();
    }, 60_000);

    it(`keeps of ${INCIDENTS} incidents just what their histories tell`, async () => {
      expect(told).toHaveLength(INCIDENTS);
      for (const [i, id] of ids.entries()) {
        const { district: _, town, ...rows } = told[i]!;
        expect(
          await store.statistics.rowsOf(id),
          `seed ${SEED}: ${id}`,
        ).toEqual({ ...rows, towns: [town] });
      }
      const acts = told.flatMap((one) => one.acts.map(({ act }) => act));
      // A run in which nothing happened would prove nothing.
      expect([...new Set(acts)].sort()).toEqual(
        expect.arrayContaining(["closed", "fedBack", "returned", "reworked"]),
      );
    });

    it("counts limits in the period in which they were decided, and each once", async () => {
      const asked = period(START, START + 90 * DAY);
      const whole = await settledIn(asked);
      let days = 0;
      for (let from = START; from < asked.to; from += 10 * DAY)
        days += sum(await settledIn({ ...asked, from, to: from + 10 * DAY }));
      expect(days).toBe(sum(whole));
      const stages = told.flatMap((one) => one.stages);
      const should = stages.filter(
        (row) =>
          !(row.stage === "handle" && row.order === null) &&
          row.settledAt !== null &&
          row.settledAt < asked.now,
      );
      expect(sum(whole)).toBe(should.length);
      expect(whole.reduce((n, { kept }) => n + kept, 0)).toBe(
        should.filter(({ isKept }) => isKept).length,
      );
    });

    it("tells the times of stages by nearest rank", async () => {
      const asked = period(START, START + 90 * DAY);
      const [handle] = (await timesIn(asked)).filter(
        ({ key }) => key === "handle",
      );
      const times = told
        .flatMap((one) => one.stages)
        .filter(({ stage, order }) => stage === "handle" && order !== null)
        .flatMap(({ natural }) => natural ?? [])
        .sort((a, b) => a - b);
      expect(handle).toMatchObject({
        n: times.length,
        natural: {
          p50: times[Math.ceil(times.length * 0.5) - 1],
          p90: times[Math.ceil(times.length * 0.9) - 1],
        },
      });
    });

    it("counts nothing of other departments and districts", async () => {
      const asked = period(START, START + 90 * DAY);
      const within = { departments: ["ECO"], districts: ["990101"] };
      const acts = await store.statistics.acts({ ...asked, within });
      const should = told
        .filter(({ district }) => district === "990101")
        .flatMap((one) => one.acts)
        .filter(({ department }) => department === "ECO");
      expect(acts.reduce((n, cell) => n + cell.n, 0)).toBe(should.length);
      expect(should.length).toBeGreaterThan(5);
    });

    it("names for every measure just as many rows as it counts, page by page", async () => {
      const asked = period(START, START + 90 * DAY);
      const { statistics } = store;
      const [settled, settledFirst, acts, times] = await Promise.all([
        statistics.settled(asked, "granted"),
        statistics.settled(asked, "first"),
        statistics.acts(asked),
        timesIn(asked),
      ]);
      let all = 0;
      for (const measure of MEASURES) {
        const [stage, what] = measure.split(".");
        const figure =
          what === "done"
            ? (times.find(({ key }) => key === stage)?.n ?? 0)
            : countOf({ settled, settledFirst, acts }, measure);
        const seen = new Set<string>();
        let cursor: string | null | undefined;
        let n = 0;
        do {
          const page = await statistics.counted(
            { ...asked, limit: 37, ...(cursor && { cursor }) },
            countingOf(measure),
          );
          n += page.items.length;
          for (const row of page.items) seen.add(row.held.incident.id);
          cursor = page.cursor;
        } while (cursor !== null);
        expect([measure, n], `seed ${SEED}`).toEqual([measure, figure]);
        expect(seen.size).toBeLessThanOrEqual(n);
        all += n;
      }
      expect(all).toBeGreaterThan(1_000);
    });

    it("counts by town what lies in it, and nothing of what lies elsewhere", async () => {
      const asked = period(START, START + 90 * DAY);
      const [cell, ...others] = (
        await store.statistics.acts(asked, "town")
      ).filter(({ act }) => act === "registered");
      const registered = told
        .flatMap(({ acts }) => acts)
        .filter(({ act }) => act === "registered");
      expect(cell).toMatchObject({ town: TOWN.code, n: registered.length });
      expect(others).toEqual([]);
      const none = await store.statistics.acts({ ...asked, town: "" });
      expect(none).toEqual([]);
      const its = await store.statistics.counted(
        { ...asked, town: TOWN.code, limit: 200 },
        countingOf("registered"),
      );
      expect(its.items).toHaveLength(Math.min(200, registered.length));
    });

    it("is made anew where it was lost, and the same", async () => {
      const before = await store.statistics.rowsOf(ids[0]!);
      const id = ids[0]!;
      await store.incidents.completeCounted({
        ...{ signal: new AbortController().signal, calendar: "another" },
        towns: "",
        count: (held, history) => recounted(held, history, RULES),
      });
      expect(await store.statistics.rowsOf(id)).toEqual(before);
    });

    it("is counted anew as a whole where the towns' borders moved, of what is over too", async () => {
      const moved = { ...RULES, townAt: () => "990101002" };
      await store.incidents.completeCounted({
        ...{
          signal: new AbortController().signal,
          calendar: "",
          towns: "moved",
        },
        count: (held, history) => recounted(held, history, moved),
      });
      for (const id of ids)
        expect((await store.statistics.rowsOf(id)).towns).toEqual([
          "990101002",
        ]);
    });

    const timesIn = async (asked: StatisticsAsked) =>
      inTurns(
        timesOf(await store.statistics.times(asked), ({ stage }) => stage),
      );
    const settledIn = (asked: StatisticsAsked) =>
      store.statistics.settled(asked, "granted");
  });
}

const sum = (cells: readonly { n: number }[]) =>
  cells.reduce((of, { n }) => of + n, 0);

const period = (from: number, to: number): StatisticsAsked => ({
  ...{ from, to, now: START + 60 * DAY, within: WHOLE_CITY },
});

/** Hundreds of incidents through their steps, each stored as the hub stores it. */
async function live(store: Store, ids: string[]): Promise<void> {
  const chance = createChance(SEED);
  for (let i = 0; i < INCIDENTS; i++) {
    const receivedAt = START + chance.between(0, 24 * 30) * HOUR;
    const dossier = firstDossier(
      { category: "0406", historic: false },
      { now: receivedAt, rules: RULES },
    );
    const [reported] = await store.incidents.report(
      [
        incident(`s-${i}`, {
          ...{ receivedAt, reportedAt: receivedAt, dossier },
          ...{ category: "0406", district: chance.one(DISTRICTS) },
          ...{ lng: 117.2, lat: 31.8, address: "中山路", closedAt: null },
        }),
      ],
      count,
    );
    const first = reported!.held;
    ids.push(first.incident.id);
    const steps = { chance, rules: RULES, steps: chance.between(0, 22) };
    for (const { held, line } of walk(first, receivedAt, steps))
      expect(
        await store.incidents.step(held, line, undefined, count(held, line)),
      ).toBeNull();
  }
  ids.sort();
}
