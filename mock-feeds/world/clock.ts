import { offsetAt } from "./zone.ts";

/**
 * Real time and the city's own. With `--speed 60` a minute of real time is an
 * hour of the city: its rush hours, its storm; with `--hour 8` the city wakes
 * at eight whatever the real hour is. What is sent is always stamped with real
 * time, because a hub refuses the future.
 */
export interface Clock {
  readonly speed: number;
  /** City time of a real time, epoch ms. */
  city(wall: number): number;
  /** Real time of a city time; before the start both ran alike. */
  wall(city: number): number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** @param ahead by how much the city's time is ahead of the real one at the start, ms */
export function createClock(
  speed: number,
  startedAt: number,
  ahead = 0,
): Clock {
  const begin = startedAt + ahead;
  return {
    speed,
    city: (wall) =>
      wall <= startedAt ? wall + ahead : begin + (wall - startedAt) * speed,
    wall: (city) =>
      city <= begin ? city - ahead : startedAt + (city - begin) / speed,
  };
}

/** How far ahead a city must be for its clocks to show `hour` now: −12 h … 12 h, in ms. */
export function aheadFor(hour: number, zone: string, now: number): number {
  const local = (now + offsetAt(zone, now)) % DAY;
  const wanted = hour * HOUR - local;
  return wanted - Math.round(wanted / DAY) * DAY;
}
