import { toPoint } from "./city/plane.ts";
import { createRandom } from "./city/random.ts";
import type { Position } from "./city/types.ts";
import { defineDepartment, type Duty, type Scene } from "./department.ts";

/** Ships on the river and off its mouth, as the maritime bureau hears them. */

const VESSELS = 84;
const EVERY = 10_000;
const SECOND = 1000;

/** Kind of ship, its share, its speed in km/h. */
const KINDS = [
  ["货", 0.5, 15],
  ["集", 0.15, 20],
  ["油", 0.1, 13],
  ["渡", 0.1, 18],
  ["渔", 0.15, 12],
] as const;

export const vessels = defineDepartment({
  id: "vessels",
  nameZh: "海事船舶",
  duties: (scene) => [fleet(scene)],
});

interface Ship {
  name: string;
  course: Course;
  /** Metres from the upper end of the course. */
  way: number;
  downstream: boolean;
  cruise: number;
}

interface Course {
  line: Position[];
  /** Metres from the start to each point. */
  sums: number[];
}

function fleet({ city, world, seed }: Scene): Duty {
  const random = createRandom(seed, "vessels");
  const courses = city.fairways.map(({ line }): Course => {
    const sums = [0];
    for (let i = 1; i < line.length; i++) {
      const [ax, ay] = toPoint(line[i - 1]!);
      const [bx, by] = toPoint(line[i]!);
      sums.push(sums[i - 1]! + Math.hypot(bx - ax, by - ay));
    }
    return { line, sums };
  });
  const ships = Array.from({ length: VESSELS }, (_, i): Ship => {
    let ticket = random.next();
    const [kind, , speed] =
      KINDS.find(([, share]) => (ticket -= share) < 0) ?? KINDS[0];
    const course = random.pick(courses);
    return {
      name: `江澜${kind}${String(101 + i * 7)}`,
      course,
      way: random.next() * course.sums.at(-1)!,
      downstream: random.chance(0.5),
      cruise: speed * random.between(0.8, 1.2),
    };
  });
  let last = 0;

  return {
    feed: "vessel-positions",
    every: EVERY,
    pace: "wall",
    report({ at, time }) {
      const seconds = last === 0 ? 0 : Math.min(60, (at - last) / SECOND);
      last = at;
      // In a squall everyone goes dead slow.
      const pace = 1 - 0.8 * world.storm(time).wind;
      return ships.map((ship) => {
        const speed = ship.cruise * pace;
        sail(ship, (speed / 3.6) * seconds);
        const { place, heading } = whereOn(ship);
        return {
          object: ship.name,
          kind: "vessel",
          at,
          lng: Math.round(place[0] * 1e6) / 1e6,
          lat: Math.round(place[1] * 1e6) / 1e6,
          speed: Math.round(speed * 10) / 10,
          heading: Math.round(heading) % 360,
        };
      });
    },
  };
}

/** On along the course; at its ends the ship turns. */
function sail(ship: Ship, metres: number): void {
  const end = ship.course.sums.at(-1)!;
  ship.way += ship.downstream ? metres : -metres;
  if (ship.way > end || ship.way < 0) {
    ship.way = Math.min(end, Math.max(0, ship.way));
    ship.downstream = !ship.downstream;
  }
}

/** Each keeps to the right of the fairway. */
const ASIDE = 0.0006;

function whereOn({ course, way, downstream }: Ship) {
  const { line, sums } = course;
  let i = 1;
  while (i < sums.length - 1 && sums[i]! < way) i++;
  const a = line[i - 1]!;
  const b = line[i]!;
  const t = (way - sums[i - 1]!) / (sums[i]! - sums[i - 1]! || 1);
  const [ax, ay] = toPoint(a);
  const [bx, by] = toPoint(b);
  const sign = downstream ? 1 : -1;
  const angle = Math.atan2(sign * (bx - ax), sign * (by - ay));
  const place: Position = [
    a[0] + (b[0] - a[0]) * t + ASIDE * Math.cos(angle),
    a[1] + (b[1] - a[1]) * t - ASIDE * Math.sin(angle),
  ];
  return { place, heading: ((angle * 180) / Math.PI + 360) % 360 };
}
