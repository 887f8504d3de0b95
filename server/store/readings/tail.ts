/** The end of the log that is not folded yet, in memory. */
import { randomInt } from "node:crypto";
import type { ReadingRows } from "../../../contract/reading.ts";
import { RowList } from "./rows.ts";

/**
 * Secret factors of this process. A sender chooses instants as it likes: with a
 * hash that it can compute, half a million of them would lie on one slot.
 */
const [A, B, C, D] = [factor(), factor(), factor(), factor()];

/**
 * Rows of the log from one fold to the next, with an index on (series, at)
 * that is built only when someone asks: most rows are never asked for.
 */
export class Stretch {
  readonly rows = new RowList();
  /** The log's number of the newest block in here. */
  upto: number;
  /** When the first row came, epoch ms; Infinity while empty. */
  since = Infinity;
  /** Row + 1 by hash of (series, at), open addressing; 0 is free. */
  #slots = new Int32Array(1024);
  #indexed = 0;

  constructor(upto: number) {
    this.upto = upto;
  }

  add(seq: number, rows: ReadingRows, now: number): void {
    this.rows.pushAll(rows);
    this.upto = seq;
    if (rows.count > 0) this.since = Math.min(this.since, now);
  }

  /** The newest row at (series, at), or −1. */
  find(series: number, at: number): number {
    if (this.#indexed < this.rows.count) this.#index();
    return this.#slots[this.#slotOf(series, at)]! - 1;
  }

  #index(): void {
    const { count } = this.rows;
    if (2 * count > this.#slots.length) {
      let size = this.#slots.length;
      while (size < 4 * count) size *= 2;
      this.#slots = new Int32Array(size);
      this.#indexed = 0;
    }
    for (let row = this.#indexed; row < count; row++)
      this.#slots[this.#slotOf(this.rows.series[row]!, this.rows.at[row]!)] =
        row + 1;
    this.#indexed = count;
  }

  /** The slot that holds (series, at), or the free one where it belongs. */
  #slotOf(series: number, at: number): number {
    const slots = this.#slots;
    const { rows } = this;
    const mask = slots.length - 1;
    const hash = hashOf(series, at);
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const row = slots[slot]! - 1;
      if (row < 0 || (rows.series[row] === series && rows.at[row] === at))
        return slot;
    }
  }
}

function factor(): number {
  return randomInt(2 ** 32) | 0;
}

/** HOT PATH. Each part times a secret of its own: no difference between two instants cancels whatever the secrets are. */
function hashOf(series: number, at: number): number {
  const low = at | 0;
  let hash =
    Math.imul(A, low & 0xffff) +
    Math.imul(B, low >>> 16) +
    Math.imul(C, (at * 2 ** -32) | 0) +
    Math.imul(D, series);
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return hash ^ (hash >>> 15);
}
