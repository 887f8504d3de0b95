/** What another calendar would do to the clocks that run (docs/clocks.md K1). */
import type { Held } from "../../../contract/incident.ts";
import type { Calendar } from "../../../contract/work-time.ts";
import { deadlineOf } from "./clock-face.ts";

export interface Moved {
  /** Clocks of the incidents that nothing stopped. */
  running: number;
  /** Those whose deadline is another. */
  moved: number;
  /** Those that are overdue by that alone. */
  overdue: number;
}

/** Counts over open incidents; a clock that is paused has no deadline to move. */
export function clocksMoved(
  open: readonly Pick<Held, "dossier">[],
  { from, to, now }: { from: Calendar; to: Calendar; now: number },
): Moved {
  const found: Moved = { running: 0, moved: 0, overdue: 0 };
  for (const { dossier } of open)
    for (const { clock } of dossier.clocks) {
      if (clock.stoppedAt !== null) continue;
      found.running++;
      const [was, is] = [deadlineOf(clock, from), deadlineOf(clock, to)];
      if (was === null || is === null || was === is) continue;
      found.moved++;
      if (was >= now && is < now) found.overdue++;
    }
  return found;
}
