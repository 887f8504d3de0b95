/** The newest position of every moving object; silent ones leave after ten periods (decisions B4). */
import type { PositionView } from "../../contract/position.ts";

/** After so many periods of silence an object is no longer shown. */
export const SILENT_PERIODS = 10;

/**
 * `late` never overwrites a newer one (R3); `correction` says something else of
 * the newest one's instant; `duplicate` says nothing new.
 */
export type Verdict = "new" | "correction" | "late" | "duplicate";

export interface Positions {
  /** @param district code of where it is; null = in none */
  put(view: PositionView, every: number, district: string | null): Verdict;
  get(id: string): PositionView | null;
  /** Where it is now; null where it is in no district, or gone. */
  districtOf(id: string): string | null;
  ids(): Iterable<string>;
  /** Takes out objects that were silent for ten of their periods at `now`. */
  leave(now: number): string[];
  clear(): void;
}

/** Has an object that speaks every so often been silent for so long that it is no longer shown? */
export const hasLeft = (at: number, every: number, now: number) =>
  now - at > SILENT_PERIODS * every;

/** Does it say the same, its kind apart? */
export const isSameTrace = (a: PositionView, b: PositionView) =>
  a.at === b.at &&
  a.lng === b.lng &&
  a.lat === b.lat &&
  a.speed === b.speed &&
  a.heading === b.heading &&
  a.alarms.length === b.alarms.length &&
  a.alarms.every((alarm, i) => alarm === b.alarms[i]);

export function createPositions(): Positions {
  const held = new Map<
    string,
    { view: PositionView; every: number; district: string | null }
  >();
  return {
    put(view, every, district) {
      const before = held.get(view.id)?.view;
      if (before && before.at > view.at) return "late";
      if (before && before.kind === view.kind && isSameTrace(before, view))
        return "duplicate";
      held.set(view.id, { view, every, district });
      return before?.at === view.at ? "correction" : "new";
    },
    get: (id) => held.get(id)?.view ?? null,
    districtOf: (id) => held.get(id)?.district ?? null,
    ids: () => held.keys(),
    leave(now) {
      const left: string[] = [];
      for (const [id, { view, every }] of held)
        if (hasLeft(view.at, every, now)) {
          held.delete(id);
          left.push(id);
        }
      return left;
    },
    clear: () => held.clear(),
  };
}
