/**
 * What one pane of video goes through, as a table that knows no DOM:
 * opening → playing ⇄ frozen → waiting → opening …
 * Times are milliseconds of a monotonic clock that the caller passes in.
 */

/** Why a stream does not play. */
export type Trouble = "network" | "notFound" | "decode" | "stalled";

export type Playback =
  | { phase: "opening"; attempt: number; since: number }
  | { phase: "playing"; attempt: number; since: number; advancedAt: number }
  /** The picture stands still although the stream is open. */
  | { phase: "frozen"; attempt: number; since: number }
  | { phase: "waiting"; attempt: number; retryAt: number; trouble: Trouble }
  /** This browser or this version cannot play the kind of stream. */
  | { phase: "unsupported" }
  | { phase: "closed" };

export type Signal =
  /** The picture moved on. */
  | { type: "advanced" }
  /** Time passed. */
  | { type: "tick" }
  | { type: "failed"; trouble: Trouble }
  | { type: "unsupported" }
  | { type: "close" };

/** A picture that has not moved for so long is frozen, and for longer is given up. */
export const FROZEN_AFTER = 4_000;
export const GIVE_UP_AFTER = 15_000;
/** The first picture may take so long. */
export const OPEN_WITHIN = 15_000;
/** After so much good time the next trouble counts as the first. */
export const FORGIVE_AFTER = 60_000;
export const FIRST_RETRY = 1_000;
export const LONGEST_RETRY = 30_000;

export const openPlayback = (now: number): Playback => ({
  phase: "opening",
  attempt: 1,
  since: now,
});

/**
 * Wait before attempt `attempt + 1`: doubles up to half a minute, spread by
 * ± 20 % so that a wall's panes do not knock on the gateway together.
 * @param chance 0 … 1
 */
export function retryDelay(attempt: number, chance: number): number {
  const full = Math.min(FIRST_RETRY * 2 ** (attempt - 1), LONGEST_RETRY);
  return Math.round(full * (0.8 + 0.4 * chance));
}

/** The state after a signal. Pure; `chance` 0 … 1 spreads the retries. */
export function nextPlayback(
  state: Playback,
  signal: Signal,
  now: number,
  chance: number,
): Playback {
  if (state.phase === "closed") return state;
  switch (signal.type) {
    case "close":
      return { phase: "closed" };
    case "unsupported":
      return { phase: "unsupported" };
    case "failed":
      return fail(state, signal.trouble, now, chance);
    case "advanced":
      return advance(state, now);
    case "tick":
      return wait(state, now, chance);
  }
}

function advance(state: Playback, now: number): Playback {
  switch (state.phase) {
    case "playing":
      return {
        ...state,
        advancedAt: now,
        attempt: now - state.since >= FORGIVE_AFTER ? 1 : state.attempt,
      };
    case "opening":
    case "frozen":
      return {
        phase: "playing",
        attempt: state.attempt,
        since: now,
        advancedAt: now,
      };
    default:
      return state;
  }
}

function wait(state: Playback, now: number, chance: number): Playback {
  switch (state.phase) {
    case "opening":
      return now - state.since >= OPEN_WITHIN
        ? fail(state, "stalled", now, chance)
        : state;
    case "playing":
      return now - state.advancedAt >= FROZEN_AFTER
        ? { phase: "frozen", attempt: state.attempt, since: state.advancedAt }
        : state;
    case "frozen":
      return now - state.since >= GIVE_UP_AFTER
        ? fail(state, "stalled", now, chance)
        : state;
    case "waiting":
      return now >= state.retryAt
        ? { phase: "opening", attempt: state.attempt + 1, since: now }
        : state;
    default:
      return state;
  }
}

function fail(
  state: Playback,
  trouble: Trouble,
  now: number,
  chance: number,
): Playback {
  switch (state.phase) {
    case "opening":
    case "playing":
    case "frozen":
      return {
        phase: "waiting",
        attempt: state.attempt,
        retryAt: now + retryDelay(state.attempt, chance),
        trouble,
      };
    default:
      return state;
  }
}
