import type { Land } from "./land.ts";
import type { Line, Point } from "./plane.ts";
import { distance, spline } from "./plane.ts";
import { createNoise } from "./random.ts";

/**
 * A closed road at about `radius`: for each direction the distance that keeps
 * off waters and hills, while staying smooth (shortest path around the clock).
 */
export function ringRoad(
  seed: number,
  land: Land,
  centre: Point,
  radius: number,
  squash: number,
): Line {
  const WAYS = 60;
  const CHOICES = 31;
  const rough = createNoise(seed, `ring ${radius}`, 1, 2);
  const at = (way: number, choice: number): Point => {
    const angle = (way / WAYS) * 2 * Math.PI;
    const bent = 1 + 0.07 * rough(2 * Math.cos(angle), 2 * Math.sin(angle));
    const r = radius * bent * (0.76 + (0.48 * choice) / (CHOICES - 1));
    return [
      centre[0] + r * Math.cos(angle),
      centre[1] + r * squash * Math.sin(angle),
    ];
  };
  const tolls = Array.from({ length: WAYS * CHOICES }, (_, i) => {
    const choice = i % CHOICES;
    const p = at(Math.floor(i / CHOICES), choice);
    return (
      (land.isWater(p) ? 3 : 0) +
      (land.isStill(p) || land.isPark(p) ? 6 : 0) +
      8 * Math.max(0, land.hill(p) - 0.25) +
      (land.isCity(p) ? 0 : 30) +
      2 * Math.abs(choice / (CHOICES - 1) - 0.5)
    );
  });
  const toll = (way: number, choice: number) =>
    tolls[way * CHOICES + choice] as number;
  let best: number[] = [];
  let bestToll = Infinity;
  for (let first = 4; first < CHOICES - 4; first += 3) {
    let reach = Array.from({ length: CHOICES }, (_, c) =>
      c === first ? toll(0, c) : Infinity,
    );
    const from: number[][] = [];
    for (let way = 1; way <= WAYS; way++) {
      const parents: number[] = [];
      reach = reach.map((_, c) => {
        let least = Infinity;
        let parent = c;
        for (let d = -3; d <= 3; d++) {
          const before = (reach[c + d] ?? Infinity) + 0.35 * d * d;
          if (before < least) [least, parent] = [before, c + d];
        }
        parents.push(parent);
        return least + toll(way % WAYS, c);
      });
      from.push(parents);
    }
    const end = reach[first] as number;
    if (end >= bestToll) continue;
    bestToll = end;
    best = [first];
    for (let way = WAYS; way > 0; way--)
      best.push(from[way - 1]?.[best.at(-1) as number] ?? first);
    best.reverse();
  }
  const knots = best.map((choice, way) => at(way % WAYS, choice));
  // One turn too many lets the spline close without a kink.
  const loop = spline(
    [...knots.slice(-4, -1), ...knots, ...knots.slice(1, 4)],
    60,
  );
  const start = loop.findIndex((p) => distance(p, knots[0] as Point) < 1);
  const end = loop.findLastIndex((p) => distance(p, knots[0] as Point) < 1);
  return loop.slice(start, end + 1);
}
