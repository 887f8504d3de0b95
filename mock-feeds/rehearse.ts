import type { City } from "./city/types.ts";
import { createClock } from "./clock.ts";
import type { Department } from "./department.ts";
import { createSchedule, TICK, type Batch } from "./schedule.ts";
import { createWorld, type World } from "./world.ts";

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
