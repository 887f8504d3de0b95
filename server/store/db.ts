/**
 * The little that both engines offer. SQL is written once, in a portable
 * subset with `?` for parameters; only sqlite*.ts and postgres.ts differ.
 */
import type { Transferable } from "node:worker_threads";

export type Value = string | number | null | Uint8Array;
export type Row = Record<string, Value>;

/** One statement; with `each` it is run for every row of parameters. */
export interface Statement {
  sql: string;
  params?: Value[];
  each?: Value[][];
}

/**
 * How an engine keeps and finds words: a table with the columns `rowid` and
 * `words`, which is made of other tables and not moved with a store. A word
 * holds no quote.
 */
export interface WordIndex {
  /** Words as the column takes them. */
  kept(words: Iterable<string>): string;
  /** Rows of `table` that have a word of every group. */
  found(table: string, groups: readonly string[][]): Question;
}

/** A condition with its parameters. */
export interface Question {
  sql: string;
  params: Value[];
}

export interface Db {
  readonly engine: "sqlite" | "postgres";
  readonly words: WordIndex;
  /** Reads what is committed. */
  all<T = Row>(sql: string, params?: Value[]): Promise<T[]>;
  /**
   * All or none, durable when resolved, in the order of the calls.
   * @returns the rows each statement returned (RETURNING)
   */
  batch(statements: Statement[]): Promise<Row[][]>;
  /** Fast append of many rows, all or none. */
  bulk(table: string, columns: string[], rows: Value[][]): Promise<void>;
  /** Every table with its columns and key, for moving a store; no index of words. */
  tables(): Promise<Table[]>;
  /** What another thread needs to use the same store; hand it to `borrowDb`. */
  lend(): { loan: DbLoan; transfer: Transferable[] };
  close(): Promise<void>;
}

/** A statement of a migration for both engines, or what each of them says. */
export type Step = string | Record<Db["engine"], string[]>;

/** A store that is only looked at. */
export type Reader = Pick<Db, "all" | "close">;

export interface Table {
  name: string;
  columns: string[];
  key: string[];
}

export type DbLoan =
  | { engine: "sqlite"; writer: unknown; reader: unknown }
  | { engine: "postgres"; url: string };

/** A store that is held by one hub or one move until it is released, or the process ends. */
export interface Hold {
  release(): Promise<void>;
}

/** The store cannot read or write at present. Nothing of the call is stored. */
export class StoreDown extends Error {
  /** Crosses threads, where classes do not. */
  readonly code = "STORE_DOWN";
}

/** The store was written by a newer version of this program (decisions D6). */
export class StoreFromFuture extends Error {
  readonly code = "STORE_FROM_FUTURE";
}

/** Gives an error that crossed a thread its class again. */
export function revive(error: Error & { code?: string }): Error {
  if (error.code === "STORE_DOWN") return new StoreDown(error.message);
  if (error.code === "STORE_FROM_FUTURE")
    return new StoreFromFuture(error.message);
  return error;
}

const UNSTORABLE = /[\0\uD800-\uDFFF]/;
const UNSTORABLE_ALL = /\0|\p{Surrogate}/gu;

/**
 * What no engine can keep as text (NUL, lone surrogates) becomes U+FFFD, alike
 * in both, so that hostile text neither fails a batch nor differs after a move.
 */
export function storable(value: Value): Value {
  return typeof value === "string" && UNSTORABLE.test(value)
    ? value.replace(UNSTORABLE_ALL, "\uFFFD")
    : value;
}

/** `INSERT` of whole rows, for `each`. */
export function insertInto(table: string, columns: string[]): string {
  const marks = columns.map(() => "?").join(", ");
  return `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${marks})`;
}
