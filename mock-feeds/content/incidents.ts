import { createRandom, type Random } from "../city/random.ts";
import type { Moment } from "../department.ts";
import { isoIn } from "../world/zone.ts";

/** An item of `incidents/1`, or with `ai` of `incidents/2`, without its times. */
export interface Report {
  externalId: string;
  source: string;
  category?: string;
  title: string;
  description?: string;
  level?: 1 | 2 | 3 | 4;
  lng: number;
  lat: number;
  address?: string;
  reporter?: { name: string; phone: string };
  camera?: string;
  confidence?: number;
  attachments?: { url: string; kind: string }[];
  ai?: {
    algorithmCode: string;
    /** Shares of the picture. */
    box: { x: number; y: number; width: number; height: number };
  };
}

/** Something that happens in the city and is over some time later (city time). */
export interface Happening {
  at: number;
  endsAt: number;
  report: Report;
}

const MINUTE = 60_000;
/** After a start, what happened in the last day is told again: the hub knows it or learns it. */
const REMEMBERED = 24 * 60 * MINUTE;

/**
 * Tells incidents as they happen, and again when they are over. What happens
 * in a minute is drawn from the seed and that minute alone, so a department
 * that was restarted tells the same incidents under the same ids.
 */
export function createIncidentStream(options: {
  seed: number;
  name: string;
  timeZone: string;
  /** What happens in the minute that begins at `at` (city time). */
  minute(random: Random, at: number): Happening[];
}): (moment: Moment) => unknown[] {
  const { seed, name, timeZone } = options;
  let next: number | null = null;
  let ahead: Happening[] = [];
  let open: Happening[] = [];

  return ({ time, wall }) => {
    next ??= Math.floor((time - REMEMBERED) / MINUTE) * MINUTE;
    for (; next <= time; next += MINUTE) {
      const random = createRandom(seed, `${name}/${next / MINUTE}`);
      ahead.push(...options.minute(random, next));
    }
    const iso = (at: number) => isoIn(timeZone, Math.round(wall(at)));
    const tell = ({ at, endsAt, report }: Happening) => ({
      ...report,
      reportedAt: iso(at),
      ...(endsAt <= time && { closedAt: iso(endsAt) }),
    });

    const begun = ahead.filter(({ at }) => at <= time);
    const over = open.filter(({ endsAt }) => endsAt <= time);
    ahead = ahead.filter(({ at }) => at > time);
    open = [...open, ...begun].filter(({ endsAt }) => endsAt > time);
    return [...begun, ...over].map(tell);
  };
}

/** How long handling takes: most are quick, some take hours. `median` in ms. */
export const handlingTime = (random: Random, median: number): number =>
  median * Math.exp(0.7 * random.bell());
