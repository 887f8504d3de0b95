/** Keeps what was refused of a batch; where room is short, payload by payload. */
import type { Refused } from "./refusal-marks.ts";
import { OverCap } from "./sink.ts";

/**
 * @param left payload number → why it is left unsettled; a payload whose
 * refusals find no room is added
 * @returns the refusals that are kept
 */
export async function keepRefusals<T extends Refused & { payload: number }>(
  keep: (refused: readonly T[]) => Promise<void>,
  refused: readonly T[],
  left: Map<number, OverCap>,
): Promise<readonly T[]> {
  if (refused.length === 0) return refused;
  try {
    await keep(refused);
    return refused;
  } catch (error) {
    if (!(error instanceof OverCap)) throw error;
    const [first, ...others] = new Set(refused.map(({ payload }) => payload));
    if (others.length === 0) {
      left.set(first!, error);
      return [];
    }
    const kept: T[] = [];
    for (const number of [first!, ...others]) {
      const own = refused.filter(({ payload }) => payload === number);
      kept.push(...(await keepRefusals(keep, own, left)));
    }
    return kept;
  }
}
