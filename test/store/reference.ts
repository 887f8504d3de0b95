/** What the log of readings must say, kept the slow and plain way. */
import { Quality, type RollupBucket } from "../../contract/reading.ts";
import type { Chance } from "../kit/chance.ts";

const BAD = Quality.options.indexOf("bad");

export const LEVELS = ["minute", "hour", "day"] as const;

export interface Told {
  series: number;
  at: number;
  value: number;
  quality: number;
}

export interface Reference {
  tell(series: number, at: number, value: number, quality: number): void;
  /** One that was told, or null where none was. */
  any(chance: Chance): Told | null;
  /** Rows of a series by time, of corrections the last. */
  rows(series: number): [number, number, number, number][];
  buckets(series: number, level: (typeof LEVELS)[number]): RollupBucket[];
}

export function createReference(timeZone: string): Reference {
  const told = new Map<string, Told>();
  const clock = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "medium",
  });
  /** What the city's clocks show, cut to the level: `2026-11-20 08:30`, … */
  const lengths = { minute: 16, hour: 13, day: 10 };
  const shown = new Map<number, string>();
  function show(at: number, level: keyof typeof lengths): string {
    const minute = Math.floor(at / 60_000);
    const text = shown.get(minute) ?? clock.format(minute * 60_000);
    shown.set(minute, text);
    return text.slice(0, lengths[level]);
  }

  const rows: Reference["rows"] = (series) =>
    [...told.values()]
      .filter((each) => each.series === series)
      .sort((a, b) => a.at - b.at)
      .map(({ at, value, quality }) => [series, at, value, quality]);

  return {
    tell(series, at, value, quality) {
      told.set(`${series} ${at}`, { series, at, value, quality });
    },
    any: (chance) => (told.size ? chance.one([...told.values()]) : null),
    rows,
    buckets(series, level) {
      const made = new Map<string, RollupBucket>();
      for (const [, at, value, quality] of rows(series)) {
        if (quality === BAD) continue;
        const name = show(at, level);
        const bucket = made.get(name);
        if (!bucket)
          made.set(name, {
            at: beginOf(at, level),
            count: 1,
            ...{ sum: value, min: value, max: value, last: value },
          });
        else {
          bucket.count++;
          bucket.sum += value;
          bucket.min = Math.min(bucket.min, value);
          bucket.max = Math.max(bucket.max, value);
          bucket.last = value;
        }
      }
      return [...made.values()];
    },
  };

  /** The first minute that is shown alike, found by walking back. */
  function beginOf(at: number, level: keyof typeof lengths): number {
    const name = show(at, level);
    let begin = Math.floor(at / 60_000) * 60_000;
    while (show(begin - 60_000, level) === name) begin -= 60_000;
    return begin;
  }
}
