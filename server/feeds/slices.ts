/**
 * Payloads → batches small enough to be judged and delivered in one turn. HOT
 * PATH: a payload that is one batch is judged as it was parsed.
 */
import type { Rejection } from "../../contract/fact.ts";
import { asItems, countOf, type Format } from "./format.ts";
import type { Payload } from "./prepare.ts";

/** A refusal, given back to the payload, and the sender's item, it is about. */
export type Owned = Rejection & { payload: number };

export interface Batch {
  parsed: unknown;
  own(rejection: Rejection): Owned;
  /** Something came before it. */
  isLater: boolean;
  /** Told by whoever judged it: how far it came. The rest comes again. */
  judged?: number | undefined;
}

/** Items judged and delivered at once. */
const SLICE = 5_000;

/** Payloads that are lists of items become one list; the others stay alone. */
export function* batchesOf(
  judge: Format,
  payloads: readonly Payload[],
): Generator<Batch> {
  const lists: number[] = [];
  let isLater = false;
  for (const [number, { parsed }] of payloads.entries())
    // A batch in columns is a list of its own.
    if (isColumnar(parsed)) {
      const own = (r: Rejection) => owned(payloads, number, r);
      if (judge.cut) {
        const cut: Cut = (from, to) => judge.cut!(parsed, from, to);
        yield* slices(countOf(parsed), cut, own, isLater);
      } else yield { parsed, own, isLater };
      isLater = true;
    } else lists.push(number);
  const [only] = lists;
  if (only === undefined) return;
  if (lists.length > 1) yield* together(judge, payloads, lists, isLater);
  else {
    const own = (r: Rejection) => owned(payloads, only, r);
    const items = asItems(payloads[only]!.parsed);
    yield* slices(items.length, cutList(items), own, isLater, judge.atOnce);
  }
}

function* together(
  judge: Format,
  payloads: readonly Payload[],
  lists: readonly number[],
  isLater: boolean,
): Generator<Batch> {
  const items: unknown[] = [];
  const starts: number[] = [];
  for (const number of lists) {
    starts.push(items.length);
    for (const item of asItems(payloads[number]!.parsed)) items.push(item);
  }
  const own = (rejection: Rejection) => {
    let m = starts.length - 1;
    while (starts[m]! > rejection.index) m--;
    const local = moved(rejection, rejection.index - starts[m]!);
    return owned(payloads, lists[m]!, local);
  };
  yield* slices(items.length, cutList(items), own, isLater, judge.atOnce);
}

/** Rows [from, to) of what was parsed. */
type Cut = (from: number, to: number) => unknown;

/** Each begins where judgement of the last one ended. */
function* slices(
  count: number,
  cut: Cut,
  own: (rejection: Rejection) => Owned,
  isLater: boolean,
  most = SLICE,
): Generator<Batch> {
  let start = 0;
  do {
    const from = start;
    const batch: Batch = {
      parsed: cut(from, Math.min(from + most, count)),
      own: (rejection) =>
        own(from === 0 ? rejection : moved(rejection, rejection.index + from)),
      isLater: isLater || from > 0,
    };
    yield batch;
    start += batch.judged ?? most;
  } while (start < count);
}

function cutList(items: readonly unknown[]): Cut {
  return (from, to) =>
    from === 0 && to === items.length ? items : items.slice(from, to);
}

function isColumnar(parsed: unknown): boolean {
  return parsed instanceof Object && "columns" in parsed;
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
