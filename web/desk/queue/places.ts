/**
 * Nothing jumps under the pointer: while the list is held the rows that were in
 * sight keep their places. What comes among them is counted until it is taken
 * in, what left stays, marked; what lies below follows the order. Pure.
 */
import type { QueueRow } from "../../../contract/incident.ts";

export interface Places {
  /** Rows keep their places from now on. */
  hold(): void;
  /** They follow the order again, at once. */
  release(): void;
  /** Takes in what came and drops what left; held or not as before. */
  takeIn(): void;
  /**
   * Whatever stands after the rows in sight may come and go unseen: held or
   * not, an empty or a short list fills by itself.
   * @param end the first place below what is in sight
   * @returns whether anything was put elsewhere
   */
  settle(end: number): boolean;
  /** Somebody looked at it: it waits on, and is nothing new. */
  seen(id: string): void;
  came(id: string): void;
  left(row: QueueRow): void;
  readonly isHeld: boolean;
  readonly length: number;
  /** Id of the row at a place. */
  at(place: number): string | undefined;
  /** Place of a row, or -1. */
  of(id: string): number;
  /** How it was when it left; undefined where it is there. */
  gone(id: string): QueueRow | undefined;
  /** Rows that wait to be taken in, but for those that somebody has seen. */
  readonly arrived: number;
  readonly goneCount: number;
}

interface Held {
  ids: string[];
  known: Set<string>;
  arrived: Set<string>;
  seen: Set<string>;
  /** Something below may not be in order any more. */
  isLoose: boolean;
  /** Up to where it was settled. */
  end: number;
  gone: Map<string, QueueRow>;
}

/** @param order rows as they would stand */
export function createPlaces(order: () => readonly QueueRow[]): Places {
  let held: Held | null = null;

  function freeze(): void {
    const ids = order().map((row) => row.id);
    const [known, arrived] = [new Set(ids), new Set<string>()];
    held = {
      ...{ ids, known, arrived, seen: new Set<string>(), gone: new Map() },
      ...{ isLoose: false, end: Infinity },
    };
  }

  return {
    hold() {
      if (!held) freeze();
    },
    release: () => void (held = null),
    takeIn() {
      if (held) freeze();
    },
    settle(end) {
      if (!held) return false;
      const isHigher = end < held.end && held.arrived.size + held.gone.size > 0;
      if (!held.isLoose && !isHigher) return false;
      const rows = order();
      const head = held.ids.slice(0, end);
      const inSight = new Set(head);
      const { known, arrived, seen, gone } = held;
      const last = head.findLast((id) => !gone.has(id));
      // Whatever the order puts behind the last one in sight.
      const after = rows.findIndex(({ id }) => id === last) + 1;
      const below = rows
        .filter(
          ({ id }, i) => !inSight.has(id) && (i >= after || known.has(id)),
        )
        .map(({ id }) => id);
      for (const id of below) {
        arrived.delete(id);
        seen.delete(id);
      }
      for (const id of gone.keys()) if (!inSight.has(id)) gone.delete(id);
      held.ids = [...head, ...below];
      held.known = new Set(held.ids);
      [held.isLoose, held.end] = [false, end];
      return true;
    },
    seen(id) {
      if (held?.arrived.has(id)) held.seen.add(id);
    },
    came(id) {
      if (!held) return;
      held.isLoose = true;
      if (held.known.has(id)) held.gone.delete(id);
      else held.arrived.add(id);
    },
    left(row) {
      if (!held) return;
      held.isLoose = true;
      held.seen.delete(row.id);
      if (held.arrived.delete(row.id)) return;
      if (held.known.has(row.id)) held.gone.set(row.id, row);
    },
    get isHeld() {
      return held !== null;
    },
    get length() {
      return held ? held.ids.length : order().length;
    },
    at: (place) => (held ? held.ids[place] : order()[place]?.id),
    of: (id) =>
      held ? held.ids.indexOf(id) : order().findIndex((row) => row.id === id),
    gone: (id) => held?.gone.get(id),
    get arrived() {
      return held ? held.arrived.size - held.seen.size : 0;
    },
    get goneCount() {
      return held?.gone.size ?? 0;
    },
  };
}
