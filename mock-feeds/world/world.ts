import { wander } from "./chance.ts";
import { clamp, ramp, toPoint } from "../city/plane.ts";
import { createNoise, hashOf } from "../city/random.ts";
import type { City, Position } from "../city/types.ts";
import {
  CALM,
  PEAK_RAIN,
  STORM_SPAN,
  stormAt,
  stormPassage,
  stormRainSum,
  type Storm,
} from "./storm.ts";
import { urbanArea } from "./urban.ts";
import { offsetAt } from "./zone.ts";

/**
 * The city that all departments look at: hours and rush hours, weather, roads
 * and the storm. It is a function of the seed and the time and remembers only
 * when the storm began, so two departments that never speak to each other see
 * the same rain. Times are city time, epoch ms; positions [lng, lat].
 */
export interface World {
  /** Lets the storm begin at this city time. */
  startStorm(at: number): void;
  /** City time at which the last storm began; −Infinity where there was none. */
  readonly stormBegan: number;
  /** City time since the storm began; null in calm weather. */
  stormElapsed(at: number): number | null;
  storm(at: number): Storm;

  /** Local hour of the day, 0 … 24. */
  hour(at: number): number;
  /** Local midnight before this instant. */
  midnight(at: number): number;
  /** Monday–Friday and make-up days, without holidays. */
  workday(at: number): boolean;
  /** Demand on the roads: 0.05 at night … 1 in the worst rush hour. */
  traffic(at: number): number;
  /** People awake and about: 0.1 … 1. */
  bustle(at: number): number;

  /** 0 the road is free … 1 nothing moves. */
  congestion(place: Position, at: number): number;
  /** mm/h */
  rain(place: Position, at: number): number;
  /** mm that fell here in the last `hours`; a storm's minutes count for its hours. */
  rainSum(place: Position, at: number, hours: number): number;
  /** ℃ */
  temperature(place: Position, at: number): number;
  /** The day's highest so far: it comes at half past two, or stands since midnight. */
  warmest(place: Position, at: number): number;
  /** m/s, the mean of ten minutes */
  wind(place: Position, at: number): number;
  /** Degrees from which the wind comes. */
  windDirection(at: number): number;
  /** % */
  humidity(place: Position, at: number): number;
  /** 0 clean … 1 the worst haze of the year. */
  haze(place: Position, at: number): number;
  /** How much of the storm falls here: 0 outside … 1 below its core. */
  stormShare(place: Position, at: number): number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const RAIN_SAMPLES = 8;

/** A bell around an hour of the day. */
const peak = (hour: number, centre: number, width: number): number =>
  Math.exp(-(((hour - centre) / width) ** 2));

export function createWorld(city: City, seed: number): World {
  const salt = (name: string) => hashOf(`${seed}/${name}`);
  const cloud = createNoise(seed, "world/cloud", 9000, 3);
  const jam = createNoise(seed, "world/jam", 2500, 2);
  const air = createNoise(seed, "world/air", 12_000, 2);
  const warmth = createNoise(seed, "world/warmth", 8000, 2);
  const seeds = {
    temperature: salt("temperature"),
    wind: salt("wind"),
    windDirection: salt("windDirection"),
    haze: salt("haze"),
    showers: salt("showers"),
    jam: salt("jam"),
  };
  const offset = offsetAt(city.timeZone, Date.UTC(2026, 0, 1));
  const special = new Map(city.calendar.map((day) => [day.date, day.kind]));
  const urban = urbanArea(city);
  let stormBegan = -Infinity;

  const hour = (at: number) => ((((at + offset) % DAY) + DAY) % DAY) / HOUR;
  const midnight = (at: number) =>
    Math.floor((at + offset) / DAY) * DAY - offset;

  let knownDay = NaN;
  let knownWorkday = true;
  function workday(at: number): boolean {
    const day = Math.floor((at + offset) / DAY);
    if (day === knownDay) return knownWorkday;
    const date = new Date(day * DAY);
    const weekend = date.getUTCDay() % 6 === 0;
    const kind = special.get(date.toISOString().slice(0, 10));
    knownDay = day;
    knownWorkday = kind ? kind !== "holiday" : !weekend;
    return knownWorkday;
  }

  function traffic(at: number): number {
    const h = hour(at);
    const awake = ramp(h, 5, 7.5) * (1 - 0.85 * ramp(h, 20.5, 24));
    const rush = workday(at)
      ? 0.62 * peak(h, 7.9, 1.1) + 0.66 * peak(h, 18, 1.4)
      : 0.3 * peak(h, 11, 2.2) + 0.4 * peak(h, 17.5, 2.4);
    return clamp(0.05 + 0.32 * awake + rush, 0.05, 1);
  }

  function bustle(at: number): number {
    const h = hour(at);
    const day = ramp(h, 5.5, 9) * (1 - ramp(h, 20, 24));
    const evening = (workday(at) ? 0.15 : 0.3) * peak(h, 19.5, 2);
    return clamp(0.1 + 0.7 * day + evening, 0.1, 1);
  }

  const elapsed = (at: number) => {
    const since = at - stormBegan;
    return since >= 0 && since < STORM_SPAN ? since : null;
  };
  const storm = (at: number) => {
    const since = elapsed(at);
    return since === null ? CALM : stormAt(since);
  };

  function stormShare(place: Position, at: number): number {
    const since = elapsed(at);
    if (since === null) return 0;
    const [x, y] = toPoint(place);
    const core = urban.x + stormPassage(since) * urban.reach;
    const off = Math.hypot((x - core) / 1.5, y - urban.y) / urban.reach;
    const ragged = 0.12 * cloud(x - since / 40, y);
    return clamp(Math.exp(-1.1 * off * off) + ragged, 0, 1);
  }

  /** Light showers drift over on some days; the storm is another thing. */
  function shower(place: Position, at: number): number {
    const day = wander(seeds.showers, at / (9 * HOUR)) - 0.55;
    if (day <= 0) return 0;
    const [x, y] = toPoint(place);
    return 8 * day * Math.max(0, cloud(x - at / 150, y + at / 400));
  }

  function rain(place: Position, at: number): number {
    const violent = storm(at).rain;
    const fall = shower(place, at);
    if (violent === 0) return fall;
    return fall + PEAK_RAIN * violent * stormShare(place, at);
  }

  /** How much of the whole storm a place gets: its distance from the core's way. */
  function stormTrack(place: Position): number {
    const [x, y] = toPoint(place);
    const aside = (y - urban.y) / urban.reach;
    const beyond =
      Math.max(0, Math.abs(x - urban.x) - 0.6 * urban.reach) /
      (1.5 * urban.reach);
    return Math.exp(-1.1 * (aside * aside + beyond * beyond)) * 0.85;
  }

  function rainSum(place: Position, at: number, hours: number): number {
    let sum = 0;
    for (let i = 0; i < RAIN_SAMPLES; i++)
      sum += shower(place, at - ((i + 0.5) / RAIN_SAMPLES) * hours * HOUR);
    sum *= hours / RAIN_SAMPLES;
    const since = elapsed(at);
    if (since === null) return sum;
    return sum + stormRainSum(since, hours) * stormTrack(place);
  }

  function fairTemperature(place: Position, at: number): number {
    const [x, y] = toPoint(place);
    const year = (at + offset) / (365.25 * DAY);
    const season = 17 - 11.5 * Math.cos(2 * Math.PI * (year - 0.055));
    const daily = 4.2 * Math.cos((2 * Math.PI * (hour(at) - 14.5)) / 24);
    const spell = 3 * wander(seeds.temperature, at / (2.5 * DAY));
    const island = 1.4 * urban.share(x, y);
    return season + daily + spell + island + 0.5 * warmth(x, y);
  }

  function temperature(place: Position, at: number): number {
    return fairTemperature(place, at) - 6 * storm(at).rain;
  }

  function warmest(place: Position, at: number): number {
    const begun = midnight(at);
    const peak = Math.min(at, begun + 14.5 * HOUR);
    return Math.max(
      fairTemperature(place, begun),
      fairTemperature(place, peak),
    );
  }

  function wind(place: Position, at: number): number {
    const [x, y] = toPoint(place);
    const calm = 2.6 + 1.6 * wander(seeds.wind, at / (5 * HOUR));
    const gusts = 0.5 * wander(seeds.wind + 1, at / 240_000 + x / 9000);
    const squall = 15 * storm(at).wind * (0.6 + 0.4 * stormShare(place, at));
    return Math.max(0.1, calm + gusts - 0.8 * urban.share(x, y) + squall);
  }

  function congestion(place: Position, at: number): number {
    const [x, y] = toPoint(place);
    const demand = traffic(at) * (0.5 + 0.6 * urban.share(x, y));
    const corner = jam(x, y);
    const minutes = wander(seeds.jam, at / 900_000 + x / 3000 + y / 5000);
    const wet = 0.04 * Math.min(5, rain(place, at));
    const flooded =
      storm(at).streets * stormShare(place, at) * (0.4 + 0.5 * corner);
    return clamp(
      demand * (0.72 + 0.34 * corner + 0.12 * minutes + wet) +
        Math.max(0, flooded),
      0,
      0.97,
    );
  }

  function haze(place: Position, at: number): number {
    const [x, y] = toPoint(place);
    const spell = 0.5 + 0.5 * wander(seeds.haze, at / (1.7 * DAY));
    const daily = 0.1 * peak(hour(at), 8.5, 2) + 0.08 * peak(hour(at), 21, 3);
    const local = 0.12 * air(x - at / 700, y) + 0.1 * urban.share(x, y);
    const washed = 1 - 0.7 * storm(at).pipes - 0.03 * rain(place, at);
    return clamp((0.12 + 0.45 * spell + daily + local) * clamp(washed, 0.2, 1));
  }

  return {
    startStorm: (at) => {
      stormBegan = at;
    },
    get stormBegan() {
      return stormBegan;
    },
    stormElapsed: elapsed,
    storm,
    hour,
    midnight,
    workday,
    traffic,
    bustle,
    congestion,
    rain,
    rainSum,
    temperature,
    warmest,
    wind,
    windDirection: (at) =>
      (((140 + 90 * wander(seeds.windDirection, at / (7 * HOUR))) % 360) +
        360) %
      360,
    humidity: (place, at) =>
      clamp(
        62 +
          14 * wander(seeds.showers, at / (9 * HOUR)) -
          9 * Math.cos((2 * Math.PI * (hour(at) - 14.5)) / 24) +
          30 * Math.min(1, rain(place, at) / 8),
        20,
        100,
      ),
    haze,
    stormShare,
  };
}
