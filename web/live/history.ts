/** History from a door, continued by what arrives live. */
import { onScopeDispose, shallowRef, toValue, watch } from "vue";
import type { MaybeRefOrGetter, ShallowRef } from "vue";
import type { State } from "../../contract/level.ts";
import { CallError } from "./call.ts";
import { useLive, type LiveSource } from "./source.ts";

/** Points of a line, oldest first; null is a gap. */
export interface Line {
  at: number[];
  value: (number | null)[];
  /** Level as the hub judged it then; null where nobody judged. */
  state: (State | null)[];
}

export interface Span {
  /** Epoch ms, both. */
  from: number;
  to: number;
}

/** More points than a wall's panel has pixels help nobody. */
export const MOST_POINTS = 600;
/** A longer silence than this many periods is drawn as a gap. */
const GAP = 3;

export interface NewPoint {
  at: number;
  value: number | null;
  state?: State | null;
  /** Ms between values; 0 where unknown: no gap is drawn. */
  every?: number;
}

/** True where there was silence between a line's end and the next point. */
const isLeap = (end: number, { at, every = 0 }: NewPoint) =>
  every > 0 && at - end > GAP * every;

/**
 * Adds a live value to a line: later than its end → appended (with a gap where
 * it was silent), equal to its end → corrected. Points before `from` leave.
 */
export function extendLine(line: Line, point: NewPoint, from: number): Line {
  const { at, value, state = null, every = 0 } = point;
  const last = line.at.at(-1);
  if (last !== undefined && at < last) return line;
  const start = line.at.findIndex((t) => t >= from);
  const kept = start < 0 ? line.at.length : start;
  const times = line.at.slice(kept);
  const values = line.value.slice(kept);
  const states = line.state.slice(kept);
  const push = (time: number, told: number | null, level: State | null) => {
    times.push(time);
    values.push(told);
    states.push(level);
  };
  if (at === last && times.length > 0) {
    values[values.length - 1] = value;
    states[states.length - 1] = state;
  } else {
    if (last !== undefined && isLeap(last, point))
      push(last + every, null, null);
    push(at, value, state);
  }
  const over = Math.max(0, times.length - MOST_POINTS);
  return {
    at: times.slice(over),
    value: values.slice(over),
    state: states.slice(over),
  };
}

/**
 * Breaks a line where it was silent for longer than `longest` ms, by default
 * three of its usual steps: a door that tells only what there is tells no gaps.
 */
export function withGaps(line: Line, longest = GAP * usualStep(line.at)): Line {
  const broken: Line = { at: [], value: [], state: [] };
  const push = (time: number, value: number | null, state: State | null) => {
    broken.at.push(time);
    broken.value.push(value);
    broken.state.push(state);
  };
  for (const [i, time] of line.at.entries()) {
    const before = line.at[i - 1];
    if (before !== undefined && time - before > longest)
      push(before + 1, null, null);
    push(time, line.value[i] ?? null, line.state[i] ?? null);
  }
  return broken;
}

/** The median distance of neighbours. */
function usualStep(at: readonly number[]): number {
  if (at.length < 3) return Infinity;
  const steps = at.slice(1).map((time, i) => time - at[i]!);
  return steps.sort((a, b) => a - b)[steps.length >> 1]!;
}

/** Least that is shown of a young line, ms. */
const YOUNGEST = 15 * 60_000;

/**
 * A line that began only lately fills the picture: hours of nothing before a
 * city's first value tell nothing.
 */
export function sinceBegun(span: Span, lines: readonly Line[]): Span {
  const first = Math.min(...lines.map(({ at }) => at[0] ?? Infinity));
  const { from, to } = span;
  if (first === Infinity || first - from < (to - from) / 2) return span;
  return { from: Math.max(from, Math.min(first, to - YOUNGEST)), to };
}

/** What part of the past a chart shows, given now. */
export type Window = (now: number) => Span;

export interface History {
  line: Readonly<ShallowRef<Line>>;
  /** The door's sentence while there is nothing to show. */
  failed: Readonly<ShallowRef<string | null>>;
  /** There is none for this viewer, however often it is asked for. */
  refused: Readonly<ShallowRef<boolean>>;
  /** Continues the line with a live value. */
  extend(point: NewPoint): void;
}

/** Ms between whole re-reads, which replace live points by the store's own roll-ups. */
const REREAD = 10 * 60_000;
const AGAIN = 5_000;
/** Ms from a leap of the live value to a re-read. */
const AFTER_LEAP = 1_000;
const NOTHING: Line = { at: [], value: [], state: [] };

/**
 * Asks for a window of the past now, whenever `key` or the connection
 * changes, and every ten minutes. A key of null asks nothing.
 */
export function useHistory(
  key: MaybeRefOrGetter<string | null>,
  window: Window,
  ask: (live: LiveSource, span: Span) => Promise<Line>,
): History {
  const live = useLive();
  const line = shallowRef<Line>(NOTHING);
  const failed = shallowRef<string | null>(null);
  const refused = shallowRef(false);
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** A re-read after a leap is on its way. */
  let leapt = false;

  function extend(point: NewPoint): void {
    const { from } = window(live.now());
    const end = line.value.at.at(-1);
    line.value = extendLine(line.value, point, from);
    if (end === undefined || leapt || !isLeap(end, point)) return;
    // A recording runs faster than values are pushed: the door has those between.
    leapt = true;
    clearTimeout(timer);
    const mine = turn;
    timer = setTimeout(() => void read(mine), AFTER_LEAP);
  }
  async function read(mine: number): Promise<void> {
    clearTimeout(timer);
    leapt = false;
    const asked = live.now();
    let next = REREAD;
    try {
      const answer = await ask(live, window(asked));
      if (mine !== turn) return;
      const late = line.value;
      line.value = answer;
      // What arrived while the door was answering is not lost.
      const end = answer.at.at(-1) ?? -Infinity;
      for (const [i, at] of late.at.entries())
        if (at > end)
          extend({
            at,
            value: late.value[i] ?? null,
            state: late.state[i] ?? null,
          });
      failed.value = null;
      refused.value = false;
    } catch (cause) {
      if (mine !== turn) return;
      if (line.value.at.length === 0)
        failed.value = cause instanceof Error ? cause.message : String(cause);
      // What is refused stays refused; what cannot be reached comes back.
      refused.value =
        cause instanceof CallError && [403, 404].includes(cause.status);
      next = refused.value ? REREAD : AGAIN;
    }
    timer = setTimeout(() => void read(mine), next);
  }

  watch(
    [() => toValue(key), live.openings] as const,
    ([name], [before]) => {
      turn++;
      leapt = false;
      clearTimeout(timer);
      if (before !== name) line.value = NOTHING;
      if (name !== null) void read(turn);
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    turn++;
    clearTimeout(timer);
  });
  return { line, failed, refused, extend };
}
