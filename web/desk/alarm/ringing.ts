/** Which incidents ring, and until when: new ones that cannot wait. Pure. */
import type { QueueRow } from "../../../contract/incident.ts";
import type { News } from "../queue/queue.ts";

/** How loud: by priority; `alarm` where an indicator opened it and nobody judged it yet. */
export type Ring = 1 | 2 | "alarm";

/** Sources that are an alarm by themselves, whatever priority they have. */
const ALARMS: ReadonlySet<string> = new Set(["alarm"]);

export function ringOf({ priority, source }: QueueRow): Ring | null {
  if (priority === 1 || priority === 2) return priority;
  return ALARMS.has(source) ? "alarm" : null;
}

const LOUDNESS: Record<Ring, number> = { 1: 2, 2: 1, alarm: 0 };

export interface Ringing {
  /** What changed since the last time. Gives what began to ring: of what came, what cannot wait. */
  hear(news: News): QueueRow[];
  /** Somebody looked at it. */
  seen(id: string): void;
  /** Somebody heard all of them. */
  hush(): void;
  /** The loudest first. */
  readonly all: readonly { row: QueueRow; ring: Ring }[];
}

export function createRinging(): Ringing {
  const ringing = new Map<string, { row: QueueRow; ring: Ring }>();
  return {
    hear({ came, changed, gone }) {
      for (const { id } of gone) ringing.delete(id);
      // Judged meanwhile: it rings as it is now, or no more.
      for (const row of changed) {
        if (!ringing.delete(row.id)) continue;
        const ring = ringOf(row);
        if (ring !== null) ringing.set(row.id, { row, ring });
      }
      const begun = came.filter((row) => ringOf(row) !== null);
      for (const row of begun) ringing.set(row.id, { row, ring: ringOf(row)! });
      return begun;
    },
    seen: (id) => void ringing.delete(id),
    hush: () => ringing.clear(),
    get all() {
      return [...ringing.values()].sort(
        (a, b) =>
          LOUDNESS[b.ring] - LOUDNESS[a.ring] ||
          b.row.reportedAt - a.row.reportedAt,
      );
    },
  };
}
