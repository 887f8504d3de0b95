/**
 * Readings: judged, applied, shown at once and acknowledged when durable
 * (R1–R3). HOT PATH `take`: typed arrays, one pass, no allocation per reading.
 */
import type { Feed } from "../../contract/feed.ts";
import type { ReadingColumns, ReadingRows } from "../../contract/reading.ts";
import { AHEAD } from "../../contract/time.ts";
import type { Outcome } from "../feeds/sink.ts";
import type { Clock } from "../lib/clock.ts";
import type { Topics } from "../push/topics.ts";
import type { Store } from "../store/store.ts";
import type { Held } from "./held.ts";
import { heed } from "./heed.ts";
import { createLateReadings } from "./late.ts";
import { emptyRows, push, trimmed } from "./rows.ts";
import { createUnknownSeries } from "./unknown.ts";

export interface ReadingFlow {
  take(feed: Feed, columns: ReadingColumns): Promise<Outcome>;
}

export function createReadingFlow(ask: {
  store: Store;
  held: Held;
  topics: Topics;
  clock: Clock;
  /** Series that no catalogue names, of one system, that readings may bring (decisions B7). */
  unknownCap: number;
  /** Called in the same tick after readings were applied. */
  applied: () => void;
}): ReadingFlow {
  const { held, topics, clock, applied } = ask;
  const late = createLateReadings({ ...ask, append });
  const unknown = createUnknownSeries(ask);
  /** What was appended last: a duplicate is acknowledged when its original is durable. */
  let lastAppend: Promise<void> = Promise.resolve();

  function append(rows: ReadingRows): Promise<void> {
    const appended = held.append(rows);
    lastAppend = appended;
    // After a failure the hub loads itself anew: nothing is waited for then.
    appended.catch(() => {
      if (lastAppend === appended) lastAppend = Promise.resolve();
    });
    return appended;
  }

  return {
    async take(feed, columns) {
      held.check();
      const { sensors, engine } = held;
      heed(sensors, feed);
      const now = clock.now();
      const newest = feed.clock === "wall" ? now + AHEAD : Infinity;
      const count = columns.at.length;
      const series = new Int32Array(count);
      sensors.resolveAll(feed.system, columns.sensor, columns.metric, series);
      let adopted: Promise<void> | null = null;
      for (let i = 0; i < count; i++)
        if (series[i]! < 0) {
          adopted = unknown.adopt(feed, columns, series);
          break;
        }

      const overCap: Outcome["rejections"] = [];
      const outcome: Outcome = {
        ...{ accepted: 0, duplicates: 0, rejections: [], overCap },
      };
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
        if (no < 0) {
          overCap.push(unknown.refusal(feed, columns.index[i]!));
          continue;
        }
        const value = columns.value[i]!;
        const quality = columns.quality[i]!;
        const verdict = sensors.judge(no, at, value, quality);
        if (verdict === "new") {
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
        void append(trimmed(rows));
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
              // What it repeats may have been appended since.
              return lastAppend;
            }),
        );
      await Promise.all(waits);
      return outcome;
    },
  };
}
