/**
 * Real time and the city's own. With `--speed 60` a minute of real time is an
 * hour of the city: its rush hours, its storm. What is sent is always stamped
 * with real time, because a hub refuses the future.
 */
export interface Clock {
  readonly speed: number;
  /** City time of a real time, epoch ms. */
  city(wall: number): number;
  /** Real time of a city time; what lay before the start lies where it was. */
  wall(city: number): number;
}

export function createClock(speed: number, startedAt: number): Clock {
  return {
    speed,
    city: (wall) =>
      wall <= startedAt ? wall : startedAt + (wall - startedAt) * speed,
    wall: (city) =>
      city <= startedAt ? city : startedAt + (city - startedAt) / speed,
  };
}
