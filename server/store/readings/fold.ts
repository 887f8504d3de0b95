/**
 * Folding: the oldest stretch of the log becomes chunks, slice by slice, so
 * that commits go on between the slices. A fold that was cut off is done again
 * from the same blocks under the same number: every chunk replaces itself.
 */
import type { Db, Statement, Value } from "../db.ts";
import { encodeChunk, groupOf } from "./chunk.ts";
import type { Log } from "./log.ts";
import type { Levels } from "./levels.ts";
import { orderRows } from "./order.ts";
import type { Stretch } from "./tail.ts";
import type { RowList } from "./rows.ts";

/** What one transaction of a fold may hold. */
const SLICE_CHUNKS = 100;
const SLICE_BYTES = 256 * 1024;
/** Rows sorted into chunks before the thread looks at its port again. */
const STEP_ROWS = 50_000;

export interface Fold {
  rows: number;
  bytes: number;
}

/** Writes the chunks of a stretch; `finish` makes them count. */
export async function writeFold(
  db: Db,
  log: Log,
  stretch: Stretch,
  levels: Levels,
  /** Statements that go with the chunks of (group, hour). */
  along: (places: { group: number; hour: number }[]) => Statement[],
): Promise<Fold> {
  const seq = stretch.upto;
  await db.batch([setState(log.name, "folding", seq)]);
  log.state.folding = seq;
  const fold: Fold = { rows: 0, bytes: 0 };
  const places = await partition(stretch.rows, levels.hourOf);
  let chunks: Value[][] = [];
  let slice: { group: number; hour: number }[] = [];
  let bytes = 0;
  const flush = async () => {
    await db.batch([
      {
        sql: `INSERT INTO ${log.name}_chunk (grp, hour, seq, count, data)
          VALUES (?, ?, ?, ?, ?) ON CONFLICT (grp, hour, seq) DO UPDATE SET
          count = excluded.count, data = excluded.data`,
        each: chunks,
      },
      ...along(slice),
    ]);
    [chunks, slice, bytes] = [[], [], 0];
  };
  for (const { group, hour, picked } of places) {
    const order = orderRows(stretch.rows, picked);
    const { count, data } = encodeChunk(
      stretch.rows,
      order,
      levels.startOfHour(hour),
    );
    chunks.push([group, hour, seq, count, data]);
    slice.push({ group, hour });
    bytes += data.length;
    fold.rows += count;
    fold.bytes += data.length;
    if (chunks.length >= SLICE_CHUNKS || bytes >= SLICE_BYTES) await flush();
  }
  if (chunks.length > 0) await flush();
  return fold;
}

/**
 * From here on the chunks count and the blocks do not. Counted once, even where
 * a commit whose answer was lost is made again.
 */
export function finishFold(log: Log, upto: number, fold: Fold): Statement[] {
  const { name } = log;
  const once = (counted: string, more: number): Statement => ({
    sql: `UPDATE ${name}_state SET value = value + ? WHERE name = ?
      AND (SELECT value FROM ${name}_state WHERE name = 'folded') < ?`,
    params: [more, counted, upto],
  });
  return [
    once("rows", fold.rows),
    once("bytes", fold.bytes),
    setState(name, "folded", upto),
  ];
}

export function setState(log: string, name: string, value: number): Statement {
  return {
    sql: `UPDATE ${log}_state SET value = ? WHERE name = ?`,
    params: [value, name],
  };
}

export function addState(log: string, name: string, more: number): Statement {
  return {
    sql: `UPDATE ${log}_state SET value = value + ? WHERE name = ?`,
    params: [more, name],
  };
}

interface Place {
  group: number;
  hour: number;
  /** Its rows in the order they came. */
  picked: Int32Array;
}

/** Rows by (group, hour): a counting sort, in steps. */
async function partition(
  rows: RowList,
  hourOf: (at: number) => number,
): Promise<Iterable<Place>> {
  const numbers = new Map<number, number>();
  const groups: number[] = [];
  const hours: number[] = [];
  const ends: number[] = [];
  const placeOf = new Int32Array(rows.count);
  let lastKey = -1;
  let place = -1;
  for (let row = 0; row < rows.count; row++) {
    const group = groupOf(rows.series[row]!);
    const hour = hourOf(rows.at[row]!);
    const key = group * 0x400000 + hour;
    if (key !== lastKey) {
      lastKey = key;
      place = numbers.get(key) ?? groups.length;
      if (place === groups.length) {
        numbers.set(key, place);
        groups.push(group);
        hours.push(hour);
        ends.push(0);
      }
    }
    placeOf[row] = place;
    ends[place]!++;
    if (row % STEP_ROWS === STEP_ROWS - 1) await turn();
  }
  const next = new Int32Array(groups.length);
  for (let i = 1; i < groups.length; i++) {
    next[i] = ends[i - 1]!;
    ends[i]! += ends[i - 1]!;
  }
  const sorted = new Int32Array(rows.count);
  for (let row = 0; row < rows.count; row++) {
    sorted[next[placeOf[row]!]!++] = row;
    if (row % STEP_ROWS === STEP_ROWS - 1) await turn();
  }
  return (function* () {
    for (let i = 0; i < groups.length; i++)
      yield {
        group: groups[i]!,
        hour: hours[i]!,
        picked: sorted.subarray(i === 0 ? 0 : ends[i - 1]!, ends[i]),
      };
  })();
}

const turn = () => new Promise((resume) => setImmediate(resume));
