/** Alarms and their incidents, over a store that may be cut off before any of its writes. */
import { describe, expect, it } from "vitest";
import type { PastAlarm } from "../../contract/alarm.ts";
import { EMPTY_DOSSIER } from "../../contract/dossier.ts";
import type { Held, HistoryLine } from "../../contract/incident.ts";
import type { Indicator, IndicatorView } from "../../contract/indicator.ts";
import { MINUTE } from "../../contract/time.ts";
import type { AlarmRecord, StoredIncident } from "../store/store.ts";
import { rulesOf } from "../../test/kit/rules.ts";
import { createTopics } from "../push/topics.ts";
import { createAlarmFlow } from "./alarms.ts";
import { stepLine } from "./incident-steps.ts";
import { createAreaIndex } from "../hub/areas.ts";

const START = Date.UTC(2026, 10, 20);
const ROW = {
  ...{ id: "util.gas", nameZh: "甲烷浓度", unit: "%VOL", direction: "L" },
  ...{ owner: "HOUS", scopes: ["district"], source: { from: "reported" } },
  thresholds: { blue: 1, yellow: 2, orange: 3, red: 4 },
  staleAfter: 3 * MINUTE,
  opensIncident: {
    ...{ level: "blue", priority: 3 },
    ...{ category: "gas", department: "HOUS" },
  },
} as unknown as Indicator;

/** What outlives a hub, and how many writes it still takes before the hub is killed. */
function createCity() {
  const alarms = new Map<string, AlarmRecord>();
  const incidents = new Map<string, StoredIncident>();
  const past = new Map<string, PastAlarm>();
  let left = Infinity;
  let now = START;

  /** @throws where the hub is dead already */
  function write(): Promise<void> {
    return left-- > 0 ? Promise.resolve() : Promise.reject(new Error("killed"));
  }

  function open() {
    const errors: unknown[] = [];
    const topics = createTopics({ epoch: "1", now: () => now, send() {} });
    const flow = createAlarmFlow({
      store: {
        alarms: {
          async *past(from) {
            yield await Promise.resolve(
              [...past.values()].filter(({ overAt }) => overAt >= from),
            );
          },
          async put(record, over) {
            await write();
            if (over) past.set(`${over.id}/${over.since}`, over);
            if (record.alarm || record.shelf) alarms.set(record.id, record);
            else alarms.delete(record.id);
          },
          all: () => Promise.resolve(structuredClone([...alarms.values()])),
        },
      },
      topics,
      clock: { now: () => now },
      rules: rulesOf({
        districtAt: () => null,
        ...createAreaIndex([]),
        inside: () => true,
      }),
      incidents: {
        async enter(source, report) {
          await write();
          const key = `${source.id} ${report.externalId}`;
          const known = incidents.get(key);
          if (known) return known;
          const incident = {
            ...{ id: key, status: "reported", closedAt: null, rev: 1 },
            ...{ title: report.title, priority: report.level ?? null },
          } as unknown as Held["incident"];
          const dossier = structuredClone(EMPTY_DOSSIER);
          const held = { incident, dossier, attachments: [], history: [] };
          incidents.set(key, held);
          return held;
        },
        async amend(id, judge) {
          const found = incidents.get(id)!;
          const amendment = judge(found);
          if (!amendment) return;
          await write();
          const { after, name = "", ...told } = amendment;
          const line = stepLine(found, after, { ...told, name, at: now });
          const history: HistoryLine[] = [...found.history, line];
          incidents.set(id, { ...found, ...after, history });
        },
      },
      rowOf: () => ROW,
      siteOf: () => ({ name: "西区", district: "999001", place: null }),
      sees: () => () => true,
      listens: () => true,
      failed: (error) => errors.push(error),
    });
    return flow;
  }

  return {
    open,
    incidents,
    alarms,
    later: (ms: number) => void (now += ms),
    killAfter: (writes: number) => void (left = writes),
    get isDead() {
      return left < 0;
    },
  };
}

const view = (
  state: IndicatorView["state"],
  more: Partial<IndicatorView> = {},
): IndicatorView => ({
  ...{ id: "util.gas@999001", indicator: "util.gas", scope: "999001" },
  ...{ value: 2.5, state, at: START, receivedAt: START, freshness: "live" },
  ...{ since: null, dayAgo: null, baseline: null, count: 1, recent: [] },
  ...more,
});
/** Until nothing more is written. */
const settled = async () => {
  for (let i = 0; i < 30; i++) await new Promise((go) => setImmediate(go));
};

async function opened(city: ReturnType<typeof createCity>) {
  const flow = city.open();
  await flow.load();
  flow.start();
  return flow;
}
const ID = view("normal").id;
const LIN = { login: "lin", name: "林" };
const lines = (city: ReturnType<typeof createCity>) =>
  [...city.incidents.values()].map(({ history }) =>
    history.map(({ what }) => what),
  );

const firstOf = (city: ReturnType<typeof createCity>): Held =>
  [...city.incidents.values()][0]!;

describe("an alarm", () => {
  it("opens one incident, follows its level, and closes it where nobody took it", async () => {
    const city = createCity();
    const flow = await opened(city);
    for (const state of ["blue", "blue", "red", "yellow", "normal"] as const) {
      flow.heard([view(state)]);
      await settled();
    }
    expect(lines(city)).toEqual([["alarmRose", "alarmFell", "alarmCleared"]]);
    const { incident } = firstOf(city);
    expect(incident).toMatchObject({ status: "closed", priority: 2 });
    expect(flow.get(ID)).toBeNull();
    expect(city.alarms.size).toBe(0);
    const found = [];
    for await (const batch of flow.past(0)) found.push(...batch);
    expect(found).toMatchObject([{ id: ID, level: "yellow", site: "西区" }]);
  });

  it("leaves an incident that somebody works on to him, and tells its end all the same", async () => {
    const city = createCity();
    const flow = await opened(city);
    flow.heard([view("blue")]);
    await settled();
    const [[id, held]] = [...city.incidents] as [[string, StoredIncident]];
    city.incidents.set(id, {
      ...held,
      dossier: { ...held.dossier, isTaken: true },
    });
    flow.heard([view("red")]);
    flow.heard([view("normal")]);
    await settled();
    expect(city.incidents.get(id)!.incident).toMatchObject({
      ...{ status: "reported", priority: 3 },
    });
    expect(lines(city).flat()).toContain("alarmCleared");
  });

  it.each([
    ["and goes on", null],
    ["and is over meanwhile", "normal"],
  ] as const)(
    "has at most one incident a spell, and none left open, wherever the hub is killed %s",
    async (_, meanwhile) => {
      for (let writes = 0; writes < 14; writes++) {
        const city = createCity();
        city.killAfter(writes);
        let flow = await opened(city);
        const states = ["blue", "red", "normal", "orange", "normal"] as const;
        for (const state of states) {
          flow.heard([view(state)]);
          await settled();
          if (city.isDead) {
            city.killAfter(Infinity);
            flow = await opened(city);
            // A start shows everything again.
            flow.heard([view(meanwhile ?? state)]);
            await settled();
          }
          city.later(MINUTE);
        }
        flow.tick();
        await settled();
        const found = [...city.incidents.values()];
        const tell = `killed after ${writes} writes`;
        // What is over meanwhile comes again as another spell.
        expect(found.length, tell).toBeLessThanOrEqual(meanwhile ? 3 : 2);
        for (const { incident, history } of found) {
          expect(incident.status, tell).toBe("closed");
          const told = history.map(({ what }) => what);
          expect(new Set(told).size, `${tell}: ${told.join()}`).toBe(
            told.length,
          );
        }
        expect(city.alarms.size, tell).toBe(0);
      }
    },
  );

  it("that was acknowledged says so, over a restart too, until it gets worse", async () => {
    const city = createCity();
    let flow = await opened(city);
    flow.heard([view("blue")]);
    await settled();
    await flow.acknowledge(ID, LIN, "在看");
    flow = await opened(city);
    expect(flow.get(ID)!.acknowledged).toMatchObject({
      ...{ by: "林", comment: "在看" },
    });
    flow.heard([view("orange")]);
    expect(flow.get(ID)!.acknowledged).toBeNull();
    await settled();
    expect(lines(city)).toEqual([["alarmAcknowledged", "alarmRose"]]);
  });

  it("put aside opens nothing, even when it comes again, and alarms anew when its time is over", async () => {
    const city = createCity();
    const flow = await opened(city);
    flow.heard([view("blue")]);
    await settled();
    const until = START + 10 * MINUTE;
    await flow.acknowledge(ID, LIN, "");
    await flow.shelve(ID, LIN, { until, reason: "检修" });
    expect(flow.get(ID)!.shelvedUntil).toBe(until);
    flow.heard([view("normal")]);
    await settled();
    city.later(MINUTE);
    flow.heard([view("red")]);
    flow.tick();
    await settled();
    expect(city.incidents.size).toBe(1);
    city.later(10 * MINUTE);
    flow.tick();
    await settled();
    expect(city.incidents.size).toBe(2);
    expect(flow.get(ID)).toMatchObject({
      ...{ shelvedUntil: null, acknowledged: null },
    });
  });

  it("tells of a row without data once nothing came for three of its periods, and ends when it speaks", async () => {
    const city = createCity();
    const flow = await opened(city);
    flow.heard([view("stale", { freshness: "stale" })]);
    flow.tick();
    await settled();
    expect(city.incidents.size).toBe(0);
    city.later(4 * MINUTE);
    flow.tick();
    await settled();
    const { incident } = firstOf(city);
    expect(incident).toMatchObject({ priority: 4, status: "reported" });
    expect(incident.title).toMatch(/无数据/);
    flow.heard([view("normal")]);
    await settled();
    expect(lines(city)).toEqual([["alarmCleared"]]);
  });
});
