/** Roll-up buckets of up to 256 series in memory, and as one blob. */
import { Quality, type ReadingRows } from "../../../contract/reading.ts";
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
import { GROUP_BITS, GROUP_SIZE } from "./chunk.ts";

type Column = Float64Array<ArrayBuffer>;
const NUMBERS = ["at", "count", "sum", "min", "max", "last"] as const;

/** Buckets by (series, at). Only the first `length` entries mean anything. */
export class BucketList {
  length = 0;
  series = new Int32Array(64);
  at: Column = new Float64Array(64);
  count: Column = new Float64Array(64);
  sum: Column = new Float64Array(64);
  min: Column = new Float64Array(64);
  max: Column = new Float64Array(64);
  last: Column = new Float64Array(64);

  reserve(more: number): void {
    if (this.length + more <= this.at.length) return;
    const room = Math.max(this.length + more, 2 * this.at.length);
    const series = new Int32Array(room);
    series.set(this.series);
    this.series = series;
    for (const name of NUMBERS) {
      const column = new Float64Array(room);
      column.set(this[name]);
      this[name] = column;
    }
  }

  /** Takes in a bucket that begins at or after the last one of its series. */
  add(
    series: number,
    at: number,
    count: number,
    sum: number,
    min: number,
    max: number,
    last: number,
  ): void {
    const i = this.length - 1;
    if (i >= 0 && this.series[i] === series && this.at[i] === at) {
      this.count[i]! += count;
      this.sum[i]! += sum;
      this.min[i] = Math.min(this.min[i]!, min);
      this.max[i] = Math.max(this.max[i]!, max);
      this.last[i] = last;
      return;
    }
    this.reserve(1);
    const next = this.length++;
    this.series[next] = series;
    this.at[next] = at;
    this.count[next] = count;
    this.sum[next] = sum;
    this.min[next] = min;
    this.max[next] = max;
    this.last[next] = last;
  }

  addFrom(other: BucketList, i: number, at = other.at[i]!): void {
    this.add(
      other.series[i]!,
      at,
      other.count[i]!,
      other.sum[i]!,
      other.min[i]!,
      other.max[i]!,
      other.last[i]!,
    );
  }
}

const BAD = Quality.options.indexOf("bad");

/**
 * Rows by (series, at), one for each instant, summed up by `bucketOf(at)`.
 * What a sensor itself calls bad would be the greatest of its hour for ever.
 */
export function bucketsOfRows(
  rows: ReadingRows,
  bucketOf: (at: number) => number,
): BucketList {
  const made = new BucketList();
  for (let i = 0; i < rows.count; i++) {
    if (rows.quality[i] === BAD) continue;
    const value = rows.value[i]!;
    made.add(
      rows.series[i]!,
      bucketOf(rows.at[i]!),
      1,
      value,
      value,
      value,
      value,
    );
  }
  return made;
}

/** Finer buckets by (series, at) summed up. */
export function coarser(
  fine: BucketList,
  bucketOf: (at: number) => number,
): BucketList {
  const made = new BucketList();
  for (let i = 0; i < fine.length; i++)
    made.addFrom(fine, i, bucketOf(fine.at[i]!));
  return made;
}

/** Both lists as one; where they share a bucket, `more` comes on top and last. */
export function addedUp(base: BucketList, more: BucketList): BucketList {
  const made = new BucketList();
  let [a, b] = [0, 0];
  while (a < base.length || b < more.length) {
    const order =
      a === base.length
        ? 1
        : b === more.length
          ? -1
          : base.series[a]! - more.series[b]! || base.at[a]! - more.at[b]!;
    if (order <= 0) made.addFrom(base, a++);
    if (order >= 0) made.addFrom(more, b++);
  }
  return made;
}

/** Which bucket of its block begins at an instant, and back. */
export interface Ruler {
  indexOf(at: number): number;
  startOf(index: number): number;
}

const SINGLE = 1;
const out = new ByteWriter(64 * 1024);
const block = new ByteWriter(4096);

/**
 * Layout, for each series: number in the group (1 byte) · buckets · bytes of
 * what follows · indexes as steps · 1 byte that says whether every bucket holds
 * one reading · then values, or counts, sums, least, greatest, last.
 */
export function encodeBuckets(
  buckets: BucketList,
  ruler: Ruler,
): Uint8Array<ArrayBuffer> {
  out.length = 0;
  const index = new Float64Array(buckets.length);
  for (let i = 0; i < buckets.length; i++)
    index[i] = ruler.indexOf(buckets.at[i]!);
  for (let from = 0; from < buckets.length;) {
    const series = buckets.series[from]!;
    let to = from + 1;
    let single = buckets.count[from] === 1;
    for (; to < buckets.length && buckets.series[to] === series; to++)
      single &&= buckets.count[to] === 1;
    const size = to - from;
    block.length = 0;
    block.reserve(stepsRoom(size) + 5 * numbersRoom(size) + 1);
    writeSteps(block, index, from, to);
    block.byte(single ? SINGLE : 0);
    if (!single)
      for (const name of ["count", "sum", "min", "max"] as const)
        writeNumbers(block, buckets[name], from, to);
    writeNumbers(block, buckets.last, from, to);
    out.reserve(20);
    out.byte(series & (GROUP_SIZE - 1));
    out.integer(size);
    out.integer(block.length);
    out.append(block);
    from = to;
  }
  return out.taken();
}

/** @param wanted as for `decodeChunk` */
export function decodeBuckets(
  data: Uint8Array,
  group: number,
  ruler: Ruler,
  wanted: Uint8Array | null,
  into: BucketList,
): void {
  const input = new ByteReader(data);
  while (!input.done) {
    const no = input.byte();
    const size = input.integer();
    const bytes = input.integer();
    const next = input.at + bytes;
    if (!wanted || wanted[no] === 1)
      readSeries(input, (group << GROUP_BITS) | no, size, ruler, into);
    input.at = next;
  }
}

function readSeries(
  input: ByteReader,
  series: number,
  size: number,
  ruler: Ruler,
  into: BucketList,
): void {
  into.reserve(size);
  const from = into.length;
  const to = from + size;
  into.series.fill(series, from, to);
  readSteps(input, into.at, from, to);
  for (let i = from; i < to; i++) into.at[i] = ruler.startOf(into.at[i]!);
  const single = input.byte() === SINGLE;
  if (!single)
    for (const name of ["count", "sum", "min", "max"] as const)
      readNumbers(input, into[name], from, to);
  readNumbers(input, into.last, from, to);
  if (single) {
    into.count.fill(1, from, to);
    for (const name of ["sum", "min", "max"] as const)
      into[name].set(into.last.subarray(from, to), from);
  }
  into.length = to;
}
