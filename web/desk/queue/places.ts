/**
 * Nothing jumps under the pointer: while the list is held its rows keep their
 * places. What comes is counted until it is taken in, what left stays, marked. Pure.
 */
import type { QueueRow } from "../../../contract/incident.ts";

export interface Places {
  /** Rows keep their places from now on. */
  hold(): void;
  /** They follow the order again, at once. */
  release(): void;
  /** Takes in what came and drops what left; held or not as before. */
  takeIn(): void;
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
  /** Rows that wait to be taken in. */
  readonly arrived: number;
  readonly goneCount: number;
}

interface Held {
  ids: string[];
  known: Set<string>;
  arrived: Set<string>;
  gone: Map<string, QueueRow>;
}

/** @param order rows as they would stand */
export function createPlaces(order: () => readonly QueueRow[]): Places {
  let held: Held | null = null;

  function freeze(): void {
    const ids = order().map((row) => row.id);
    const [known, arrived] = [new Set(ids), new Set<string>()];
    held = { ids, known, arrived, gone: new Map() };
  }

  return {
    hold() {
      if (!held) freeze();
    },
    release: () => void (held = null),
    takeIn() {
      if (held) freeze();
    },
    came(id) {
      if (!held) return;
      if (held.known.has(id)) held.gone.delete(id);
      else held.arrived.add(id);
    },
    left(row) {
      if (!held || held.arrived.delete(row.id)) return;
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
      return held?.arrived.size ?? 0;
    },
    get goneCount() {
      return held?.gone.size ?? 0;
    },
  };
}
