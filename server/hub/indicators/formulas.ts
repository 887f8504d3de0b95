/** Reckons formulas from the boards of what they read. */
import type { Board } from "./board.ts";
import type { Entry } from "./entry.ts";
import { CITY } from "./source.ts";

/** Did anything that the formula reads change since it was last reckoned? */
export const isDue = ({ seen }: Entry, read: readonly Board[]): boolean =>
  read.some(({ version }, i) => version !== seen[i]);

/** @param read the boards of `entry.formula.reads`, in that order. */
export function reckon(entry: Entry, read: readonly Board[]): void {
  const { board } = entry;
  const formula = entry.formula!;
  entry.seen = read.map(({ version }) => version);
  for (let place = 0; place < board.places; place++) {
    if (!board.shows(place)) continue;
    // What is kept for the city only holds in every district.
    const at = read.map((of) => (of.shows(place) ? place : CITY));
    const value = formula.run((id) => {
      const i = formula.reads.indexOf(id);
      return read[i]!.fresh(at[i]!);
    });
    // A formula is as old as the oldest of what it reads.
    const oldest = Math.min(...read.map((of, i) => of.at(at[i]!)));
    if (oldest === -Infinity) continue;
    const receivedAt = Math.min(...read.map((of, i) => of.receivedAt(at[i]!)));
    board.set(place, value ?? NaN, read.length, oldest, receivedAt);
  }
}
