/**
 * Reading rows in memory and on their way: columns of typed arrays, and one
 * block of bytes that crosses threads and lies in the log as it is.
 */
import type { ReadingRows } from "../../../contract/reading.ts";

/** at, value: 8 bytes each · series: 4 · quality: 1. Little-endian. */
export const ROW_BYTES = 21;

/** One block: every `at`, then every value, series, quality. */
export function packRows(rows: ReadingRows): Uint8Array<ArrayBuffer> {
  const { count } = rows;
  const bytes = new Uint8Array(count * ROW_BYTES);
  const block = unpackRows(bytes);
  block.at.set(rows.at.subarray(0, count));
  block.value.set(rows.value.subarray(0, count));
  block.series.set(rows.series.subarray(0, count));
  block.quality.set(rows.quality.subarray(0, count));
  return bytes;
}

/** Views into a block; copies it first where it does not lie on 8 bytes. */
export function unpackRows(bytes: Uint8Array): ReadingRows {
  const count = bytes.byteLength / ROW_BYTES;
  if (!Number.isInteger(count))
    throw new Error(`a block of ${bytes.byteLength} bytes holds no whole rows`);
  if (bytes.byteOffset % 8 !== 0) bytes = bytes.slice();
  const { buffer, byteOffset } = bytes;
  return {
    count,
    at: new Float64Array(buffer, byteOffset, count),
    value: new Float64Array(buffer, byteOffset + 8 * count, count),
    series: new Int32Array(buffer, byteOffset + 16 * count, count),
    quality: new Uint8Array(buffer, byteOffset + 20 * count, count),
  };
}

/** Rows that grow by doubling. Only the first `count` entries mean anything. */
export class RowList implements ReadingRows {
  count = 0;
  series: Int32Array;
  at: Float64Array;
  value: Float64Array;
  quality: Uint8Array;

  constructor(room = 256) {
    this.series = new Int32Array(room);
    this.at = new Float64Array(room);
    this.value = new Float64Array(room);
    this.quality = new Uint8Array(room);
  }

  push(series: number, at: number, value: number, quality: number): void {
    const i = this.count;
    this.reserve(1);
    this.series[i] = series;
    this.at[i] = at;
    this.value[i] = value;
    this.quality[i] = quality;
    this.count = i + 1;
  }

  pushAll(rows: ReadingRows): void {
    const i = this.count;
    this.reserve(rows.count);
    this.series.set(rows.series.subarray(0, rows.count), i);
    this.at.set(rows.at.subarray(0, rows.count), i);
    this.value.set(rows.value.subarray(0, rows.count), i);
    this.quality.set(rows.quality.subarray(0, rows.count), i);
    this.count = i + rows.count;
  }

  /** Makes room for that many more. */
  reserve(more: number): void {
    if (this.count + more <= this.at.length) return;
    const room = Math.max(this.count + more, 2 * this.at.length);
    const old = { ...this };
    this.series = new Int32Array(room);
    this.at = new Float64Array(room);
    this.value = new Float64Array(room);
    this.quality = new Uint8Array(room);
    this.series.set(old.series);
    this.at.set(old.at);
    this.value.set(old.value);
    this.quality.set(old.quality);
  }
}
