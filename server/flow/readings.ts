/**
 * Readings: judged, applied, shown at once and acknowledged when durable
 * (R1–R3). HOT PATH `take`: typed arrays, one pass, no allocation per reading.
 */
import type { Feed } from "../../contract/feed.ts";
import type { ReadingColumns } from "../../contract/reading.ts";
import { MINUTE } from "../../contract/time.ts";
import { OverCap, type Outcome } from "../feeds/sink.ts";
import type { Clock } from "../lib/clock.ts";
import type { Topics } from "../push/topics.ts";
import type { Store } from "../store/store.ts";
import type { Held } from "./held.ts";
import { createLateReadings } from "./late.ts";
import { emptyRows, push, trimmed } from "./rows.ts";

const AHEAD = 5 * MINUTE;

export interface ReadingFlow {
  take(feed: Feed, columns: ReadingColumns): Promise<Outcome>;
}

export function createReadingFlow(ask: {
  store: Store;
  held: Held;
  topics: Topics;
  clock: Clock;
  /** Series of unregistered sensors that one system may bring (decisions B7). */
  unknownCap: number;
  /** Called in the same tick after readings were applied. */
  applied: () => void;
}): ReadingFlow {
  const { store, held, topics, clock, unknownCap, applied } = ask;
  const late = createLateReadings(ask);
  /** Series of unregistered sensors per system. */
  const unknown = new Map<string, number>();
  /** What was appended last: a duplicate is acknowledged when its original is durable. */
  let lastAppend: Promise<void> = Promise.resolve();

  /** Gives unknown sensors their numbers; they are listed as unregistered. */
  function adopt(
    feed: Feed,
    columns: ReadingColumns,
    series: Int32Array,
  ): Promise<void> {
    const { sensors } = held;
    const added = new Map<string, number>();
    const names: { sensor: string; metric: string; key: string }[] = [];
    for (let i = 0; i < series.length; i++) {
      if (series[i]! >= 0) continue;
      const sensor = columns.sensor[i]!;
      const metric = columns.metric[i]!;
      const key = `${sensor}\0${metric}`;
      if (added.has(key)) continue;
      added.set(key, -1);
      names.push({ sensor, metric, key });
    }
    const known = unknown.get(feed.system) ?? 0;
    if (known + names.length > unknownCap)
      throw new OverCap(
        `the system ${feed.system} already brought ${known} series of unregistered sensors; register them first`,
      );
    unknown.set(feed.system, known + names.length);
    const fresh = [
      ...new Set(
        names
          .map(({ sensor }) => sensor)
          .filter((sensor) => sensors.find(feed.system, sensor) < 0),
      ),
    ];
    const rows = names.map(({ sensor, metric, key }) => {
      const row = sensors.add(feed.system, sensor, metric);
      added.set(key, row.no);
      return row;
    });
    for (let i = 0; i < series.length; i++)
      if (series[i]! < 0)
        series[i] = added.get(`${columns.sensor[i]!}\0${columns.metric[i]!}`)!;
    const told = [store.series.add(rows)];
    if (fresh.length > 0)
      told.push(
        store.sensors.put(
          fresh.map((id) => ({
            system: feed.system,
            id,
            name: id,
            kind: "",
            registered: false,
            lng: null,
            lat: null,
            metrics: [],
            attributes: {},
          })),
        ),
      );
    return held.durable(Promise.all(told).then(() => undefined));
  }

  return {
    async take(feed, columns) {
      held.check();
      const { sensors, engine } = held;
      const now = clock.now();
      const newest = feed.clock === "wall" ? now + AHEAD : Infinity;
      const count = columns.at.length;
      const series = new Int32Array(count);
      sensors.resolveAll(feed.system, columns.sensor, columns.metric, series);
      let adopted: Promise<void> | null = null;
      for (let i = 0; i < count; i++)
        if (series[i]! < 0) {
          adopted = adopt(feed, columns, series);
          break;
        }

      const outcome: Outcome = { accepted: 0, duplicates: 0, rejections: [] };
      const rows = emptyRows(count);
      const followed = topics.isFollowed("sensors");
      const shown = (no: number) =>
        topics.touch("sensors", sensors.sensorOf[no]!);
      const lateOnes: number[] = [];
      for (let i = 0; i < count; i++) {
        const at = columns.at[i]!;
        if (at > newest) {
          outcome.rejections.push({
            index: columns.index[i]!,
            path: "/at",
            message: "is more than 5 minutes in the future",
          });
          continue;
        }
        const no = series[i]!;
        const value = columns.value[i]!;
        const verdict = sensors.judge(no, at, value);
        if (verdict === "new") {
          const quality = columns.quality[i]!;
          sensors.apply(no, at, value, quality, now);
          push(rows, no, at, value, quality);
          if (followed) shown(no);
        } else if (verdict === "duplicate") outcome.duplicates++;
        else lateOnes.push(i);
      }
      outcome.accepted = rows.count;
      if (rows.count > 0) {
        engine.apply(rows, now);
        applied();
        // The append follows the series in the store's queue, so it needs no wait.
        const append = held.append(trimmed(rows));
        lastAppend = append;
        // After a failure the hub loads itself anew: nothing is waited for then.
        append.catch(() => {
          if (lastAppend === append) lastAppend = Promise.resolve();
        });
      }
      const waits: Promise<unknown>[] = [lastAppend];
      if (adopted) waits.push(adopted);
      if (lateOnes.length > 0)
        waits.push(
          late
            .take(lateOnes.length, (i, row) => {
              const from = lateOnes[i]!;
              row.series = series[from]!;
              row.at = columns.at[from]!;
              row.value = columns.value[from]!;
              row.quality = columns.quality[from]!;
            })
            .then((settled) => {
              outcome.accepted += settled.accepted;
              outcome.duplicates += settled.duplicates;
            }),
        );
      await Promise.all(waits);
      return outcome;
    },
  };
}
