import { createRandom } from "../random.ts";
import type { Sensor } from "../types.ts";
import { drainageKinds } from "./drainage.ts";
import { environmentKinds } from "./environment.ts";
import type { Ground, SensorKind } from "./kind.ts";
import { lifelineKinds } from "./lifeline.ts";
import { societyKinds } from "./society.ts";
import { streetKinds } from "./street.ts";
import { waterKinds } from "./water.ts";

/** Every kind of sensor of the city: a new kind is one more row. */
export const SENSOR_KINDS: readonly SensorKind[] = [
  ...environmentKinds,
  ...waterKinds,
  ...drainageKinds,
  ...lifelineKinds,
  ...streetKinds,
  ...societyKinds,
];

export function createSensors(seed: number, ground: Ground): Sensor[] {
  return SENSOR_KINDS.flatMap(
    ({ kind, system, feed, prefix, metrics, sites }) => {
      const random = createRandom(seed, `sensors ${kind}`);
      return sites(ground, random).map(
        ({ spot, name, attributes }, i): Sensor => ({
          id: `${prefix}-${String(i + 1).padStart(4, "0")}`,
          system,
          feed,
          name,
          kind,
          at: spot.at,
          district: spot.district,
          town: spot.town,
          metrics,
          attributes: attributes ?? {},
        }),
      );
    },
  );
}
