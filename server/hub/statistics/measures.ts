/** What the hub measures of its own incidents for the indicators of domain.md §8. Pure. */
import type { Share } from "../../../contract/statistics.ts";
import {
  ACT_PLACE,
  ACTS,
  countOf,
  noCounts,
  totalOf,
  type Counts,
} from "../../../contract/counted.ts";
import { figuresOf } from "./figures.ts";

/** `name` for the city, `name@district` for a district; a rate is what it is the share of; null = no data. */
export type Measures = Record<string, number | Share | null>;

type CountsOf = ReadonlyMap<string, Counts>;

/** Figures of a day for the city and each district. @param hotline sources that are the hotline's */
export function ratesOf(
  counts: { district: CountsOf; source: CountsOf },
  {
    districts,
    hotline,
  }: { districts: readonly string[]; hotline: readonly string[] },
): Measures {
  const measured: Measures = {};
  const put = (at: string, of: Counts) => {
    const figures = figuresOf(of);
    measured[`onTimeCloseRate${at}`] = figures.onTime;
    measured[`onTimeRate${at}`] = figures.handled;
    measured[`reworkRate${at}`] = figures.rework;
    measured[`dispatchAccuracy${at}`] = figures.accuracy;
  };
  put("", totalOf(counts.district.values()));
  for (const code of districts)
    put(`@${code}`, counts.district.get(code) ?? noCounts());
  const its = hotline.flatMap((source) => counts.source.get(source) ?? []);
  return { ...measured, ...hotlineOf(totalOf(its)) };
}

function hotlineOf(its: Counts): Measures {
  const { closed, satisfaction } = figuresOf(its);
  const reopened = its[ACT_PLACE + ACTS.indexOf("reopened")]!;
  return {
    hotlineResponseRate: {
      n: countOf(its, "accept.kept"),
      of: countOf(its, "accept.settled"),
    },
    hotlineResolveRate: { n: Math.max(0, closed - reopened), of: closed },
    hotlineSatisfaction: satisfaction,
  };
}

/** Registered since the city's midnight. @param counts of that time */
export const registeredOf = (
  { district }: { district: CountsOf },
  districts: readonly string[],
): Measures =>
  Object.fromEntries([
    ["registeredToday", countOf(totalOf(district.values()), "registered")],
    ...districts.map((code): [string, number] => [
      `registeredToday@${code}`,
      countOf(district.get(code) ?? noCounts(), "registered"),
    ]),
  ]);

/** Of the open incidents: how many there are, and how many are past the limit that presses them. */
export function openOf(
  open: Iterable<{
    district: string | null;
    due: { dueAt: number | null } | null;
  }>,
  { districts, now }: { districts: readonly string[]; now: number },
): Measures {
  const measured: Record<string, number> = {};
  for (const at of ["", ...districts.map((code) => `@${code}`)]) {
    measured[`openIncidents${at}`] = 0;
    measured[`overdueOpen${at}`] = 0;
  }
  for (const { district, due } of open) {
    const isLate = due !== null && due.dueAt !== null && due.dueAt < now;
    for (const at of ["", `@${district}`]) {
      // An incident of no district, or of one that the city has no more, is the city's alone.
      if (!(`openIncidents${at}` in measured)) continue;
      measured[`openIncidents${at}`]!++;
      if (isLate) measured[`overdueOpen${at}`]!++;
    }
  }
  return measured;
}
