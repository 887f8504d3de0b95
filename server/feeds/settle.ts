/**
 * What happens to payloads between a transport and the sink: read → map →
 * judge → convert → deliver → quarantine. HOT PATH where a feed has no
 * mapping: no await before the sink's, and nothing per item but the judge's.
 */
import type { Decoded, Rejection } from "../../contract/fact.ts";
import type { Feed } from "../../contract/feed.ts";
import { convertFact } from "./crs.ts";
import { asItems, Flaw, Unparseable, type Format } from "./format.ts";
import { MappingFailed } from "./mapping-process.ts";
import type { Mapper, Mapping } from "./mapping.ts";
import { reject } from "./json-format.ts";
import { textOf } from "./raw.ts";
import type { Outcome, Sink } from "./sink.ts";

/** How a feed's payloads are read and judged. */
export interface Recipe {
  feed: Feed;
  format: Format;
  /** Judges what was parsed, or what the mapping made of it. */
  judge: Format;
  mapping: Mapping | null;
}

/** A payload, read and mapped, ready to be judged. */
export interface Payload {
  parsed: unknown;
  /** Refused before judgement: rows that the mapping never saw or failed on. */
  rejections: Rejection[];
  /** The sender's item behind a mapped one; null where they are the same. */
  origin: ((index: number) => { index: number; raw: string }) | null;
}

/** What became of some payloads. Rejections carry the payload's number. */
export interface Settled {
  accepted: number;
  duplicates: number;
  missing: number;
  rejections: Owned[];
  /** Newest instant among what was told, epoch ms. */
  newest: number | null;
}

/** @throws Unparseable where the payload as a whole gives nothing. */
export function prepare(
  recipe: Recipe,
  body: Uint8Array,
  mediaType: string,
  mapper: Mapper,
): Payload | Promise<Payload> {
  const { feed, format, mapping } = recipe;
  const parsed = format.parse(body, { mediaType, feed });
  const isDone = !(parsed instanceof Promise) && !mapping;
  if (isDone) return { parsed, rejections: [], origin: null };
  return prepareSlowly(recipe, parsed, body, mapper);
}

async function prepareSlowly(
  recipe: Recipe,
  promised: unknown,
  body: Uint8Array,
  mapper: Mapper,
): Promise<Payload> {
  const parsed = await promised;
  return recipe.mapping
    ? applyMapping(recipe, recipe.mapping, parsed, body, mapper)
    : { parsed, rejections: [], origin: null };
}

async function applyMapping(
  { feed, format }: Recipe,
  mapping: Mapping,
  parsed: unknown,
  body: Uint8Array,
  mapper: Mapper,
): Promise<Payload> {
  const rejections: Rejection[] = [];
  if (parsed instanceof Flaw)
    throw new Unparseable(parsed.path, parsed.message);
  /** Number of each row that is mapped, in the sender's payload. */
  const rows: number[] = [];
  let input = parsed;
  if (Array.isArray(parsed)) {
    const sound: unknown[] = [];
    parsed.forEach((item: unknown, index) => {
      if (item instanceof Flaw) rejections.push(reject(item, index, item));
      else {
        sound.push(item);
        rows.push(index);
      }
    });
    input = sound;
  }
  const { results } = await mapper
    .map(feed, mapping, input)
    .catch((error: unknown) => {
      if (error instanceof MappingFailed)
        throw new Unparseable("", error.message);
      throw error;
    });
  if (!mapping.rowWise || !Array.isArray(parsed)) {
    const [result] = results;
    if (!result || "error" in result)
      throw new Unparseable("", result?.error ?? "the mapping gave nothing");
    // Which row an item stands for is not known: the whole payload is kept.
    let whole: string | undefined;
    return {
      parsed: result.items,
      rejections,
      origin: (index) => ({ index, raw: (whole ??= textOf(body)) }),
    };
  }
  const rawRow = (row: number) => format.raw(parsed[row]);
  const items: unknown[] = [];
  const rowOf: number[] = [];
  results.forEach((result, i) => {
    const row = rows[i]!;
    if ("error" in result)
      rejections.push({
        index: row,
        path: `/${row}`,
        message: result.error,
        raw: rawRow(row),
      });
    else
      for (const item of result.items) {
        items.push(item);
        rowOf.push(row);
      }
  });
  return {
    parsed: items,
    rejections,
    origin: (index) => ({ index: rowOf[index]!, raw: rawRow(rowOf[index]!) }),
  };
}

/** Judges and delivers payloads of one feed as one batch. Resolves when all of it is durable. */
export async function settle(
  recipe: Recipe,
  payloads: readonly Payload[],
  sink: Sink,
): Promise<Settled> {
  const settled: Settled = {
    accepted: 0,
    duplicates: 0,
    missing: 0,
    rejections: [],
    newest: null,
  };
  payloads.forEach((payload, number) => {
    for (const rejection of payload.rejections)
      settled.rejections.push({ ...rejection, payload: number });
  });
  for (const batch of join(payloads)) {
    const decoded = recipe.judge.judge(batch.parsed, recipe.feed);
    settled.missing += decoded.missing;
    settled.newest = newest(decoded, settled.newest);
    const outcome = await deliver(recipe.feed, decoded, sink);
    settled.accepted += outcome.accepted;
    settled.duplicates += outcome.duplicates;
    for (const rejection of decoded.rejections)
      settled.rejections.push(batch.own(rejection));
    for (const { index, path, message } of outcome.rejections)
      settled.rejections.push(
        batch.own({
          index,
          path: `/${index}${path}`,
          message,
          raw: decoded.raw(index),
        }),
      );
  }
  return settled;
}

async function deliver(
  feed: Feed,
  { readings, facts }: Decoded,
  sink: Sink,
): Promise<Outcome> {
  for (const fact of facts) convertFact(fact, feed.crs);
  const told: Promise<Outcome>[] = [];
  if (readings && readings.sensor.length > 0)
    told.push(sink.readings(feed, readings));
  if (facts.length > 0) told.push(sink.facts(feed, facts));
  const [only] = told;
  if (only && told.length === 1) return only;
  const outcome: Outcome = { accepted: 0, duplicates: 0, rejections: [] };
  for (const part of await Promise.all(told)) {
    outcome.accepted += part.accepted;
    outcome.duplicates += part.duplicates;
    outcome.rejections.push(...part.rejections);
  }
  return outcome;
}

/** A refusal, given back to the payload, and the sender's item, it is about. */
type Owned = Rejection & { payload: number };

interface Batch {
  parsed: unknown;
  own(rejection: Rejection): Owned;
}

/** Items judged and delivered at once: others get their turn after each. */
const SLICE = 5_000;

/** Payloads that are lists of items become one list; the others stay alone. */
function* join(payloads: readonly Payload[]): Generator<Batch> {
  const lists: number[] = [];
  for (const [number, { parsed }] of payloads.entries())
    // A batch in columns is a list of its own.
    if (parsed instanceof Object && "columns" in parsed)
      yield { parsed, own: (r) => owned(payloads, number, r) };
    else lists.push(number);
  const [only] = lists;
  if (only === undefined) return;
  if (lists.length === 1)
    yield* slices(asItems(payloads[only]!.parsed), (r) =>
      owned(payloads, only, r),
    );
  else yield* together(payloads, lists);
}

function* together(
  payloads: readonly Payload[],
  lists: readonly number[],
): Generator<Batch> {
  const items: unknown[] = [];
  const starts: number[] = [];
  for (const number of lists) {
    starts.push(items.length);
    for (const item of asItems(payloads[number]!.parsed)) items.push(item);
  }
  yield* slices(items, (rejection) => {
    let m = starts.length - 1;
    while (starts[m]! > rejection.index) m--;
    const local = moved(rejection, rejection.index - starts[m]!);
    return owned(payloads, lists[m]!, local);
  });
}

function* slices(
  items: readonly unknown[],
  own: (rejection: Rejection) => Owned,
): Generator<Batch> {
  if (items.length <= SLICE) {
    yield { parsed: items, own };
    return;
  }
  for (let start = 0; start < items.length; start += SLICE)
    yield {
      parsed: items.slice(start, start + SLICE),
      own: (rejection) => own(moved(rejection, rejection.index + start)),
    };
}

function owned(
  payloads: readonly Payload[],
  payload: number,
  rejection: Rejection,
): Owned {
  const { origin } = payloads[payload]!;
  if (!origin) return { ...rejection, payload };
  const { index, raw } = origin(rejection.index);
  return { ...moved(rejection, index), raw, payload };
}

/** The same refusal under another item number; a path that names no item stays. */
function moved(rejection: Rejection, index: number): Rejection {
  const { path } = rejection;
  const item = `/${rejection.index}`;
  const names = path === item || path.startsWith(`${item}/`);
  return {
    ...rejection,
    index,
    path: names ? `/${index}${path.slice(item.length)}` : path,
  };
}

function newest(decoded: Decoded, so: number | null): number | null {
  let latest = so ?? -Infinity;
  if (decoded.readings)
    for (const at of decoded.readings.at) if (at > latest) latest = at;
  for (const { type, item } of decoded.facts) {
    const at =
      type === "indicatorValue" || type === "position"
        ? item.at
        : type === "incident"
          ? item.reportedAt
          : type === "warning"
            ? item.sent
            : -Infinity;
    if (at > latest) latest = at;
  }
  return latest === -Infinity ? null : latest;
}
