/** What clocks do by themselves: they urge at 50, 80 and 100 per cent (domain.md §4). */
import type { Held } from "../../../contract/incident.ts";
import type { Mark } from "../../../contract/clock.ts";
import type { StageClock } from "../../../contract/dossier.ts";
import { tellMarks } from "./clock.ts";
import { marksDue, nextMark } from "./clock-face.ts";
import type { Calendar } from "../../../contract/work-time.ts";

export interface Urging extends Pick<StageClock, "stage" | "order"> {
  /** The highest that was reached. */
  mark: Mark;
}

/** When the next mark of any of its clocks falls; null where none will. */
export function nextUrging({ dossier }: Held, calendar: Calendar) {
  let next: number | null = null;
  for (const { clock } of dossier.clocks) {
    const at = nextMark(clock, calendar)?.at ?? null;
    if (at !== null && (next === null || at < next)) next = at;
  }
  return next;
}

/** An incident whose clocks reached marks that nobody was told of, one revision later; null where none did. */
export function urged(
  held: Held,
  calendar: Calendar,
  now: number,
): { held: Held; urgings: Urging[] } | null {
  const urgings: Urging[] = [];
  const clocks = held.dossier.clocks.map((each) => {
    const marks = marksDue(each.clock, calendar, now);
    if (marks.length === 0) return each;
    urgings.push({ stage: each.stage, order: each.order, mark: marks.at(-1)! });
    return { ...each, clock: tellMarks(each.clock, marks) };
  });
  if (urgings.length === 0) return null;
  const { incident, dossier } = held;
  return {
    urgings,
    held: {
      incident: { ...incident, rev: incident.rev + 1 },
      dossier: { ...dossier, clocks, urges: dossier.urges + 1 },
    },
  };
}
