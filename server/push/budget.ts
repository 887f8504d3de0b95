/**
 * How often a hot room may send (R5). A bucket of deliveries: an idle room
 * sends at once, a busy or crowded one waits between 50 and 250 ms, so the
 * cost of a room is bounded whatever the rate of its readings.
 */
export interface Budget {
  tokens: number;
  at: number;
}

/** Deliveries a room may cost per ms; 8 is about 5–9 % of a core at 6–11 µs each (performance.md). */
const PER_MS = 8;
/** What a flush costs beside its deliveries: building and encoding. */
const PER_FLUSH = 10;
const CAPACITY = 1_600;
const SHORTEST = 50;
const LONGEST = 250;

export const budget = {
  create: (): Budget => ({ tokens: CAPACITY, at: 0 }),

  /** Ms to wait before the next flush to `members`; the flush is paid for here. */
  wait(room: Budget, members: number, now: number): number {
    room.tokens = Math.min(
      CAPACITY,
      room.tokens + Math.max(0, now - room.at) * PER_MS,
    );
    room.at = now;
    const cost = members + PER_FLUSH;
    const short = cost - room.tokens;
    room.tokens -= cost;
    if (short <= 0) return 0;
    const wait = Math.min(LONGEST, Math.max(SHORTEST, short / PER_MS));
    // What the wait could not pay for is forgiven: LONGEST is the promise.
    room.tokens = Math.max(room.tokens, -wait * PER_MS);
    return wait;
  },
};
