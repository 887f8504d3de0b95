/** History from a door, continued by what arrives live. */
import { onScopeDispose, shallowRef, toValue, watch } from "vue";
import type { MaybeRefOrGetter, ShallowRef } from "vue";
import { useLive, type LiveSource } from "./source.ts";

/** Points of a line, oldest first; null is a gap. */
export interface Line {
  at: number[];
  value: (number | null)[];
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

/**
 * Adds a live value to a line: later than its end → appended (with a gap where
 * it was silent), equal to its end → corrected. Points before `from` leave.
 */
export function extendLine(
  line: Line,
  at: number,
  value: number | null,
  every: number,
  from: number,
): Line {
  const last = line.at.at(-1);
  if (last !== undefined && at < last) return line;
  const start = line.at.findIndex((t) => t >= from);
  const kept = start < 0 ? line.at.length : start;
  const times = line.at.slice(kept);
  const values = line.value.slice(kept);
  if (at === last && times.length > 0) values[values.length - 1] = value;
  else {
    if (last !== undefined && every > 0 && at - last > GAP * every) {
      times.push(last + every);
      values.push(null);
    }
    times.push(at);
    values.push(value);
  }
  const over = Math.max(0, times.length - MOST_POINTS);
  return { at: times.slice(over), value: values.slice(over) };
}

export interface History {
  line: Readonly<ShallowRef<Line>>;
  state: Readonly<ShallowRef<"waiting" | "here" | "failed">>;
  problem: Readonly<ShallowRef<string | null>>;
  /** Continues the line with a live value. */
  extend(at: number, value: number | null, every: number): void;
}

/** Ms between whole re-reads, which replace live points by the store's own roll-ups. */
const REREAD = 10 * 60_000;
const AGAIN = 5_000;

/**
 * Asks `ask` for the last `span` ms when it is first needed, whenever `key`
 * or the connection changes, and every ten minutes.
 */
export function useHistory(
  key: MaybeRefOrGetter<string | null>,
  span: MaybeRefOrGetter<number>,
  ask: (live: LiveSource, span: Span) => Promise<Line>,
): History {
  const live = useLive();
  const line = shallowRef<Line>({ at: [], value: [] });
  const state = shallowRef<"waiting" | "here" | "failed">("waiting");
  const problem = shallowRef<string | null>(null);
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function read(mine: number): Promise<void> {
    clearTimeout(timer);
    const to = live.now();
    let next = REREAD;
    try {
      const answer = await ask(live, { from: to - toValue(span), to });
      if (mine !== turn) return;
      const late = line.value;
      line.value = answer;
      // What arrived while the door was answering is not lost.
      for (const [i, at] of late.at.entries())
        if (at > (answer.at.at(-1) ?? 0) && at >= to)
          extend(at, late.value[i] ?? null, 0);
      state.value = "here";
      problem.value = null;
    } catch (cause) {
      if (mine !== turn) return;
      state.value = line.value.at.length > 0 ? "here" : "failed";
      problem.value = cause instanceof Error ? cause.message : String(cause);
      next = AGAIN;
    }
    timer = setTimeout(() => void read(mine), next);
  }

  function extend(at: number, value: number | null, every: number): void {
    line.value = extendLine(
      line.value,
      at,
      value,
      every,
      live.now() - toValue(span),
    );
  }

  watch(
    [() => toValue(key), () => toValue(span), live.openings],
    ([name], before) => {
      turn++;
      clearTimeout(timer);
      if (before[0] !== name) line.value = { at: [], value: [] };
      if (name !== null) void read(turn);
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    turn++;
    clearTimeout(timer);
  });
  return { line, state, problem, extend };
}
