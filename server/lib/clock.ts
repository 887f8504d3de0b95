/** The only place that asks the machine for the time (R8). */
export interface Clock {
  /** Epoch ms. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that tests and drills set by hand. */
export function createManualClock(start: number): Clock & {
  advance(ms: number): void;
  set(at: number): void;
} {
  let at = start;
  return {
    now: () => at,
    advance: (ms) => void (at += ms),
    set: (to) => void (at = to),
  };
}
