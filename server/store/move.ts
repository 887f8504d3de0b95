/** Copies a whole store into an empty one, and proves that both hold the same. */
import { createHash } from "node:crypto";
import type { Db, Row, Table, Value } from "./db.ts";

/** Rows read and written at a time; tables of blobs take fewer. */
const PAGE = 2_000;
const PAGE_OF_BLOBS = 100;
const MASK = (1n << 128n) - 1n;

export interface TableSum {
  table: string;
  rows: number;
  /** Checksums of the two sides: equal, or the move failed. */
  from: string;
  to: string;
}

/**
 * The hub of `from` must be stopped.
 * @throws Error with a sentence where `to` is not empty, where the two were
 * written by different versions, or where they differ afterwards
 */
export async function moveStore(
  from: Db,
  to: Db,
  say: (line: string) => void,
): Promise<TableSum[]> {
  const tables = await sameTables(from, to);
  await expectEmpty(to, tables);
  const sums: TableSum[] = [];
  for (const table of tables) {
    let copied = 0;
    for await (const rows of pages(from, table)) {
      await to.bulk(
        table.name,
        table.columns,
        rows.map((row) => table.columns.map((column) => row[column]!)),
      );
      copied += rows.length;
      say(`${table.name}: ${copied} rows copied`);
    }
  }
  for (const table of tables) {
    const [one, other] = [await sum(from, table), await sum(to, table)];
    if (one.rows !== other.rows || one.checksum !== other.checksum)
      throw new Error(
        `${table.name} differs after the move: ${one.rows} rows (${one.checksum}) became ${other.rows} (${other.checksum}). The old store is untouched; empty the new one and try again.`,
      );
    sums.push({
      table: table.name,
      rows: one.rows,
      from: one.checksum,
      to: other.checksum,
    });
  }
  return sums;
}

/** One checksum of all tables'. */
export function totalOf(checksums: string[]): string {
  return createHash("sha256").update(checksums.join(" ")).digest("hex");
}

async function sameTables(from: Db, to: Db): Promise<Table[]> {
  const [here, there] = [await from.tables(), await to.tables()];
  const shape = (tables: Table[]) => JSON.stringify(tables);
  if (shape(here) !== shape(there))
    throw new Error(
      "The two stores have different tables: start this version of the program on the old one first.",
    );
  return here;
}

async function expectEmpty(db: Db, tables: Table[]): Promise<void> {
  for (const { name } of tables) {
    const [row] = await db.all(`SELECT 1 AS one FROM ${name} LIMIT 1`);
    if (row)
      throw new Error(
        `The store to move to is not empty: its table ${name} has rows. Name an empty one; nothing was changed.`,
      );
  }
}

/** All rows by key, a page at a time. */
async function* pages(db: Db, table: Table): AsyncGenerator<Row[]> {
  const { name, key } = table;
  const page = table.columns.includes("data") ? PAGE_OF_BLOBS : PAGE;
  const order = key.join(", ");
  const marks = key.map(() => "?").join(", ");
  let last: Value[] | null = null;
  for (;;) {
    const rows: Row[] = await db.all(
      `SELECT * FROM ${name} ${last ? `WHERE (${order}) > (${marks})` : ""}
      ORDER BY ${order} LIMIT ${page}`,
      last ?? [],
    );
    if (rows.length > 0) yield rows;
    if (rows.length < page) return;
    last = key.map((column) => rows.at(-1)![column]!);
  }
}

/** A sum over the rows' digests: the order of the rows does not count. */
async function sum(
  db: Db,
  table: Table,
): Promise<{ rows: number; checksum: string }> {
  let rows = 0;
  let total = 0n;
  for await (const page of pages(db, table))
    for (const row of page) {
      rows++;
      total = (total + digest(table.columns.map((each) => row[each]!))) & MASK;
    }
  return { rows, checksum: total.toString(16).padStart(32, "0") };
}

/** Each value with its kind and length, so that no two rows read alike. */
function digest(values: Value[]): bigint {
  const hash = createHash("sha256");
  for (const value of values) {
    if (value === null) hash.update("-");
    else if (typeof value === "number") hash.update(`n${value};`);
    else {
      const bytes = typeof value === "string" ? Buffer.from(value) : value;
      hash.update(`${typeof value === "string" ? "t" : "b"}${bytes.length};`);
      hash.update(bytes);
    }
  }
  return BigInt(`0x${hash.digest("hex").slice(0, 32)}`);
}
