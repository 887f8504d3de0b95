import { z } from "zod";

/**
 * Level of an indicator or a warning, worst first. Not an incident's priority,
 * not an emergency's grade (decisions D3).
 */
export const Level = z.enum(["red", "orange", "yellow", "blue"]);
export type Level = z.infer<typeof Level>;

/** `normal` has data and no level; `none` has no thresholds; `stale` has no fresh data: grey, never green. */
export const State = z.enum([...Level.options, "normal", "none", "stale"]);
export type State = z.infer<typeof State>;

/** Incident priority: 1 is the most urgent; null where nobody judged yet. */
export const Priority = z.number().int().min(1).max(4);
export type Priority = z.infer<typeof Priority>;

/** How old the newest value is against its period: ≤ 1.5, ≤ 3, ≤ 10, more (decisions B4). */
export const Freshness = z.enum(["live", "late", "stale", "lost"]);
export type Freshness = z.infer<typeof Freshness>;

const FRESHNESS_LIMITS = [
  [1.5, "live"],
  [3, "late"],
  [10, "stale"],
] as const;

/** Freshness of something last heard `age` ms ago that is expected `every` ms. */
export function freshnessOf(age: number, every: number): Freshness {
  for (const [periods, name] of FRESHNESS_LIMITS)
    if (age <= periods * every) return name;
  return "lost";
}
