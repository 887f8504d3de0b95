import { monitorEventLoopDelay } from "node:perf_hooks";

const EVERY = 10_000;
/** ms between looks; the timer itself adds as much. */
const RESOLUTION = 20;

export interface Pulse {
  /** ms by which timers came late, 99th percentile of the last whole period. */
  delay(): number;
  stop(): void;
}

/** Feels how late the event loop is. */
export function createPulse(): Pulse {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION });
  histogram.enable();
  let delay = 0;
  const timer = setInterval(() => {
    delay = Math.max(0, histogram.percentile(99) / 1e6 - RESOLUTION);
    histogram.reset();
  }, EVERY);
  timer.unref();
  return {
    delay: () => delay,
    stop() {
      clearInterval(timer);
      histogram.disable();
    },
  };
}
