/**
 * The three levels of roll-ups and the blocks they are stored in: minutes by
 * the hour, hours by the city's day, days by the city's month. A level's source
 * is the one before it; the first level's is the readings.
 */
import { HOUR, MINUTE } from "../../../contract/time.ts";
import type { Zone } from "../../../contract/zone.ts";
import type { Ruler } from "./buckets.ts";

export type LevelNo = 1 | 2 | 3;
export type LevelName = "minute" | "hour" | "day";

export interface Level {
  no: LevelNo;
  name: LevelName;
  /** The bucket an instant falls into, by its begin. */
  bucketOf(at: number): number;
  /** The block an instant falls into. */
  blockOf(at: number): number;
  /** When a block begins; it ends where the next begins. */
  startOf(block: number): number;
  ruler(block: number): Ruler;
}

export interface Levels {
  /** Hours since 1970, in which chunks and minutes are kept. */
  hourOf(at: number): number;
  startOfHour(hour: number): number;
  level(no: LevelNo): Level;
  named(name: LevelName): Level;
}

export function createLevels(zone: Zone): Levels {
  const lead = zone.hourLead;
  const hourOf = (at: number) => Math.floor((at + lead) / HOUR);
  const startOfHour = (hour: number) => hour * HOUR - lead;
  /** The city's day that an hour belongs to: the one in which it begins. */
  const dayOfHour = (at: number) => zone.dayOf(startOfHour(hourOf(at)));
  const firstHour = (day: number) => hourOf(zone.startOfDay(day) + HOUR - 1);
  const startOfDay = (day: number) => startOfHour(firstHour(day));
  const firstDay = (month: number) => zone.dayOf(zone.startOfMonth(month));
  const monthOfDay = (day: number) => zone.monthOf(zone.startOfDay(day));

  /** Buckets come by the thousand of one day. */
  let known = { from: 0, to: 0 };
  const bucketOfDay = (at: number) => {
    if (at < known.from || at >= known.to) {
      const day = dayOfHour(at);
      known = { from: startOfDay(day), to: startOfDay(day + 1) };
    }
    return known.from;
  };

  const minute: Level = {
    no: 1,
    name: "minute",
    bucketOf: (at) => Math.floor(at / MINUTE) * MINUTE,
    blockOf: hourOf,
    startOf: startOfHour,
    ruler: (hour) => ({
      indexOf: (at) => (at - startOfHour(hour)) / MINUTE,
      startOf: (index) => startOfHour(hour) + index * MINUTE,
    }),
  };
  const hour: Level = {
    no: 2,
    name: "hour",
    bucketOf: (at) => startOfHour(hourOf(at)),
    blockOf: dayOfHour,
    startOf: startOfDay,
    ruler: (day) => ({
      indexOf: (at) => hourOf(at) - firstHour(day),
      startOf: (index) => startOfHour(firstHour(day) + index),
    }),
  };
  const day: Level = {
    no: 3,
    name: "day",
    bucketOf: bucketOfDay,
    blockOf: (at) => monthOfDay(dayOfHour(at)),
    startOf: (month) => startOfDay(firstDay(month)),
    ruler: (month) => ({
      indexOf: (at) => dayOfHour(at) - firstDay(month),
      startOf: (index) => startOfDay(firstDay(month) + index),
    }),
  };
  const levels = [minute, hour, day] as const;
  return {
    hourOf,
    startOfHour,
    level: (no) => levels[no - 1]!,
    named: (name) => levels.find((each) => each.name === name)!,
  };
}
