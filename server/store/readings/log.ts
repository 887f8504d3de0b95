/**
 * The log of readings (docs/decisions/0002-reading-log.md): blocks of rows as
 * they came, kept in memory too until they are folded into chunks.
 */
import type { Clock } from "../../lib/clock.ts";
import type { Db, Statement } from "../db.ts";
import type { KnownReadings } from "../store.ts";
import { ROW_BYTES, RowList, unpackRows } from "./rows.ts";
import { Stretch } from "./tail.ts";

const PAGE = 64;
/** Rows and bytes in chunks: counted in the store alone. */
const COUNTED = ["rows", "bytes"];

export interface LogState {
  /** Everything up to here lies in chunks. */
  folded: number;
  /** A fold up to here has begun; equal to `folded` when none is under way. */
  folding: number;
  /** The hub's saved state covers everything up to here. */
  checkpoint: number;
  /** Blocks of level n before this one have lost their source to pruning. */
  floor1: number;
  floor2: number;
  floor3: number;
  /** The level whose source is being removed up to its floor; 0 is none. */
  clearing: number;
}

/** Tables of one log are named after it: `reading_log`, `reading_chunk`, … */
export async function openLog(
  db: Db,
  name: string,
  clock: Clock,
): Promise<Log> {
  const state: LogState = {
    folded: 0,
    folding: 0,
    checkpoint: 0,
    floor1: 0,
    floor2: 0,
    floor3: 0,
    clearing: 0,
  };
  await db.batch([
    {
      sql: `INSERT INTO ${name}_state (name, value) VALUES (?, 0)
        ON CONFLICT (name) DO NOTHING`,
      each: [...Object.keys(state), ...COUNTED].map((key) => [key]),
    },
  ]);
  const kept = await db.all<{ name: string; value: number }>(
    `SELECT name, value FROM ${name}_state`,
  );
  for (const { name, value } of kept)
    if (name in state) state[name as keyof LogState] = value;
  const log = new Log(db, name, clock, state);
  await log.load();
  return log;
}

export class Log {
  readonly name: string;
  readonly state: LogState;
  /** Newest block given a number, committed or not. */
  seq: number;
  /** Stretches that are not folded yet, oldest first; the last one grows. */
  stretches: Stretch[];
  #db: Db;
  #clock: Clock;
  /** Settles when every append so far is committed or failed. */
  #settled: Promise<unknown> = Promise.resolve();
  /** Numbers whose commit failed: the engine may or may not have kept them. */
  #doubtful: number[] = [];

  constructor(db: Db, name: string, clock: Clock, state: LogState) {
    this.name = name;
    this.state = state;
    this.#db = db;
    this.#clock = clock;
    this.seq = Math.max(state.folded, state.folding, state.checkpoint);
    this.stretches = [new Stretch(state.folded)];
  }

  /** Brings the rows that are not folded back into memory. */
  async load(): Promise<void> {
    const { folded, folding } = this.state;
    for await (const { seq, data } of this.#blocks(folded)) {
      if (seq > folding && this.last.upto <= folding && folding > folded)
        this.cut();
      this.last.add(seq, unpackRows(data), this.#clock.now());
      this.seq = Math.max(this.seq, seq);
    }
  }

  get last(): Stretch {
    return this.stretches.at(-1)!;
  }

  /** Ends the growing stretch; the next row begins a new one. */
  cut(): void {
    this.stretches.push(new Stretch(this.last.upto));
  }

  /** @param block from `packRows` */
  append(block: Uint8Array): Promise<void> {
    const seq = ++this.seq;
    const undone = this.#doubtful;
    const stored = this.#db
      .batch([
        ...this.#undo(undone),
        {
          sql: `INSERT INTO ${this.name}_log (seq, count, data)
            VALUES (?, ?, ?)`,
          params: [seq, block.byteLength / ROW_BYTES, block],
        },
      ])
      .then(
        () => {
          if (undone.length > 0)
            this.#doubtful = this.#doubtful.filter((n) => !undone.includes(n));
          this.last.add(seq, unpackRows(block), this.#clock.now());
        },
        (error: unknown) => {
          this.#doubtful = [...this.#doubtful, seq];
          throw error;
        },
      );
    this.#settled = stored.catch(() => undefined);
    return stored;
  }

  /** Resolves when every append made before is committed or failed. */
  async settled(): Promise<void> {
    await this.#settled;
  }

  /** Blocks after `seq` in the order of their commits, a page at a time. */
  async after(seq: number): Promise<{ seq: number; data: Uint8Array }[]> {
    return this.#db.all(
      `SELECT seq, data FROM ${this.name}_log WHERE seq > ? AND count > 0
      ORDER BY seq LIMIT ${PAGE}`,
      [seq],
    );
  }

  /** Writes the newest unfolded row at (series, at) into entry `i`; false where there is none. */
  find(series: number, at: number, into: KnownReadings, i: number): boolean {
    for (let no = this.stretches.length - 1; no >= 0; no--) {
      const stretch = this.stretches[no]!;
      const row = stretch.find(series, at);
      if (row < 0) continue;
      into.value[i] = stretch.rows.value[row]!;
      into.quality[i] = stretch.rows.quality[row]!;
      return true;
    }
    return false;
  }

  /** Unfolded rows of some series in [from, to), in the order they came. */
  unfoldedRows(wanted: Set<number>, from: number, to: number): RowList {
    const found = new RowList();
    for (const { rows } of this.stretches)
      for (let i = 0; i < rows.count; i++) {
        const at = rows.at[i]!;
        if (at >= from && at < to && wanted.has(rows.series[i]!))
          found.push(rows.series[i]!, at, rows.value[i]!, rows.quality[i]!);
      }
    return found;
  }

  /** Rows and bytes in chunks. */
  async folded(): Promise<{ rows: number; bytes: number }> {
    const rows = await this.#db.all<{ name: string; value: number }>(
      `SELECT name, value FROM ${this.name}_state WHERE name IN ('rows', 'bytes')`,
    );
    const of = (name: string) => rows.find((row) => row.name === name)!.value;
    return { rows: of("rows"), bytes: of("bytes") };
  }

  get unfolded(): number {
    return this.stretches.reduce((sum, each) => sum + each.rows.count, 0);
  }

  /**
   * Appends that were refused must stay refused: where a lost connection kept
   * one after all, an empty block takes its place (and waits for a commit that
   * is still on its way).
   */
  #undo(numbers: number[]): Statement[] {
    if (numbers.length === 0) return [];
    return [
      {
        sql: `INSERT INTO ${this.name}_log (seq, count, data)
          VALUES (?, 0, ?) ON CONFLICT (seq) DO UPDATE SET
          count = excluded.count, data = excluded.data`,
        each: numbers.map((seq) => [seq, new Uint8Array()]),
      },
    ];
  }

  async *#blocks(
    seq: number,
  ): AsyncGenerator<{ seq: number; data: Uint8Array }> {
    for (;;) {
      const page = await this.after(seq);
      yield* page;
      if (page.length < PAGE) return;
      seq = page.at(-1)!.seq;
    }
  }
}
