import { toPoint } from "../city/plane.ts";
import type { Random } from "../city/random.ts";
import type {
  Position,
  RoadClass,
  RoadEdge,
  RoadNetwork,
} from "../city/types.ts";

/**
 * Moves vehicles along the road graph, a second at a time. Hot: called for
 * every vehicle every second, so it allocates nothing per step but the
 * position it gives.
 */
export interface Vehicle {
  edge: number;
  /** Runs from the edge's `from` to its `to`? */
  forth: boolean;
  /** Metres from where it entered the edge. */
  way: number;
  /** km/h */
  speed: number;
  /** Seconds it still stands: a stop, a red light. */
  stands: number;
}

export interface Habits {
  /** How much it likes each class of road. */
  likes: Record<RoadClass, number>;
  /** Share of the free speed that it drives at most. */
  pace: number;
  /** Stops for passengers about every so many metres; 0 never. */
  stopsEvery: number;
}

export interface Drive {
  place(random: Random, habits: Habits): Vehicle;
  /**
   * @param seconds since the last step
   * @param flow 0 … 1 of the free speed that traffic allows on an edge
   */
  step(
    vehicle: Vehicle,
    habits: Habits,
    seconds: number,
    random: Random,
    flow: (edge: number) => number,
  ): void;
  /** Where it is, and its heading in degrees clockwise from north. */
  where(vehicle: Vehicle): { at: Position; heading: number };
}

/** km/h gained or lost in a second. */
const PICK_UP = 6;
const BRAKE = 12;
const RED_LIGHT = 0.3;

/** @param outside tells of edges that run beyond the city's border */
export function createDrive(
  roads: RoadNetwork,
  outside: (edge: RoadEdge) => boolean,
): Drive {
  const { edges, nodes } = roads;
  // Metres from the start of each edge to each of its points.
  const passed = edges.map(({ line }) => {
    const sums = new Float64Array(line.length);
    for (let i = 1; i < line.length; i++) {
      const [ax, ay] = toPoint(line[i - 1]!);
      const [bx, by] = toPoint(line[i]!);
      sums[i] = sums[i - 1]! + Math.hypot(bx - ax, by - ay);
    }
    return sums;
  });
  const lengthOf = (edge: number) => passed[edge]!.at(-1)!;

  /** Nobody rides to the city's border only to turn there. */
  const shunned = edges.map(
    (edge) =>
      nodes[edge.from]!.edges.length === 1 ||
      nodes[edge.to]!.edges.length === 1 ||
      outside(edge),
  );

  /** An edge out of the node by taste, rather not back the way it came. */
  function turn(node: number, from: number, habits: Habits, random: Random) {
    const ways = nodes[node]!.edges;
    let total = 0;
    for (const way of ways) total += appeal(way, from, habits);
    let ticket = random.next() * total;
    for (const way of ways) {
      ticket -= appeal(way, from, habits);
      if (ticket < 0) return way;
    }
    return from;
  }

  function appeal(way: number, from: number, habits: Habits): number {
    if (way === from) return 1e-6;
    const { nameZh, roadClass } = edges[way]!;
    if (shunned[way]) return 1e-9;
    // Most go straight on along the road they are on.
    return habits.likes[roadClass] * (nameZh === edges[from]!.nameZh ? 6 : 1);
  }

  return {
    place(random, habits) {
      // A few tries by taste; the last one stands whatever it is.
      let edge = random.integer(0, edges.length - 1);
      for (let i = 0; i < 12; i++) {
        const liked = random.chance(habits.likes[edges[edge]!.roadClass]);
        if (liked && !shunned[edge]) break;
        edge = random.integer(0, edges.length - 1);
      }
      return {
        edge,
        forth: random.chance(0.5),
        way: random.next() * lengthOf(edge),
        speed: edges[edge]!.freeSpeed * 0.5,
        stands: 0,
      };
    },

    step(vehicle, habits, seconds, random, flow) {
      if (vehicle.stands > 0) {
        vehicle.stands -= seconds;
        vehicle.speed = 0;
        return;
      }
      const { freeSpeed } = edges[vehicle.edge]!;
      const wished = freeSpeed * habits.pace * flow(vehicle.edge);
      const rise = Math.min(PICK_UP * seconds, wished - vehicle.speed);
      vehicle.speed = Math.max(
        0,
        vehicle.speed + Math.max(-BRAKE * seconds, rise),
      );
      let metres = (vehicle.speed / 3.6) * seconds;
      if (habits.stopsEvery > 0 && random.chance(metres / habits.stopsEvery))
        vehicle.stands = random.between(10, 30);
      while (metres > 0) {
        const left = lengthOf(vehicle.edge) - vehicle.way;
        if (metres < left) {
          vehicle.way += metres;
          return;
        }
        metres -= left;
        cross(vehicle, habits, random);
        if (vehicle.stands > 0) return;
      }
    },

    where({ edge, forth, way }) {
      const { line } = edges[edge]!;
      const sums = passed[edge]!;
      const along = forth ? way : sums.at(-1)! - way;
      let i = 1;
      while (i < sums.length - 1 && sums[i]! < along) i++;
      const a = line[i - 1]!;
      const b = line[i]!;
      const leg = sums[i]! - sums[i - 1]!;
      const t = leg === 0 ? 0 : Math.min(1, (along - sums[i - 1]!) / leg);
      const [ax, ay] = toPoint(a);
      const [bx, by] = toPoint(b);
      const sign = forth ? 1 : -1;
      const angle = Math.atan2(sign * (bx - ax), sign * (by - ay));
      return {
        at: [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t],
        heading: ((angle * 180) / Math.PI + 360) % 360,
      };
    },
  };

  /** Over the junction into the next edge; sometimes the light is red. */
  function cross(vehicle: Vehicle, habits: Habits, random: Random): void {
    const { edge, forth } = vehicle;
    const node = forth ? edges[edge]!.to : edges[edge]!.from;
    const next = turn(node, edge, habits, random);
    // Out of a dead end it comes back on the other side.
    vehicle.forth = next === edge ? !forth : edges[next]!.from === node;
    vehicle.edge = next;
    vehicle.way = 0;
    const junction = nodes[node]!.edges.length > 2;
    const lights = edges[next]!.roadClass !== "快速路";
    if (junction && lights && random.chance(RED_LIGHT)) {
      vehicle.speed = 0;
      vehicle.stands = random.between(5, 45);
    }
  }
}
