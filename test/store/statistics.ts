/** What statistics count, over one engine: the same as incidents' histories tell, and no more. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  ACTS,
  COUNTED_PARTS,
  countingOf,
  countOf,
  MEASURES,
  STAGES,
  totalOf,
  type ActRow,
  type Counts,
  type StageRow,
} from "../../contract/counted.ts";
import type { Area } from "../../contract/area.ts";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import type { Held, HistoryLine } from "../../contract/incident.ts";
import { DAY, HOUR } from "../../contract/time.ts";
import { firstDossier } from "../../server/hub/incidents/held.ts";
import { countedOf, recounted } from "../../server/hub/statistics/counted.ts";
import { timesOf } from "../../server/hub/statistics/times.ts";
import { inTurns } from "../../server/lib/turns.ts";
import { readDb } from "../../server/store/open-db.ts";
import { createStatistics } from "../../server/store/statistics-count.ts";
import { openStore } from "../../server/store/open.ts";
import type { Done, StatisticsAsked, Store } from "../../server/store/store.ts";
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
    let url: string;
    /** Rows by the histories alone, with the district of each. */
    const told: (Rows & { district: string | null })[] = [];
    const ids: string[] = [];
    beforeAll(async () => {
      room = await engine.start();
      url = await room.empty();
      store = await openStore({ url, timeZone: CITY_ZONE });
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
      const whole = await countsIn(asked);
      let days = 0;
      for (let from = START; from < asked.to; from += 10 * DAY)
        days += settledOf(
          await countsIn({ ...asked, from, to: from + 10 * DAY }),
          "settled",
        );
      expect(days).toBe(settledOf(whole, "settled"));
      const stages = told.flatMap((one) => one.stages);
      const should = stages.filter(
        (row) =>
          !(row.stage === "handle" && row.order === null) &&
          row.settledAt !== null &&
          row.settledAt < asked.now,
      );
      expect(settledOf(whole, "settled")).toBe(should.length);
      expect(settledOf(whole, "kept")).toBe(
        should.filter(({ isKept }) => isKept).length,
      );
    });

    it("counts the same however many rows it reads at a time", async () => {
      const db = await readDb(url);
      const asked = period(START, START + 90 * DAY);
      const { statistics } = store;
      for (const atOnce of [1, 7, 300]) {
        const few = createStatistics(db, atOnce);
        expect(await few.counts(asked, COUNTED_PARTS)).toEqual(
          await statistics.counts(asked, COUNTED_PARTS),
        );
        expect(rankedIn(await few.times(asked))).toEqual(
          rankedIn(await statistics.times(asked)),
        );
      }
      await db.close();
    });

    it("counts each row once by every part that rows are told apart by", async () => {
      const counts = await store.statistics.counts(
        period(START, START + 90 * DAY),
        COUNTED_PARTS,
      );
      const totals = COUNTED_PARTS.map((part) =>
        totalOf(counts[part].values()),
      );
      for (const total of totals) expect(total).toEqual(totals[0]);
      expect(totals[0]!.reduce((sum, n) => sum + n)).toBeGreaterThan(1_000);
      expect([...counts.district.keys()].sort()).toEqual(
        DISTRICTS.map((district) => district ?? "").sort(),
      );
    });

    it("tells the times of stages by nearest rank", async () => {
      const asked = period(START, START + 90 * DAY);
      const handle = (await timesIn(asked)).find(({ key }) => key === "handle");
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
      const acts = await countsIn({ ...asked, within });
      const should = told
        .filter(({ district }) => district === "990101")
        .flatMap((one) => one.acts)
        .filter(({ department }) => department === "ECO");
      expect(actsOf(acts)).toBe(should.length);
      expect(should.length).toBeGreaterThan(5);
    });

    it("names for every measure just as many rows as it counts, page by page", async () => {
      const asked = period(START, START + 90 * DAY);
      const { statistics } = store;
      const [counts, times] = await Promise.all([
        countsIn(asked),
        timesIn(asked),
      ]);
      let all = 0;
      for (const measure of MEASURES) {
        const [stage, what] = measure.split(".");
        const figure =
          what === "done"
            ? (times.find(({ key }) => key === stage)?.n ?? 0)
            : countOf(counts, measure);
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
      const { town: towns } = await store.statistics.counts(asked, ["town"]);
      const registered = told
        .flatMap(({ acts }) => acts)
        .filter(({ act }) => act === "registered");
      expect([...towns.keys()]).toEqual([TOWN.code]);
      expect(countOf(towns.get(TOWN.code)!, "registered")).toBe(
        registered.length,
      );
      expect(actsOf(await countsIn({ ...asked, town: "" }))).toBe(0);
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

    const timesIn = async (asked: StatisticsAsked) => {
      const done = await store.statistics.times(asked);
      return inTurns(
        timesOf(
          done.some,
          ({ stages }) => stages,
          (place) => STAGES[place]!,
        ),
      );
    };
    const countsIn = async (asked: StatisticsAsked) =>
      totalOf(
        (await store.statistics.counts(asked, ["source"])).source.values(),
      );
  });
}

/** Rows come in no order. */
const rankedIn = ({ some }: Done) => [
  some.flatMap(({ natural }) => [...natural]).sort((a, b) => a - b),
  some
    .flatMap(({ worked }) => [...worked].filter((ms) => ms >= 0))
    .sort((a, b) => a - b),
];
const settledOf = (counts: Counts, what: "settled" | "kept"): number =>
  STAGES.reduce((sum, stage) => sum + countOf(counts, `${stage}.${what}`), 0);
const actsOf = (counts: Counts): number =>
  counts.slice(-ACTS.length).reduce((sum, n) => sum + n, 0);

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
