/** What the hub measures of its own incidents for the indicators of domain.md §8. Pure. */
import type { Share } from "../../../contract/statistics.ts";
import { cellsOf, figuresOf, type Cells } from "./figures.ts";

/** `name` for the city, `name@district` for a district; a rate is what it is the share of; null = no data. */
export type Measures = Record<string, number | Share | null>;

/** Figures of a day for the city and each district. @param hotline sources that are the hotline's */
export function ratesOf(
  cells: Cells,
  {
    districts,
    hotline,
  }: { districts: readonly string[]; hotline: readonly string[] },
): Measures {
  const measured: Measures = {};
  const put = (at: string, of: Cells) => {
    const figures = figuresOf(of);
    measured[`onTimeCloseRate${at}`] = figures.onTime;
    measured[`onTimeRate${at}`] = figures.handled;
    measured[`reworkRate${at}`] = figures.rework;
    measured[`dispatchAccuracy${at}`] = figures.accuracy;
  };
  put("", cells);
  for (const code of districts)
    put(`@${code}`, cellsOf(cells, "district", code));
  return { ...measured, ...hotlineOf(cells, hotline) };
}

function hotlineOf(cells: Cells, hotline: readonly string[]): Measures {
  const isIts = ({ source }: { source: string }) => hotline.includes(source);
  const its: Cells = {
    settled: cells.settled.filter(isIts),
    settledFirst: cells.settledFirst.filter(isIts),
    acts: cells.acts.filter(isIts),
  };
  const { closed, satisfaction } = figuresOf(its);
  const sum = (all: readonly { n: number }[]) =>
    all.reduce((of, { n }) => of + n, 0);
  const accepted = its.settled.filter(({ stage }) => stage === "accept");
  const reopened = sum(its.acts.filter(({ act }) => act === "reopened"));
  return {
    hotlineResponseRate: {
      n: accepted.reduce((of, { kept }) => of + kept, 0),
      of: sum(accepted),
    },
    hotlineResolveRate: { n: Math.max(0, closed - reopened), of: closed },
    hotlineSatisfaction: satisfaction,
  };
}

/** Registered since the city's midnight. @param cells of that time */
export function registeredOf(
  { acts }: Pick<Cells, "acts">,
  districts: readonly string[],
): Measures {
  const registered = acts.filter(({ act }) => act === "registered");
  const sum = (all: readonly { n: number }[]) =>
    all.reduce((of, { n }) => of + n, 0);
  return Object.fromEntries([
    ["registeredToday", sum(registered)],
    ...districts.map((code): [string, number] => [
      `registeredToday@${code}`,
      sum(registered.filter(({ district }) => district === code)),
    ]),
  ]);
}

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
