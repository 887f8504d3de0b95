/** The newest position of every moving object; silent ones leave after ten periods (decisions B4). */
import type { PositionView } from "../../contract/position.ts";

const SILENT_PERIODS = 10;

export interface Positions {
  /** `late` never overwrites a newer one (R3); `duplicate` says nothing new. */
  put(view: PositionView, every: number): "new" | "late" | "duplicate";
  get(id: string): PositionView | null;
  ids(): Iterable<string>;
  /** Takes out objects that were silent for ten of their periods at `now`. */
  leave(now: number): string[];
  clear(): void;
}

export function createPositions(): Positions {
  const held = new Map<string, { view: PositionView; every: number }>();
  return {
    put(view, every) {
      const before = held.get(view.id)?.view;
      if (before && before.at > view.at) return "late";
      if (before && before.at === view.at)
        return before.lng === view.lng && before.lat === view.lat
          ? "duplicate"
          : "late";
      held.set(view.id, { view, every });
      return "new";
    },
    get: (id) => held.get(id)?.view ?? null,
    ids: () => held.keys(),
    leave(now) {
      const left: string[] = [];
      for (const [id, { view, every }] of held)
        if (now - view.at > SILENT_PERIODS * every) {
          held.delete(id);
          left.push(id);
        }
      return left;
    },
    clear: () => held.clear(),
  };
}
