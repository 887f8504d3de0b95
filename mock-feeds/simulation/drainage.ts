import { toPoint } from "../city/plane.ts";
import type { City, Sensor } from "../city/types.ts";
import type { Scene } from "../department.ts";
import type { Simulation } from "./sensing.ts";
import { PUMP_FAILS } from "../world/storm.ts";

/** Rain and waste water under the streets, and water on them. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** cm in the riskiest underpass where its pump has failed; 25 closes a road. */
const DEEPEST = 47;
/** … and where the pumps run. */
const DEEP = 32;
/** Share of the underpasses that collect more than a film of water. */
const LOW_LYING = 0.3;
/** cm of water that runs off a wet road without harm. */
const FILM = 2;

/** The underpass whose pump fails: the riskiest near the middle of the storm. */
export function lowestPoint(city: City): string | undefined {
  const [cx, cy] = toPoint(city.centre);
  const off = (at: readonly [number, number]) => {
    const [x, y] = toPoint([at[0], at[1]]);
    return Math.hypot(x - cx, y - cy);
  };
  return city.roads.underpasses.toSorted(
    (a, b) => b.risk - off(b.at) / 20_000 - (a.risk - off(a.at) / 20_000),
  )[0]?.id;
}

export function drainageSimulations({
  city,
}: Scene): Record<string, Simulation> {
  const lowest = lowestPoint(city);
  const failing = pumpsNear(city, lowest);
  const collects = shares(city);

  return {
    pondingGauge({ world, sensor, time }) {
      const { streets, failedPump } = world.storm(time);
      const film = Math.min(FILM, 0.1 * world.rain(sensor.at, time));
      const underpass = String(sensor.attributes["underpass"]);
      if (underpass === lowest) return { ponding: DEEPEST * failedPump + film };
      const wet = 0.4 + 0.6 * world.stormShare(sensor.at, time);
      const share = collects.get(underpass) ?? 0;
      return { ponding: DEEP * share * streets * wet + film };
    },

    drainManhole({ world, sensor, time, own, slow, trait }) {
      const depth = own("depth");
      const sewer = sensor.attributes["pipe"] === "污水";
      const daily = sewer ? 0.14 + 0.12 * world.bustle(time) : 0.04;
      const shower = Math.min(0.12, 0.025 * world.rain(sensor.at, time));
      const storm =
        world.storm(time).pipes *
        world.stormShare(sensor.at, time) *
        (0.42 + 0.5 * trait() ** 2);
      const fill =
        daily +
        0.06 * trait(1) +
        0.02 * slow(2 * HOUR) +
        shower +
        storm * (sewer ? 0.6 : 1);
      return { level: depth * fill, fill: 100 * fill };
    },

    drainQuality({ world, time, slow, trait }) {
      const thin = 1 - 0.6 * world.storm(time).pipes;
      return {
        cod: thin * (140 + 120 * trait() + 25 * slow(6 * HOUR)),
        ammonia: thin * (18 + 12 * trait(1) + 3 * slow(6 * HOUR, 1)),
        ph: 7.2 + 0.25 * slow(DAY, 2),
        conductivity: thin * (700 + 400 * trait(2) + 60 * slow(DAY, 3)),
      };
    },

    pump({ world, sensor, time, slow, luck }) {
      const elapsed = world.stormElapsed(time);
      const failed =
        elapsed !== null &&
        failing.has(sensor.id) &&
        elapsed >= PUMP_FAILS.from * MINUTE &&
        elapsed < PUMP_FAILS.to * MINUTE;
      const inRepair = luck(9 * HOUR) < 0.005;
      const available = failed || inRepair ? 0 : 1;
      const { pipes } = world.storm(time);
      const called = pipes > 0.15 || luck(20 * MINUTE, 1) < 0.18;
      const high = available ? 1.6 * pipes : 4.2 * pipes;
      return {
        available,
        running: available && called ? 1 : 0,
        sumpLevel: 1.9 + 0.5 * slow(HOUR) + high,
      };
    },

    sewagePlant({ world, time, own, slow }) {
      const load =
        0.52 + 0.25 * world.bustle(time) + 0.2 * world.storm(time).pipes;
      return {
        inflow: own("capacity") * (load + 0.03 * slow(HOUR)),
        codOut: 22 + 5 * slow(8 * HOUR, 1),
        ammoniaOut: 0.9 + 0.4 * slow(8 * HOUR, 2),
      };
    },
  };
}

/** By underpass: 1 for the riskiest, falling to 0 for those that stay dry. */
function shares({ roads }: City): Map<string, number> {
  const byRisk = roads.underpasses.toSorted((a, b) => b.risk - a.risk);
  const low = LOW_LYING * byRisk.length;
  return new Map(
    byRisk.map(({ id }, rank) => [id, Math.max(0, 1 - rank / low) ** 1.3]),
  );
}

/** The units of the pumping station nearest to an underpass. */
function pumpsNear(city: City, underpass: string | undefined): Set<string> {
  const dip = city.roads.underpasses.find(({ id }) => id === underpass);
  const pumps = city.sensors.filter(({ kind }) => kind === "pump");
  if (!dip || pumps.length === 0) return new Set();
  const [x, y] = toPoint(dip.at);
  const off = ({ at }: Sensor) => {
    const [px, py] = toPoint(at);
    return Math.hypot(px - x, py - y);
  };
  const nearest = pumps.reduce((a, b) => (off(b) < off(a) ? b : a));
  const station = nearest.attributes["station"];
  return new Set(
    pumps
      .filter(({ attributes }) => attributes["station"] === station)
      .map(({ id }) => id),
  );
}
