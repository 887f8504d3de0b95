import type { CrossField } from "./cross-field.ts";
import type { Land } from "./land.ts";
import type { Line, Point } from "./plane.ts";
import { distance, mix, ramp } from "./plane.ts";
import { createRandom } from "./random.ts";
import type { Samples } from "./samples.ts";
import { createSamples } from "./samples.ts";
import type { RoadClass } from "./types.ts";

export interface Street {
  roadClass: RoadClass;
  line: Line;
  /** Set for the roads that were planned, empty for traced ones. */
  name: string;
}

/** What one generation of streets obeys. Distances in metres. */
interface Rule {
  roadClass: RoadClass;
  /** Spacing between lines that run the same way; 0 where none may run. */
  spacing: (p: Point) => number;
  shortest: number;
  longest: number;
  /** Widest water it may bridge. */
  bridge: number;
}

const STEP = 55;

export function traceStreets(
  seed: number,
  land: Land,
  field: CrossField,
  planned: readonly Street[],
): Street[] {
  const random = createRandom(seed, "streets");
  const samples = createSamples();
  const streets: Street[] = [...planned];
  for (const street of planned) samples.add(street.line);
  const built = (p: Point) => land.density(p);
  const open = (p: Point) => land.hill(p) < 0.4 && land.isCity(p);
  const quiet = (p: Point) => open(p) && !land.isPark(p);
  const rules: Rule[] = [
    {
      roadClass: "主干路",
      spacing: (p) => (quiet(p) ? 3600 - 2500 * ramp(built(p), 0.02, 0.34) : 0),
      shortest: 2200,
      longest: 26_000,
      bridge: 1300,
    },
    {
      roadClass: "次干路",
      spacing: (p) => (quiet(p) ? 1900 - 1430 * ramp(built(p), 0.05, 0.42) : 0),
      shortest: 700,
      longest: 9000,
      bridge: 200,
    },
    {
      roadClass: "支路",
      spacing: (p) => {
        const d = built(p);
        return d > 0.26 && quiet(p) ? 330 - 130 * ramp(d, 0.26, 0.8) : 0;
      },
      shortest: 260,
      longest: 2600,
      bridge: 90,
    },
  ];
  for (const rule of rules) {
    const queue: { at: Point; angle: number }[] = [];
    const offer = (line: Line) => {
      for (let i = 1; i < line.length; i += 4) {
        const p = line[i] as Point;
        const q = line[i - 1] as Point;
        const angle = Math.atan2(p[1] - q[1], p[0] - q[0]);
        const gap = rule.spacing(p);
        if (gap === 0) continue;
        for (const side of [1, -1]) {
          const at: Point = [
            p[0] - side * gap * Math.sin(angle),
            p[1] + side * gap * Math.cos(angle),
          ];
          queue.push({ at, angle });
        }
        if (i % 8 === 1) queue.push({ at: p, angle: angle + Math.PI / 2 });
      }
    };
    for (const street of streets) offer(street.line);
    for (const { at, reach } of land.cores)
      for (let k = 0; k < 6; k++)
        queue.push({
          at: [at[0] + random.bell() * reach, at[1] + random.bell() * reach],
          angle: random.between(0, 6),
        });
    for (let head = 0; head < queue.length; head++) {
      const { at, angle } = queue[head] as { at: Point; angle: number };
      const gap = rule.spacing(at);
      if (gap === 0 || land.isWater(at)) continue;
      const start = nearestWay(field(at), angle);
      if (samples.crowded(at, Math.cos(start), Math.sin(start), 0.86 * gap))
        continue;
      const forth = grow(at, start, rule, land, field, samples);
      const back = grow(at, start + Math.PI, rule, land, field, samples);
      const line = [...back.reverse(), at, ...forth];
      if (line.length * STEP < rule.shortest) continue;
      samples.add(line);
      streets.push({ roadClass: rule.roadClass, line, name: "" });
      offer(line);
    }
  }
  return streets;
}

/** Of the field's four directions the one nearest to where we head. */
function nearestWay(cross: number, heading: number): number {
  const quarter = Math.PI / 2;
  return cross + quarter * Math.round((heading - cross) / quarter);
}

function grow(
  from: Point,
  heading: number,
  rule: Rule,
  land: Land,
  field: CrossField,
  samples: Samples,
): Line {
  const line: Line = [];
  let at = from;
  let way = heading;
  const most = rule.longest / STEP / 2;
  while (line.length < most) {
    way = nearestWay(field(at), way);
    const half: Point = [
      at[0] + (STEP / 2) * Math.cos(way),
      at[1] + (STEP / 2) * Math.sin(way),
    ];
    way = nearestWay(field(half), way);
    const cos = Math.cos(way);
    const sin = Math.sin(way);
    let next: Point = [at[0] + STEP * cos, at[1] + STEP * sin];
    if (land.isStill(next)) break;
    if (land.isWater(next)) {
      const shore = farShore(next, cos, sin, rule.bridge, land);
      if (!shore) break;
      // Bridges stand apart more than streets do.
      if (
        samples.crowded(shore, cos, sin, Math.max(900, rule.bridge * 0.9)) &&
        rule.bridge > 300
      )
        break;
      const parts = Math.ceil(distance(at, shore) / STEP);
      for (let k = 1; k < parts; k++) line.push(mix(at, shore, k / parts));
      next = shore;
    }
    const gap = rule.spacing(next);
    if (gap === 0 || samples.crowded(next, cos, sin, 0.62 * gap)) break;
    if (line.length * STEP > gap * 1.6 && distance(next, from) < gap * 0.7)
      break;
    line.push(next);
    at = next;
  }
  return line;
}

function farShore(
  from: Point,
  cos: number,
  sin: number,
  widest: number,
  land: Land,
): Point | undefined {
  for (let d = STEP; d <= widest; d += STEP / 2) {
    const p: Point = [from[0] + d * cos, from[1] + d * sin];
    if (land.isStill(p)) return undefined;
    if (!land.isWater(p)) return [p[0] + STEP * cos, p[1] + STEP * sin];
  }
  return undefined;
}
