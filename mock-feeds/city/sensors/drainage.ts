import type { SensorKind } from "./kind.ts";
import { metric, MINUTE, numbered, round, times } from "./kind.ts";

/** 城市管理局 with 排水集团: rain and waste water under the streets. */
export const drainageKinds: SensorKind[] = [
  {
    kind: "pondingGauge",
    system: "lifeline",
    feed: "drainage",
    prefix: "PD",
    metrics: [metric("ponding", "cm", 0, 300, MINUTE)],
    sites: ({ underpasses, spots }) =>
      underpasses.flatMap((dip) => {
        const spot = spots.at(dip.at, dip.name);
        return spot
          ? [
              {
                spot,
                name: `${dip.name}积水点`,
                attributes: { underpass: dip.id, risk: dip.risk, closeAt: 25 },
              },
            ]
          : [];
      }),
  },
  {
    kind: "drainManhole",
    system: "lifeline",
    feed: "drainage",
    prefix: "DM",
    metrics: [
      metric("level", "m", 0, 9, 5 * MINUTE),
      metric("fill", "%", 0, 200, 5 * MINUTE),
    ],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(6200, (i) => {
        const spot = spots.roadside(random, ["主干路", "次干路", "支路"], 3);
        const sewer = i % 4 === 3;
        return {
          spot,
          name: `${numbered(seen, spot.by)}${sewer ? "污水井" : "雨水井"}`,
          attributes: {
            depth: round(random.between(2.2, 6.5), 2),
            pipe: sewer ? "污水" : "雨水",
          },
        };
      });
    },
  },
  {
    kind: "drainQuality",
    system: "lifeline",
    feed: "drainage",
    prefix: "DQ",
    metrics: [
      metric("cod", "mg/L", 0, 3000, 10 * MINUTE),
      metric("ammonia", "mg/L", 0, 200, 10 * MINUTE),
      metric("ph", "", 0, 14, 10 * MINUTE),
      metric("conductivity", "µS/cm", 0, 20_000, 10 * MINUTE),
    ],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(420, () => {
        const spot = spots.roadside(random, ["主干路", "次干路"], 3);
        return { spot, name: `${numbered(seen, spot.by)}井水质点` };
      });
    },
  },
  {
    kind: "pump",
    system: "lifeline",
    feed: "drainage",
    prefix: "PU",
    metrics: [
      metric("available", "", 0, 1, MINUTE),
      metric("running", "", 0, 1, MINUTE),
      metric("sumpLevel", "m", 0, 12, MINUTE),
    ],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(130, () => {
        const spot = spots.roadside(random, ["主干路", "次干路"], 30);
        const town = spot.townName.replace(/(街道|镇|乡)$/, "");
        const nth = (seen.get(town) ?? 0) + 1;
        seen.set(town, nth);
        return { spot, station: `${town}${nth > 1 ? `第${nth}` : ""}泵站` };
      }).flatMap(({ spot, station }) =>
        times(4, (unit) => ({
          spot,
          name: `${station}${unit + 1}号机`,
          attributes: { station, unit: unit + 1, flow: 1.5 },
        })),
      );
    },
  },
  {
    kind: "sewagePlant",
    system: "lifeline",
    feed: "drainage",
    prefix: "SE",
    metrics: [
      metric("inflow", "m³/h", 0, 60_000, 10 * MINUTE),
      metric("codOut", "mg/L", 0, 500, 10 * MINUTE),
      metric("ammoniaOut", "mg/L", 0, 100, 10 * MINUTE),
    ],
    sites: ({ spots }, random) =>
      times(14, () => {
        const spot = spots.roadside(random, ["次干路"], 120, true);
        const town = spot.townName.replace(/(街道|镇|乡)$/, "");
        return {
          spot,
          name: `${town}污水处理厂`,
          attributes: { capacity: round(random.between(1500, 12_000)) },
        };
      }),
  },
];
