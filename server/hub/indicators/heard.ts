import { AHEAD } from "../../../contract/time.ts";
import { grown } from "../sensors/columns.ts";
import type { Reader, Writer } from "./stream.ts";

/** Entries per accumulator: newest `at`, newest receipt. */
const ENTRY = 2;

/** Who spoke last, per accumulator, and who spoke since the last evaluation. Hot path: `hear`. */
export class Heard {
  #newest = new Float64Array(0);
  #marked = new Uint8Array(0);
  #marks: number[] = [];
  /** Endless where the sources keep their own time. */
  #ahead = Infinity;

  hear(acc: number, at: number, receivedAt: number): void {
    if (at > receivedAt + this.#ahead) return;
    if (acc >= this.#marked.length) this.#grow(acc + 1);
    const i = ENTRY * acc;
    if (at > this.#newest[i]!) this.#newest[i] = at;
    if (receivedAt > this.#newest[i + 1]!) this.#newest[i + 1] = receivedAt;
    this.mark(acc);
  }

  #grow(count: number): void {
    this.#marked = grown(this.#marked, count);
    this.#newest = grown(this.#newest, ENTRY * this.#marked.length, -Infinity);
  }

  /** By the wall nobody is heard from the future: one such time would keep a value live until then. */
  follow(isOnWall: boolean): void {
    this.#ahead = isOnWall ? AHEAD : Infinity;
    for (let acc = 0; acc < this.#marked.length; acc++) {
      const receivedAt = this.receivedAt(acc);
      if (this.at(acc) <= receivedAt + this.#ahead) continue;
      this.#newest[ENTRY * acc] = receivedAt;
      this.mark(acc);
    }
  }

  mark(acc: number): void {
    if (acc >= this.#marked.length) this.#grow(acc + 1);
    if (this.#marked[acc]) return;
    this.#marked[acc] = 1;
    this.#marks.push(acc);
  }

  /** Marks everyone who ever spoke. */
  markAll(): void {
    for (let acc = 0; acc < this.#marked.length; acc++)
      if (this.at(acc) !== -Infinity) this.mark(acc);
  }

  get hasMarks(): boolean {
    return this.#marks.length > 0;
  }

  takeMarks(): number[] {
    const marks = this.#marks;
    for (const acc of marks) this.#marked[acc] = 0;
    this.#marks = [];
    return marks;
  }

  /** −Infinity where nobody spoke. */
  at(acc: number): number {
    return this.#newest[ENTRY * acc] ?? -Infinity;
  }
  receivedAt(acc: number): number {
    return this.#newest[ENTRY * acc + 1] ?? -Infinity;
  }

  save(into: Writer): void {
    into.list(this.#newest);
  }

  /** @param accOf the accumulator that a saved one is now; −1 = gone. */
  load(from: Reader, accOf: (saved: number) => number): void {
    const newest = from.list();
    for (let saved = 0; ENTRY * saved < newest.length; saved++) {
      const at = newest[ENTRY * saved]!;
      const acc = at === -Infinity ? -1 : accOf(saved);
      if (acc >= 0) this.hear(acc, at, newest[ENTRY * saved + 1]!);
    }
  }
}
