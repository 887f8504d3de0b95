/** How long no hand has moved at this desk. Pure: times are passed in, what is to be done is called. */
import { MINUTE, SECOND } from "../../contract/time.ts";

/** While hands move the hub is told at most so often, and three times before it would lock. */
const TELLS = MINUTE;
const TELLS_PER_SPAN = 3;
/** The hub may have heard of another page's hand: then it is asked again. */
const ASKS = 15 * SECOND;

export interface Idle {
  /** A hand moved. */
  hand(): void;
  /** Time passed. */
  tick(): void;
}

/**
 * @param ask.now ms, of a clock that only goes forward
 * @param ask.idleAfter ms without a hand after which the hub locks
 * @param ask.locked is it locked already?
 * @param ask.stay tells the hub that a hand moved
 * @param ask.look asks the hub who is looking: it alone decides about the lock
 */
export function createIdle(ask: {
  now: () => number;
  idleAfter: () => number;
  locked: () => boolean;
  stay: () => void;
  look: () => void;
}): Idle {
  let moved = ask.now();
  let told = moved;
  let looked = moved;

  function tick(): void {
    const now = ask.now();
    const span = ask.idleAfter();
    const every = Math.min(TELLS, span / TELLS_PER_SPAN);
    const locked = ask.locked();
    if (!locked && moved > told && now - told >= every) {
      told = now;
      ask.stay();
    }
    const idle = locked || now - Math.max(moved, told) > span;
    if (idle && now - looked >= Math.min(ASKS, span)) {
      looked = now;
      ask.look();
    }
  }

  return {
    hand() {
      moved = ask.now();
      tick();
    },
    tick,
  };
}
