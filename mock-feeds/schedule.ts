import type { Clock } from "./world/clock.ts";
import type { Duty, Moment } from "./department.ts";

/** Items of one feed, ready to be sent. */
export interface Batch {
  feed: string;
  items: unknown[];
}

export interface Schedule {
  /** Everything once, for the first picture. */
  start(at: number): Iterable<Batch>;
  /** What is due in the `tick`-th second after the start. `at` is real time. */
  tick(tick: number, at: number): Batch[];
}

/** Seconds of real time are the grain: nothing reports more often. */
export const TICK = 1000;

/**
 * Spreads duties over time: a thousand sensors with a period of a minute are
 * about seventeen a second, not a thousand every minute. A duty that throws is
 * told of and tried again at its next turn; the others never notice.
 */
export function createSchedule(
  duties: readonly Duty[],
  clock: Clock,
  onTrouble: (message: string) => void,
): Schedule {
  const plans = duties.map((duty) => createPlan(duty, clock.speed));
  const { wall } = clock;

  function ask(plan: Plan, moment: Moment, from: number, to: number): Batch[] {
    const { feed } = plan.duty;
    try {
      const items = plan.duty.report(moment, from, to);
      return items.length > 0 ? [{ feed, items }] : [];
    } catch (error) {
      onTrouble(`feed ${feed}: ${String(error)}`);
      return [];
    }
  }

  return {
    *start(at) {
      const time = clock.city(at);
      for (const plan of plans) {
        plan.last.fill(time);
        if (plan.duty.snapshot === false) continue;
        yield* ask(plan, { at, time, previous: time, wall }, 0, plan.count);
      }
    },
    tick(tick, at) {
      const time = clock.city(at);
      return plans.flatMap((plan) => {
        if (plan.slices === Infinity) return [];
        const slice = tick % plan.slices;
        const from = Math.floor((slice * plan.count) / plan.slices);
        const to = Math.floor(((slice + 1) * plan.count) / plan.slices);
        if (from === to) return [];
        const previous = plan.last[from] ?? time;
        plan.last.fill(time, from, to);
        return ask(plan, { at, time, previous, wall }, from, to);
      });
    },
  };
}

interface Plan {
  duty: Duty;
  count: number;
  /** Ticks of one period. */
  slices: number;
  /** City time of each object's last report. */
  last: Float64Array;
}

function createPlan(duty: Duty, speed: number): Plan {
  const count = duty.count ?? 1;
  const real = duty.pace === "wall" ? duty.every : duty.every / speed;
  return {
    duty,
    count,
    slices: real === Infinity ? Infinity : Math.max(1, Math.round(real / TICK)),
    last: new Float64Array(count),
  };
}
