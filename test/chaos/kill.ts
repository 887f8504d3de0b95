/**
 * Kills the hub again and again under load and holds what it kept against the
 * senders' own ledgers (reliability.md, first row).
 */
import { setTimeout as wait } from "node:timers/promises";
import { createChance } from "../kit/chance.ts";
import { indicatorRow, keyOf, type CityPlan } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { startMosquitto } from "../kit/mosquitto.ts";
import { startProgram, type Program } from "../kit/program.ts";
import { METRIC, sensorId } from "../kit/readings.ts";
import {
  compare,
  readingsIn,
  sentBy,
  windowsOf,
  type Batch,
  type Sent,
  type Verdict,
} from "./ledger.ts";
import type { Sender, SenderPlan } from "./sender.ts";

export interface KillPlan {
  kills: number;
  seed: number;
  databaseUrl?: string;
  /** One life in four is long enough to be killed around a checkpoint. */
  longLives: boolean;
  log: (line: string) => void;
}

export interface KillReport {
  kills: number;
  sent: number;
  acknowledged: number;
  /** Readings a second acknowledged while the hub was up, all roads together. */
  rate: number;
  /** Worst of all comparisons with the store's rows: after every restart and at the end. */
  rows: Verdict;
  /** Windows compared at the end; the most that ever differed in sum or count. */
  windows: { compared: number; different: number };
  /** ms from start to ready, worst. */
  slowestRestart: number;
  complaints: string[];
}

/** ms. The hub saves a checkpoint every 30 s. */
const SHORT_LIFE = [1_000, 4_000] as const;
const LONG_LIFE = [29_000, 34_000] as const;

const WINDOW = 5_000;
const SYSTEM = "test";
const PER_SENDER = 200;

/** Three roads at once; together a little over 5,000 readings a second with room to spare. */
const roads = (hub: Hub, outside: string): SenderPlan[] => [
  {
    ...{ road: "http", feed: "push", url: `${hub.url}/ingest/v1/push` },
    ...{ key: keyOf("push"), first: 0, sensors: PER_SENDER },
    ...{ perBatch: 50, rate: 3_500 },
  },
  {
    ...{ road: "mqtt", feed: "near", url: hub.mqttUrl! },
    ...{ key: keyOf("near"), first: PER_SENDER, sensors: PER_SENDER },
    ...{ perBatch: 20, rate: 1_500 },
  },
  {
    ...{ road: "mqtt", feed: "far", url: outside },
    ...{ key: "", first: 2 * PER_SENDER, sensors: PER_SENDER },
    ...{ perBatch: 20, rate: 1_500 },
  },
];

const window = { window: String(WINDOW), every: String(WINDOW) };
const CITY: CityPlan = {
  feeds: [
    { id: "push" },
    { id: "near", transport: "mqtt" },
    { id: "far", transport: "mqtt" },
  ],
  indicators: [
    indicatorRow({ id: "chaos.sum", ...window }),
    indicatorRow({ id: "chaos.count", aggregate: "count", ...window }),
  ],
};

export async function killAgainAndAgain(plan: KillPlan): Promise<KillReport> {
  const chance = createChance(plan.seed);
  const mosquitto = await startMosquitto();
  const hub = await startHub({
    city: CITY,
    broker: true,
    mqttUrl: mosquitto.url,
    ...(plan.databaseUrl ? { databaseUrl: plan.databaseUrl } : {}),
  });
  const senders = roads(hub, mosquitto.url).map((road) => ({
    road,
    program: startProgram<Sender>(new URL("./sender.ts", import.meta.url)),
  }));
  const all = <T>(work: (program: Program<Sender>) => Promise<T>) =>
    Promise.all(senders.map(({ program }) => work(program)));
  const ledger = async (): Promise<Batch[]> =>
    (await all((program) => program.call("ledger"))).flat();

  const report: KillReport = {
    kills: 0,
    sent: 0,
    acknowledged: 0,
    rate: 0,
    rows: { lost: 0, doubled: 0, wrong: 0, stored: 0 },
    windows: { compared: 0, different: 0 },
    slowestRestart: 0,
    complaints: [],
  };
  const judge = (verdict: Verdict) => {
    report.rows.lost = Math.max(report.rows.lost, verdict.lost);
    report.rows.doubled = Math.max(report.rows.doubled, verdict.doubled);
    report.rows.wrong = Math.max(report.rows.wrong, verdict.wrong);
    report.rows.stored = verdict.stored;
    return verdict;
  };

  const note = ({ compared, different }: KillReport["windows"]) => {
    report.windows.compared = compared;
    report.windows.different = Math.max(report.windows.different, different);
  };

  try {
    await Promise.all(
      senders.map(({ road, program }) => program.call("start", road)),
    );
    let up = 0;
    let underLoad = 0;
    let before = 0;
    for (let kill = 1; kill <= plan.kills; kill++) {
      const life =
        plan.longLives && chance.next() < 0.25
          ? chance.between(...LONG_LIFE)
          : chance.between(...SHORT_LIFE);
      await wait(life);
      await hub.kill();
      await all((program) => program.call("pause"));
      const acknowledged = (
        await all((program) => program.call("acknowledged"))
      ).reduce((a, b) => a + b);
      up += life;
      underLoad += acknowledged - before;
      report.kills = kill;

      const known = sentBy(await ledger());
      const took = await hub.restart();
      report.slowestRestart = Math.max(report.slowestRestart, took);
      const verdict = judge(await rowsOf(hub, known));
      plan.log(
        `kill ${kill} after ${life} ms: ${acknowledged} acknowledged, ${verdict.stored} stored, ` +
          `${verdict.lost} lost, ${verdict.doubled} doubled, ${verdict.wrong} wrong; ready again in ${Math.round(took)} ms`,
      );
      await all((program) => program.call("settle"));
      note(await windowsOfHub(hub, await ledger()));
      before = (await all((program) => program.call("acknowledged"))).reduce(
        (a, b) => a + b,
      );
      await all((program) => program.call("resume"));
    }
    await all((program) => program.call("pause"));
    await all((program) => program.call("settle"));

    const final = await ledger();
    report.sent = report.acknowledged = readingsIn(final);
    report.rate = Math.round(underLoad / (up / 1000));
    judge(await rowsOf(hub, sentBy(final)));
    note(await windowsOfHub(hub, final));
    report.complaints = (
      await all((program) => program.call("complaints"))
    ).flat();
    return report;
  } finally {
    await all((program) => program.call("close").catch(() => undefined));
    await all((program) => program.stop());
    await hub.stop();
    await mosquitto.stop();
  }
}

/** The outside broker acknowledges in the hub's place: what it still holds must arrive too. */
const rowsOf = (hub: Hub, sent: Sent) =>
  until(
    async () => compare(sent, await storedRows(hub)),
    ({ lost }) => lost === 0,
  );

const windowsOfHub = (hub: Hub, ledger: Batch[]) =>
  until(
    () => compareWindows(hub, ledger),
    ({ different }) => different === 0,
  );

/** Looks again until it is as it must be, or for 30 s: then the last look is the verdict. */
async function until<T>(
  look: () => Promise<T>,
  right: (seen: T) => boolean,
): Promise<T> {
  const last = performance.now() + 30_000;
  let seen = await look();
  while (!right(seen) && performance.now() < last) {
    await wait(250);
    seen = await look();
  }
  return seen;
}

/** A door answers at most so many points; the run is read in pieces that hold fewer. */
const PIECE = 60_000;
const POINTS = 5_000;

/** Every raw reading, asked of the public door: [sensor number, at, value]. */
async function storedRows(hub: Hub): Promise<[number, number, number][]> {
  const rows: [number, number, number][] = [];
  const sensors = Array.from({ length: 3 * PER_SENDER }, (_, no) => no);
  // A few at a time, as a browser would.
  const lanes = Array.from({ length: 8 }, async () => {
    for (let no = sensors.pop(); no !== undefined; no = sensors.pop())
      rows.push(...(await historyOf(hub, no)));
  });
  await Promise.all(lanes);
  return rows;
}

const began = Date.now();

async function historyOf(
  hub: Hub,
  no: number,
): Promise<[number, number, number][]> {
  const rows: [number, number, number][] = [];
  for (let from = began - 1_000; from < Date.now() + 1_000; from += PIECE) {
    const ask = new URLSearchParams({
      system: SYSTEM,
      sensor: sensorId(no),
      metric: METRIC,
      from: String(from),
      to: String(from + PIECE),
      points: String(POINTS),
    });
    const piece = await hub.ask<{
      level: string;
      at: number[];
      value: number[];
    }>(`/api/series/history?${ask.toString()}`);
    if (piece.level !== "raw")
      throw new Error(`asked for raw readings, got ${piece.level}`);
    piece.at.forEach((at, i) => rows.push([no, at, piece.value[i]!]));
  }
  return rows;
}

/** Holds the indicators' history against the ledger's own sums and counts. */
async function compareWindows(
  hub: Hub,
  ledger: Batch[],
): Promise<{ compared: number; different: number }> {
  const expected = windowsOf(ledger, WINDOW);
  const kept = {
    sum: await valuesOf(hub, "chaos.sum"),
    count: await valuesOf(hub, "chaos.count"),
  };
  let different = 0;
  for (const [start, { sum, count }] of expected)
    if (kept.sum.get(start) !== sum || kept.count.get(start) !== count)
      different++;
  return { compared: expected.size, different };
}

async function valuesOf(
  hub: Hub,
  indicator: string,
): Promise<Map<number, number | null>> {
  const ask = new URLSearchParams({
    from: String(began - WINDOW),
    to: String(Date.now() + WINDOW),
    points: String(POINTS),
  });
  const history = await hub.ask<{ at: number[]; value: (number | null)[] }>(
    `/api/indicators/${indicator}/history?${ask.toString()}`,
  );
  return new Map(history.at.map((at, i) => [at, history.value[i]!]));
}
