import { defineDepartment, type Duty } from "./department.ts";

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
      .map(({ id, system }): Duty => ({
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
              lng: sensor.at[0],
              lat: sensor.at[1],
              district: sensor.district,
              metrics: sensor.metrics,
              attributes: sensor.attributes,
            })),
      })),
});
