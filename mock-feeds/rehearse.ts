import type { City } from "./city/types.ts";
import { createClock } from "./world/clock.ts";
import type { Department } from "./department.ts";
import { createSchedule, TICK, type Batch } from "./schedule.ts";
import { createWorld, type World } from "./world/world.ts";

/** Departments without sockets and without waiting: for tests, and to look at a day's numbers. */
export interface Rehearsal {
  world: World;
  /** The first picture. */
  start(): Batch[];
  /** What is sent in so many seconds from now on. */
  play(seconds: number): Batch[];
  troubles: string[];
}

export function rehearse(
  departments: readonly Department[],
  {
    city,
    seed,
    from,
    speed = 1,
  }: { city: City; seed: number; from: number; speed?: number },
): Rehearsal {
  const world = createWorld(city, seed);
  const troubles: string[] = [];
  const schedule = createSchedule(
    departments.flatMap((department) =>
      department.duties({ city, world, seed }),
    ),
    createClock(speed, from),
    (message) => troubles.push(message),
  );
  let tick = 0;
  return {
    world,
    troubles,
    start: () => [...schedule.start(from)],
    play: (seconds) =>
      Array.from({ length: seconds }, () => {
        tick++;
        return schedule.tick(tick, from + tick * TICK);
      }).flat(),
  };
}

/** An item of any format, as a reader without a schema sees it. */
export type Item = Record<string, string | number | undefined>;

/** What one feed was sent. */
export const itemsOf = (batches: readonly Batch[], feed: string): Item[] =>
  batches
    .filter((batch) => batch.feed === feed)
    .flatMap(({ items }) => items as Item[]);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
