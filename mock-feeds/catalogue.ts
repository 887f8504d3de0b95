import declared from "gcoord";
import type { Feed, Position } from "./city/types.ts";
import { defineDepartment, type Duty } from "./department.ts";

/** The package is CommonJS and is its default; its types are written as if for ESM. */
const gcoord = declared as unknown as typeof declared.default;

/** The catalogue of each system's sensors, sent once a day and before all readings. */

const DAY = 86_400_000;

export const catalogue = defineDepartment({
  id: "catalogue",
  nameZh: "感知目录",
  duties: ({ city }) =>
    city.feeds
      .filter(
        ({ format, yields }) =>
          format === "sensors/1" || yields === "sensors/1",
      )
      .map(({ id, system, crs }): Duty => ({
        feed: id,
        every: DAY,
        pace: "wall",
        catalogue: true,
        report: () =>
          city.sensors
            .filter((sensor) => sensor.system === system)
            .map((sensor) => ({
              id: sensor.id,
              name: sensor.name,
              kind: sensor.kind,
              ...inSystem(crs, sensor.at),
              district: sensor.district,
              metrics: sensor.metrics,
              attributes: sensor.attributes,
            })),
      })),
});

/** A position in the coordinate system that the feed declares. */
function inSystem(
  crs: Feed["crs"],
  at: Position,
): { lng: number; lat: number } {
  const [lng, lat] =
    crs === "GCJ02" || crs === "BD09"
      ? gcoord.transform(at, gcoord.WGS84, gcoord[crs])
      : at;
  return { lng: Math.round(lng * 1e6) / 1e6, lat: Math.round(lat * 1e6) / 1e6 };
}
