/** What one would suggest without any model: the floor under every figure. */
import type { Reported } from "../../server/hub/incidents/likeness/reported.ts";

/** Labels, likeliest first. */
export type Guess = (of: Reported) => string[];

const TOP = 3;
/** Nearest ones looked at until three labels are found. */
const NEAREST = 50;

/** The labels that are most frequent. */
export function guessUsual(
  learned: readonly Reported[],
  target: "category" | "department",
): Guess {
  const counts = new Map<string, number>();
  for (const one of learned)
    counts.set(one[target]!, (counts.get(one[target]!) ?? 0) + 1);
  const usual = [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, TOP)
    .map(([label]) => label);
  return () => usual;
}

/** The labels of the nearest places, the newest of equally near ones; the usual ones where there is no place. */
export function guessNearest(
  learned: readonly Reported[],
  target: "category" | "department",
): Guess {
  const usual = guessUsual(learned, target);
  const located = learned.filter(({ lng }) => lng !== null).reverse();
  return (of) => {
    if (of.lng === null || of.lat === null) return usual(of);
    const shrink = Math.cos((of.lat * Math.PI) / 180);
    const distances = Float64Array.from(located, (one) =>
      Math.hypot((one.lng! - of.lng!) * shrink, one.lat! - of.lat!),
    );
    const far = distances.toSorted()[NEAREST] ?? Infinity;
    const nearest = located
      .map((one, i) => ({ label: one[target]!, distance: distances[i]! }))
      .filter(({ distance }) => distance <= far)
      .sort((a, b) => a.distance - b.distance)
      .map(({ label }) => label);
    return [...new Set([...nearest, ...usual(of)])].slice(0, TOP);
  };
}
