import { insideRing } from "./city/plane.ts";
import type { District, Position } from "./city/types.ts";
import type { Random } from "./city/random.ts";
import { createRandom, hashOf } from "./city/random.ts";
import { draw } from "./world/chance.ts";
import { defineDepartment, type Duty, type Scene } from "./department.ts";
import { createDrive, type Habits, type Vehicle } from "./simulation/drive.ts";

/** Positions of buses, taxis and the key vehicles 两客一危一货 (coaches, tour buses, hazardous goods, heavy goods), once a second. */

interface Fleet {
  feed: string;
  kind: string;
  count: number;
  habits: Habits;
  /** Share of the fleet on the road at this local hour. */
  onDuty(hour: number): number;
  /** What such a vehicle's terminal may report. */
  alarms: readonly string[];
  /** Share of the fleet that has begun to at any half minute. */
  alarmShare: number;
}

const nightRest =
  (from: number, until: number, share: number) => (hour: number) =>
    hour >= from && hour < until ? 1 : share;

/** A dozen or two a day: each opens an incident. */
const KEY_ALARM_SHARE = 0.000_015;

const FLEETS: readonly Fleet[] = [
  {
    feed: "bus-positions",
    kind: "bus",
    count: 860,
    habits: {
      likes: { 快速路: 0.15, 主干路: 1, 次干路: 0.7, 支路: 0.15 },
      pace: 0.72,
      stopsEvery: 600,
    },
    onDuty: nightRest(5.5, 23, 0.12),
    alarms: ["车门未关", "紧急制动"],
    alarmShare: 0.0012,
  },
  {
    feed: "taxi-positions",
    kind: "taxi",
    count: 1000,
    habits: {
      likes: { 快速路: 0.6, 主干路: 1, 次干路: 0.9, 支路: 0.5 },
      pace: 0.95,
      stopsEvery: 4000,
    },
    onDuty: nightRest(6, 24, 0.6),
    alarms: ["超速"],
    alarmShare: 0.0012,
  },
  {
    feed: "key-vehicle-positions",
    kind: "coach",
    count: 120,
    habits: {
      likes: { 快速路: 1, 主干路: 0.7, 次干路: 0.15, 支路: 0.02 },
      pace: 0.9,
      stopsEvery: 0,
    },
    onDuty: nightRest(5, 22, 0.2),
    alarms: ["疲劳驾驶", "超速"],
    alarmShare: KEY_ALARM_SHARE,
  },
  {
    feed: "key-vehicle-positions",
    kind: "tourBus",
    count: 80,
    habits: {
      likes: { 快速路: 1, 主干路: 0.8, 次干路: 0.2, 支路: 0.05 },
      pace: 0.85,
      stopsEvery: 0,
    },
    onDuty: nightRest(7, 20, 0.1),
    alarms: ["偏离路线", "超速", "疲劳驾驶"],
    alarmShare: KEY_ALARM_SHARE,
  },
  {
    feed: "key-vehicle-positions",
    kind: "hazmat",
    count: 140,
    habits: {
      likes: { 快速路: 1, 主干路: 0.4, 次干路: 0.1, 支路: 0.02 },
      pace: 0.8,
      stopsEvery: 0,
    },
    onDuty: nightRest(5, 23, 0.35),
    alarms: ["偏离路线", "疲劳驾驶", "超速", "胎压异常"],
    alarmShare: KEY_ALARM_SHARE,
  },
  {
    feed: "key-vehicle-positions",
    kind: "freight",
    count: 160,
    habits: {
      likes: { 快速路: 1, 主干路: 0.5, 次干路: 0.15, 支路: 0.03 },
      pace: 0.78,
      stopsEvery: 0,
    },
    onDuty: nightRest(5, 23, 0.5),
    alarms: ["超速", "疲劳驾驶", "胎压异常"],
    alarmShare: KEY_ALARM_SHARE,
  },
];

const SECOND = 1000;
/** How long the traffic seen on an edge stays the same, ms. */
const FLOW_FOR = 20_000;
/** Alarms last this long. */
const ALARM_FOR = 30_000;
/** Letters and digits that a plate may have: no I and no O. */
const PLATE = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789";

export const vehicles = defineDepartment({
  id: "vehicles",
  nameZh: "公交、出租与两客一危",
  duties(scene) {
    const { edges } = scene.city.roads;
    const within = createBorder(scene.city.districts);
    const drive = createDrive(
      scene.city.roads,
      ({ line }) => !pointsAlong(line).every(within),
    );
    const flow = new Float32Array(edges.length);
    const until = new Float64Array(edges.length);
    /** Share of the free speed on an edge; wet and flooded roads are slow. */
    const flowOn = (time: number) => (edge: number) => {
      if (until[edge]! > time) return flow[edge]!;
      const { line } = edges[edge]!;
      const middle = line[Math.floor(line.length / 2)]!;
      until[edge] = time + FLOW_FOR;
      return (flow[edge] = 1 - 0.85 * scene.world.congestion(middle, time));
    };
    const taken = new Set<string>();
    return FLEETS.map((fleet) => run(scene, fleet, drive, flowOn, taken));
  },
});

function run(
  { city, world, seed }: Scene,
  fleet: Fleet,
  drive: ReturnType<typeof createDrive>,
  flowOn: (time: number) => (edge: number) => number,
  taken: Set<string>,
): Duty {
  const random = createRandom(seed, `fleet/${fleet.kind}`);
  const salt = hashOf(`${seed}/${fleet.kind}`);
  const cars: (Vehicle & { plate: string })[] = Array.from(
    { length: fleet.count },
    () => ({
      ...drive.place(random, fleet.habits),
      plate: plate(city.platePrefix, random, taken),
    }),
  );
  let last = 0;

  return {
    feed: fleet.feed,
    every: SECOND,
    pace: "wall",
    count: fleet.count,
    report({ at, time }, from, to) {
      const seconds = last === 0 ? 0 : Math.min(5, (at - last) / SECOND);
      last = at;
      const flow = flowOn(time);
      const share = fleet.onDuty(world.hour(time));
      const items: unknown[] = [];
      for (let i = from; i < to; i++) {
        // The first of the fleet drive the night shift; parked ones are silent.
        if (i >= share * fleet.count) break;
        const car = cars[i]!;
        drive.step(car, fleet.habits, seconds, random, flow);
        const place = drive.where(car);
        const slot = Math.floor(at / ALARM_FOR);
        const luck = draw(salt + i, slot);
        items.push({
          object: car.plate,
          kind: fleet.kind,
          at,
          lng: Math.round(place.at[0] * 1e6) / 1e6,
          lat: Math.round(place.at[1] * 1e6) / 1e6,
          speed: Math.round(car.speed * 10) / 10,
          heading: Math.round(place.heading) % 360,
          ...(luck < fleet.alarmShare && {
            alarms: [fleet.alarms[i % fleet.alarms.length]],
          }),
        });
      }
      return items;
    },
  };
}

/** The line's points and some between them: a border is crooked. */
const pointsAlong = (line: readonly Position[]): Position[] =>
  line.flatMap((a, i) => {
    const b = line[i + 1] ?? a;
    return [0, 0.25, 0.5, 0.75].map((t): Position => [
      a[0] + (b[0] - a[0]) * t,
      a[1] + (b[1] - a[1]) * t,
    ]);
  });

/** Tells whether a position lies in one of the districts. */
function createBorder(districts: readonly District[]) {
  const boxes = districts.map(({ ring }) => {
    const lngs = ring.map(([lng]) => lng);
    const lats = ring.map(([, lat]) => lat);
    return {
      ring,
      west: Math.min(...lngs),
      east: Math.max(...lngs),
      south: Math.min(...lats),
      north: Math.max(...lats),
    };
  });
  return ([lng, lat]: Position): boolean =>
    boxes.some(
      ({ ring, west, east, south, north }) =>
        lng >= west &&
        lng <= east &&
        lat >= south &&
        lat <= north &&
        insideRing(lng, lat, ring),
    );
}

/** A plate that no other vehicle has: prefix and five letters or digits. */
function plate(prefix: string, random: Random, taken: Set<string>): string {
  for (;;) {
    let text = prefix;
    for (let i = 0; i < 5; i++) text += PLATE[random.integer(0, 33)];
    if (taken.has(text)) continue;
    taken.add(text);
    return text;
  }
}
