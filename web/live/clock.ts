/**
 * The hub's clock in the browser. A wall's own clock may be minutes wrong; what
 * it shows as "now" is the hub's time, epoch ms. The only reader of the machine's clock.
 */
export interface Clock {
  /** Epoch ms as the hub would say it. */
  now(): number;
  /** Takes the hub's time from a message that has just arrived. */
  heard(now: number): void;
}

/** Beyond this the machine slept or its clock was set: believe the hub at once. */
const JUMP = 2_000;
/** Share of a later-looking sample that is believed: it was most likely delayed on its way. */
const DRIFT = 0.05;

/** `machine` gives monotonic epoch ms. */
export function createClock(
  machine = () => performance.timeOrigin + performance.now(),
): Clock {
  let offset: number | null = null;
  return {
    now: () => Math.round(machine() + (offset ?? 0)),
    heard(now) {
      const sample = now - machine();
      // A message can only be late, so the greatest offset seen is the nearest.
      if (offset === null || sample > offset || offset - sample > JUMP)
        offset = sample;
      else offset += (sample - offset) * DRIFT;
    },
  };
}
