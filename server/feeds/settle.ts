/**
 * Items → sink: judge, convert, deliver, and give every refusal back to the
 * payload it came from. HOT PATH: nothing per item but the judge's.
 */
import type { Decoded, Rejection } from "../../contract/fact.ts";
import type { Feed } from "../../contract/feed.ts";
import { convertFact } from "./crs.ts";
import { asItems, Unparseable } from "./format.ts";
import type { Payload, Recipe } from "./prepare.ts";
import type { Outcome, Sink } from "./sink.ts";

/** What became of some payloads. Rejections carry the payload's number. */
export interface Settled {
  accepted: number;
  duplicates: number;
  missing: number;
  rejections: Owned[];
  /** What a cap keeps out for now (sink.ts). */
  overCap: Owned[];
  /** Newest instant among what was told, epoch ms. */
  newest: number | null;
}

export function nothing(): Settled {
  return {
    accepted: 0,
    duplicates: 0,
    missing: 0,
    rejections: [],
    overCap: [],
    newest: null,
  };
}

/** Most refusals of one batch that are told and kept one by one. */
const MOST_REFUSED = 5_000;

/**
 * Judges and delivers payloads of one feed as one batch. Resolves when all of
 * it is durable.
 * @throws Unparseable where so much is refused that the whole is better kept
 */
export async function settle(
  recipe: Recipe,
  payloads: readonly Payload[],
  sink: Sink,
): Promise<Settled> {
  const settled = nothing();
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
    for (const kept of outcome.overCap ?? [])
      settled.overCap.push(batch.own({ ...kept, raw: "" }));
    const [first] = settled.rejections;
    if (first && settled.rejections.length > MOST_REFUSED)
      throw new Unparseable(
        first.path,
        `more than ${MOST_REFUSED} items are refused, the first because: ${first.message}`,
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
  const overCap: Outcome["rejections"] = [];
  const outcome: Outcome = {
    ...{ accepted: 0, duplicates: 0, rejections: [], overCap },
  };
  for (const part of await Promise.all(told)) {
    outcome.accepted += part.accepted;
    outcome.duplicates += part.duplicates;
    outcome.rejections.push(...part.rejections);
    overCap.push(...(part.overCap ?? []));
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
