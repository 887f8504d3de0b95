import { defineDepartment } from "./department.ts";
import {
  sensorDuties,
  valueOf,
  type Simulation,
  type Write,
} from "./simulation/sensing.ts";
import { localTime } from "./world/zone.ts";

/** 交通: loops under the roads, and parking lots. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * A few sections choke long before their neighbours: short green lights, a
 * school, a merge. The index counts them: without them a city of one thousand
 * five hundred loops is either free everywhere or jammed everywhere.
 */
const BOTTLENECKS = 0.06;
const choke = (luck: number): number =>
  luck < BOTTLENECKS ? 1.3 + (3.2 * luck) / BOTTLENECKS : 1;

const loop: Simulation = ({ world, sensor, time, own, slow, trait }) => {
  const jam = choke(trait(1)) * world.congestion(sensor.at, time);
  // Towards the centre in the morning, out of it in the evening.
  const tidal = 0.08 * (trait() - 0.5) * world.traffic(time);
  const stuck = Math.min(0.97, Math.max(0, jam + tidal));
  const free = own("freeSpeed");
  const speed = free * (1 - 0.78 * stuck) * (1 + 0.06 * slow(3 * MINUTE));
  // Flow rises with demand until the road chokes on it.
  const flow =
    own("capacity") * Math.min(1, 1.9 * stuck) * (1.12 - 0.55 * stuck);
  return {
    speed: Math.max(2, speed),
    flow: Math.max(0, flow * (0.92 + 0.1 * slow(2 * MINUTE, 1))),
    occupancy: Math.min(96, 3 + 72 * stuck ** 1.6 + 2 * slow(2 * MINUTE, 2)),
  };
};

const parkingLot: Simulation = ({ world, time, own, slow, trait }) => {
  const capacity = own("capacity");
  const taken =
    0.2 + 0.2 * trait() + 0.42 * world.bustle(time) + 0.05 * slow(HOUR);
  return {
    free: Math.round(capacity * Math.max(0, 1 - taken)),
    capacity,
  };
};

/** The parking company's own words; one line tells both numbers of a lot. */
const parkingLine: Write = (sensor, values, at) => [
  {
    parkCode: sensor.id,
    updTime: localTime(at),
    leftNum: valueOf(values, "free"),
    totalNum: valueOf(values, "capacity"),
  },
];

export const traffic = defineDepartment({
  id: "traffic",
  nameZh: "交通线圈与停车",
  duties: (scene) => [
    ...sensorDuties(scene, {
      feed: "traffic-loops",
      simulations: { expresswayLoop: loop, trafficLoop: loop },
    }),
    ...sensorDuties(scene, {
      feed: "parking-readings",
      simulations: { parkingLot },
      write: parkingLine,
    }),
  ],
});
