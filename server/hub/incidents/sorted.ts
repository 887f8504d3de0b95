import { leadOf } from "../lead.ts";

/**
 * Items in order, in short pieces: one goes in or out of hundreds of thousands
 * in microseconds, and the first few are at hand.
 */
export interface Sorted<T> {
  readonly size: number;
  add(item: T): void;
  /** Takes out what is equal in order; false where nothing is. */
  delete(item: T): boolean;
  /** The item of this rank, from 0; undefined beyond the last. Cheap for low ranks. */
  at(rank: number): T | undefined;
  first(most: number): T[];
  clear(): void;
}

/** A longer piece is cut in two: moving this many within an array costs less than a microsecond. */
const LONGEST = 1_024;

/** @param compare a total order: 0 only for the same item */
export function createSorted<T>(compare: (a: T, b: T) => number): Sorted<T> {
  /** None is empty. */
  const pieces: T[][] = [];
  let size = 0;

  /** The last piece that does not begin after the item, or the first. */
  const pieceOf = (item: T): number =>
    Math.max(
      0,
      leadOf(pieces.length, (i) => compare(pieces[i]![0]!, item) <= 0) - 1,
    );
  const rankIn = (piece: T[], item: T): number =>
    leadOf(piece.length, (i) => compare(piece[i]!, item) < 0);

  /** Joins a piece that became short with the next, so that there are never many. */
  function join(index: number): void {
    const piece = pieces[index]!;
    const next = pieces[index + 1];
    if (piece.length === 0) pieces.splice(index, 1);
    else if (next && piece.length + next.length <= LONGEST / 2)
      pieces.splice(index, 2, [...piece, ...next]);
  }

  return {
    get size() {
      return size;
    },
    add(item) {
      size++;
      if (pieces.length === 0) return void pieces.push([item]);
      const index = pieceOf(item);
      const piece = pieces[index]!;
      piece.splice(rankIn(piece, item), 0, item);
      if (piece.length > LONGEST)
        pieces.splice(index + 1, 0, piece.splice(LONGEST / 2));
    },
    delete(item) {
      const index = pieceOf(item);
      const piece = pieces[index];
      if (!piece) return false;
      const rank = rankIn(piece, item);
      if (rank === piece.length || compare(piece[rank]!, item) !== 0)
        return false;
      piece.splice(rank, 1);
      size--;
      join(index);
      return true;
    },
    at(rank) {
      let left = rank;
      for (const piece of pieces) {
        if (left < piece.length) return piece[left];
        left -= piece.length;
      }
      return undefined;
    },
    first(most) {
      const found: T[] = [];
      for (const piece of pieces) {
        if (found.length >= most) break;
        found.push(...piece.slice(0, most - found.length));
      }
      return found;
    },
    clear() {
      pieces.length = 0;
      size = 0;
    },
  };
}
