/** What a change of an incident makes of the rows that statistics count, and the same from its history alone. Pure. */
import type { ActRow, Counted, StageRow } from "../../../contract/counted.ts";
import type { Held, HistoryLine } from "../../../contract/incident.ts";
import type { Calendar } from "../../../contract/work-time.ts";
import { actsOf } from "./acts.ts";
import { retold } from "./retold.ts";
import { stagesOf } from "./stages.ts";

/** @param line null where nothing happened but that rows are made anew */
export function countedOf(
  { incident, dossier }: Held,
  line: HistoryLine | null,
  calendar: Calendar,
): Counted {
  const { clocks, orders } = dossier;
  return {
    stages: stagesOf({ incident, clocks, orders }, calendar),
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
  calendar: Calendar,
): { stages: StageRow[]; acts: ActRow[] } {
  const { after, acts } = retold(history, dossier);
  const { clocks, orders } = after;
  return { stages: stagesOf({ incident, clocks, orders }, calendar), acts };
}
