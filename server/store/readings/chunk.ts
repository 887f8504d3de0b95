/**
 * Readings of up to 256 series (one group) in one hour as one blob: for each
 * series its rows by time, corrections of the same instant in the order they
 * came. A series' rows are found without decoding the others'.
 *
 * Layout, for each series: number in the group (1 byte) · rows · bytes of what
 * follows · instants since the hour began, as steps · values · 1 byte that
 * says whether all are good · qualities, unless they are.
 */
import type { ReadingRows } from "../../../contract/reading.ts";
import {
  ByteReader,
  ByteWriter,
  numbersRoom,
  readNumbers,
  readSteps,
  stepsRoom,
  writeNumbers,
  writeSteps,
} from "./bytes.ts";
import type { RowList } from "./rows.ts";

export const GROUP_BITS = 8;
export const GROUP_SIZE = 1 << GROUP_BITS;
export const groupOf = (series: number) => series >> GROUP_BITS;
const ALL_GOOD = 0;
const MIXED = 1;

export interface Chunk {
  count: number;
  data: Uint8Array<ArrayBuffer>;
}

const out = new ByteWriter(64 * 1024);
const block = new ByteWriter(4096);
let at = new Float64Array(1024);
let value = new Float64Array(1024);
let quality = new Uint8Array(1024);

/**
 * @param order rows of one group and hour, by series and time (`orderRows`)
 * @param start the instant the hour began
 */
export function encodeChunk(
  rows: ReadingRows,
  order: Int32Array,
  start: number,
): Chunk {
  out.length = 0;
  let total = 0;
  for (let from = 0; from < order.length;) {
    const series = rows.series[order[from]!]!;
    let to = from + 1;
    while (to < order.length && rows.series[order[to]!] === series) to++;
    const count = gather(rows, order, from, to, start);
    writeSeries(series & (GROUP_SIZE - 1), count);
    total += count;
    from = to;
  }
  return { count: total, data: out.taken() };
}

/** Takes the rows of one series into the columns; the same said twice is kept once. */
function gather(
  rows: ReadingRows,
  order: Int32Array,
  from: number,
  to: number,
  start: number,
): number {
  if (to - from > at.length) {
    const room = 2 * (to - from);
    at = new Float64Array(room);
    value = new Float64Array(room);
    quality = new Uint8Array(room);
  }
  let count = 0;
  for (let i = from; i < to; i++) {
    const row = order[i]!;
    const since = rows.at[row]! - start;
    if (
      count > 0 &&
      since === at[count - 1] &&
      rows.value[row] === value[count - 1] &&
      rows.quality[row] === quality[count - 1]
    )
      continue;
    at[count] = since;
    value[count] = rows.value[row]!;
    quality[count] = rows.quality[row]!;
    count++;
  }
  return count;
}

function writeSeries(no: number, count: number): void {
  block.length = 0;
  block.reserve(stepsRoom(count) + numbersRoom(count) + 1 + count);
  writeSteps(block, at, 0, count);
  writeNumbers(block, value, 0, count);
  let mixed = false;
  for (let i = 0; i < count && !mixed; i++) mixed = quality[i] !== 0;
  block.byte(mixed ? MIXED : ALL_GOOD);
  if (mixed) for (let i = 0; i < count; i++) block.byte(quality[i]!);
  out.reserve(20);
  out.byte(no);
  out.integer(count);
  out.integer(block.length);
  out.append(block);
}

/**
 * Adds a chunk's rows to a list, by series and time.
 * @param wanted 1 for each number in the group that is asked for; null for all
 */
export function decodeChunk(
  data: Uint8Array,
  group: number,
  start: number,
  wanted: Uint8Array | null,
  into: RowList,
): void {
  const input = new ByteReader(data);
  while (!input.done) {
    const no = input.byte();
    const count = input.integer();
    const bytes = input.integer();
    const next = input.at + bytes;
    if (!wanted || wanted[no] === 1)
      readSeries(input, (group << GROUP_BITS) | no, count, start, into);
    input.at = next;
  }
}

function readSeries(
  input: ByteReader,
  series: number,
  count: number,
  start: number,
  into: RowList,
): void {
  into.reserve(count);
  const from = into.count;
  const to = from + count;
  readSteps(input, into.at, from, to);
  readNumbers(input, into.value, from, to);
  const mixed = input.byte() === MIXED;
  for (let i = from; i < to; i++) {
    into.series[i] = series;
    into.at[i]! += start;
    into.quality[i] = mixed ? input.byte() : 0;
  }
  into.count = to;
}
