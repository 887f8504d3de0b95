/** What a change of an incident makes of the rows that statistics count, and the same from its history alone. Pure. */
import type { Counted } from "../../../contract/counted.ts";
import type { Held, HistoryLine } from "../../../contract/incident.ts";
import type { Rules } from "../incidents/held.ts";
import { actsOf } from "./acts.ts";
import { retold } from "./retold.ts";
import { stagesOf } from "./stages.ts";

/** What rows are made by. */
export type CountedBy = Pick<Rules, "calendar" | "townAt">;

const townOf = (
  { lng, lat }: Held["incident"],
  { townAt }: CountedBy,
): string | null => (lng === null || lat === null ? null : townAt(lng, lat));

/** @param line null where nothing happened but that rows are made anew */
export function countedOf(
  { incident, dossier }: Held,
  line: HistoryLine | null,
  by: CountedBy,
): Counted {
  const { clocks, orders } = dossier;
  return {
    town: townOf(incident, by),
    stages: stagesOf({ incident, clocks, orders }, by.calendar),
    acts: line ? actsOf(line, dossier) : [],
    undone: line?.what === "undo" ? line.rev - 1 : null,
  };
}

/**
 * The same rows from nothing but the history and the instant of closing: what
 * the stored rows are held against. Clocks that it does not tell, because it
 * was written before first lines told theirs, are taken from the dossier.
 */
export function recounted(
  { incident, dossier }: Held,
  history: readonly HistoryLine[],
  by: CountedBy,
): Omit<Counted, "undone"> {
  const { after, acts } = retold(history, dossier);
  const { clocks, orders } = after;
  return {
    town: townOf(incident, by),
    stages: stagesOf({ incident, clocks, orders }, by.calendar),
    acts,
  };
}
