import type {
  Limit,
  LimitRow,
  LimitStage,
  MatterClass,
} from "../../../contract/limit.ts";

/** What of an incident chooses its limit. */
export interface LimitQuestion {
  /** null while nobody said what it is. */
  category: string | null;
  /** Categories that it is a kind of, the nearest first. */
  parents: readonly string[];
  matterClass: MatterClass;
  stage: LimitStage;
}

/**
 * The limit of a step that begins now (docs/clocks.md K10): a row of the
 * category itself stands before one of its major, that before one of every
 * category; among rows of one category the one that names the class.
 * @returns null where no row speaks of the step: it has no clock then.
 */
export function limitFor(
  rows: readonly LimitRow[],
  { category, parents, matterClass, stage }: LimitQuestion,
): Limit | null {
  for (const code of category === null ? [null] : [category, ...parents, null])
    for (const named of [matterClass, null]) {
      const row = rows.find(
        (each) =>
          each.stage === stage &&
          each.category === code &&
          each.matterClass === named,
      );
      if (row) return { amount: row.amount, type: row.type };
    }
  return null;
}
