/**
 * `readings/1`. HOT PATH: `judgeItems` and `judgeColumns` run per reading.
 * Rules: no allocation per good reading beyond its six array slots, no
 * closures, no spreads. What looks wrong goes to the schema, which has the
 * last word: so both judge alike, and only the wrong pay for the reason.
 */
import type { Decoded, Rejection } from "../../../contract/fact.ts";
import {
  LARGEST_VALUE,
  Quality,
  Reading,
  type ReadingBatch,
  type ReadingColumns,
} from "../../../contract/reading.ts";

import { asItems, Unparseable, type Format } from "../format.ts";
import { readInstant } from "../instant.ts";
import { JSON_MEDIA, rawJson, readJson } from "../json.ts";
import { judgeItem, reject } from "../json-format.ts";

export const format: Format = {
  id: "readings/1",
  mediaTypes: JSON_MEDIA,
  parse(body, { mediaType }) {
    const parsed = readJson(body, mediaType, rowsOf);
    if (hasColumns(parsed) && !isBatch(parsed))
      throw new Unparseable("/columns", "expected columns of one length");
    return parsed;
  },
  raw: rawJson,
  judge: (parsed, _feed, patience = Infinity) =>
    isBatch(parsed)
      ? judgeColumns(parsed, patience)
      : judgeItems(asItems(parsed), patience),
  cut: (parsed, from, to) => (isBatch(parsed) ? cut(parsed, from, to) : parsed),
};

/** What has been judged so far. */
interface Gathered {
  judged: number;
  columns: ReadingColumns;
  rejections: Rejection[];
  missing: number;
}

function judgeItems(items: readonly unknown[], patience: number): Decoded {
  const gathered = gather(items.length);
  // Gateways stamp a whole batch with one instant: read it once.
  let lastText: unknown;
  let lastAt = NaN;
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as Partial<Record<keyof Reading, unknown>> | null;
    if (typeof item === "object" && item !== null) {
      if (item.at !== lastText) {
        lastText = item.at;
        lastAt = readInstant(lastText);
      }
      const { columns } = gathered;
      const { sensor, metric, value, quality } = item;
      if (take(columns, i, sensor, metric, lastAt, value, quality)) continue;
    }
    judgeSlowly(gathered, i, item);
    if (gathered.rejections.length >= patience) {
      gathered.judged = i + 1;
      break;
    }
  }
  return decoded(gathered, (i) => items[i]);
}

function judgeColumns(batch: ReadingBatch, patience: number): Decoded {
  const { sensor, metric, at, value, quality } = batch.columns;
  const gathered = gather(sensor.length);
  let lastText: unknown;
  let lastAt = NaN;
  for (let i = 0; i < sensor.length; i++) {
    if (at[i] !== lastText) {
      lastText = at[i];
      lastAt = readInstant(lastText);
    }
    const { columns } = gathered;
    const q = quality === undefined ? undefined : quality[i];
    if (take(columns, i, sensor[i], metric[i], lastAt, value[i], q)) continue;
    judgeSlowly(gathered, i, rowOf(batch, i));
    if (gathered.rejections.length >= patience) {
      gathered.judged = i + 1;
      break;
    }
  }
  return decoded(gathered, (i) => rowOf(batch, i));
}

/** Adds a reading that is surely good; false sends it to the schema. */
function take(
  columns: ReadingColumns,
  index: number,
  sensor: unknown,
  metric: unknown,
  at: number,
  value: unknown,
  quality: unknown,
): boolean {
  const q =
    quality === undefined ? 0 : Quality.options.indexOf(quality as Quality);
  if (
    typeof sensor !== "string" ||
    sensor.length === 0 ||
    sensor.length > 128 ||
    typeof metric !== "string" ||
    metric.length === 0 ||
    metric.length > 64 ||
    typeof value !== "number" ||
    // Neither NaN nor infinite, with that.
    !(Math.abs(value) <= LARGEST_VALUE) ||
    Number.isNaN(at) ||
    q < 0
  )
    return false;
  columns.sensor.push(sensor);
  columns.metric.push(metric);
  columns.at.push(at);
  columns.value.push(value);
  columns.quality.push(q);
  columns.index.push(index);
  return true;
}

function judgeSlowly(gathered: Gathered, index: number, item: unknown): void {
  const judged = judgeItem(Reading, item, true);
  if ("missing" in judged) gathered.missing++;
  else if ("item" in judged) {
    const { sensor, metric, at, value, quality } = judged.item;
    take(gathered.columns, index, sensor, metric, at, value, quality);
  } else gathered.rejections.push(reject(item, index, judged));
}

function gather(count: number): Gathered {
  return {
    judged: count,
    columns: {
      sensor: [],
      metric: [],
      at: [],
      value: [],
      quality: [],
      index: [],
    },
    rejections: [],
    missing: 0,
  };
}

function decoded(
  { columns, rejections, missing, judged }: Gathered,
  itemAt: (index: number) => unknown,
): Decoded {
  return {
    readings: columns,
    facts: [],
    rejections,
    missing,
    judged,
    raw: (index) => rawJson(itemAt(index)),
  };
}

function hasColumns(parsed: unknown): parsed is { columns: unknown } {
  return typeof parsed === "object" && parsed !== null && "columns" in parsed;
}

/** True for the columnar form; all else is judged as items. */
function isBatch(parsed: unknown): parsed is ReadingBatch {
  if (!hasColumns(parsed)) return false;
  const { columns } = parsed;
  if (typeof columns !== "object" || columns === null) return false;
  const { sensor, metric, at, value, quality } = columns as Partial<
    Record<keyof Reading, unknown>
  >;
  if (!Array.isArray(sensor)) return false;
  const { length } = sensor;
  const isColumn = (c: unknown) => Array.isArray(c) && c.length === length;
  return (
    isColumn(metric) &&
    isColumn(at) &&
    isColumn(value) &&
    (quality === undefined || isColumn(quality))
  );
}

function cut(batch: ReadingBatch, from: number, to: number): ReadingBatch {
  const { sensor, metric, at, value, quality } = batch.columns;
  if (from === 0 && to === sensor.length) return batch;
  return {
    columns: {
      sensor: sensor.slice(from, to),
      metric: metric.slice(from, to),
      at: at.slice(from, to),
      value: value.slice(from, to),
      ...(quality && { quality: quality.slice(from, to) }),
    },
  };
}

function rowOf({ columns }: ReadingBatch, i: number): unknown {
  return {
    sensor: columns.sensor[i],
    metric: columns.metric[i],
    at: columns.at[i],
    value: columns.value[i],
    ...(columns.quality && { quality: columns.quality[i] }),
  };
}

function rowsOf(root: unknown): unknown {
  return isBatch(root)
    ? root.columns.sensor.map((_, i) => rowOf(root, i))
    : root;
}
