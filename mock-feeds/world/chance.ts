import type { Random } from "../city/random.ts";

/**
 * Chance that any process can work out again from a seed and a moment, without
 * remembering what came before: two departments, or a department before and
 * after a restart, agree on the weather.
 */

/** 32 bits from two integers, cheap enough for every reading. */
export function hash2(a: number, b: number): number {
  let h = Math.imul((a ^ 0x9e3779b9) | 0, 0x85ebca6b) + (b | 0);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A number in [0, 1) that belongs to these two integers. */
export const draw = (a: number, b: number): number =>
  hash2(a, b) / 0x1_0000_0000;

/** Smooth noise over time: about −1 … 1, one swing per unit of `x`. */
export function wander(seed: number, x: number): number {
  const cell = Math.floor(x);
  const f = x - cell;
  const ease = f * f * (3 - 2 * f);
  const a = draw(seed, cell) * 2 - 1;
  const b = draw(seed, cell + 1) * 2 - 1;
  return a + (b - a) * ease;
}

/** How often something happens that happens `mean` times on average (Poisson). */
export function times(random: Random, mean: number): number {
  // Large means: a bell curve saves thousands of draws.
  if (mean > 50)
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.bell()));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let p = random.next(); p > limit; p *= random.next()) count++;
  return count;
}
