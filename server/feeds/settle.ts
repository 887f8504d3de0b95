/**
 * Items → sink: judge, convert, deliver, and give every refusal back to the
 * payload it came from. HOT PATH: nothing per item but the judge's.
 */
import type { Decoded } from "../../contract/fact.ts";
import type { Feed } from "../../contract/feed.ts";
import { convertFact } from "./crs.ts";
import { Unparseable } from "./format.ts";
import type { Payload, Recipe } from "./prepare.ts";
import type { Outcome, Sink } from "./sink.ts";
import { batchesOf, type Owned } from "./slices.ts";

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

/** Refusals after which others get their turn: each costs as much as a hundred good readings. */
const REFUSED_AT_ONCE = 500;

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
  for (const batch of batchesOf(recipe.judge, payloads)) {
    // Others get their turn after each.
    if (batch.isLater) await new Promise((next) => setImmediate(next));
    const { feed, judge } = recipe;
    const decoded = judge.judge(batch.parsed, feed, REFUSED_AT_ONCE);
    batch.judged = decoded.judged;
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
