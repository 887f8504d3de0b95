import type { SensorKind, Site } from "./kind.ts";
import { DAY, metric, MINUTE, numbered, round, times } from "./kind.ts";

/** 水务局: waters above ground. */
export const waterKinds: SensorKind[] = [
  {
    kind: "rainGauge",
    system: "hydrology",
    feed: "rain-gauges",
    prefix: "RG",
    metrics: [
      metric("rain5m", "mm", 0, 60, MINUTE),
      metric("rain1h", "mm", 0, 250, MINUTE),
    ],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(260, () => {
        const spot = spots.homely(random);
        return { spot, name: `${numbered(seen, spot.townName)}雨量站` };
      });
    },
  },
  {
    kind: "riverLevel",
    system: "hydrology",
    feed: "hydrology-readings",
    prefix: "RL",
    metrics: [
      metric("waterLevel", "m", -2, 30, 5 * MINUTE),
      metric("margin", "m", -6, 12, 5 * MINUTE),
      metric("flow", "m³/s", 0, 60_000, 5 * MINUTE),
      metric("rain1h", "mm", 0, 250, 5 * MINUTE),
    ],
    sites: ({ spots }, random) =>
      times(180, (i) => ({ spot: spots.waterside(i % 6, (i + 3) / 186) }))
        .flatMap(({ spot }): Site[] => {
          if (!spot) return [];
          const alert = round(random.between(6.2, 8.4), 2);
          return [
            {
              spot,
              name: `${spot.by}${spot.townName}水位站`,
              attributes: {
                alertLevel: alert,
                guaranteeLevel: round(alert + 1.2, 2),
                normalLevel: round(alert - random.between(1.6, 3.2), 2),
                mainRiver: spot.by === "澜江" ? 1 : 0,
              },
            },
          ];
        })
        .slice(0, 92),
  },
  {
    kind: "reservoir",
    system: "hydrology",
    feed: "hydrology-readings",
    prefix: "RS",
    metrics: [
      metric("waterLevel", "m", 0, 300, 5 * MINUTE),
      metric("overLimit", "m", -60, 15, 5 * MINUTE),
      metric("storage", "10k m³", 0, 50_000, 5 * MINUTE),
      metric("inflow", "m³/s", 0, 5000, 5 * MINUTE),
    ],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(28, (i) => {
        const spot = spots.hilly(random);
        const town = spot.townName.replace(/(街道|镇|乡)$/, "");
        const nth = (seen.get(town) ?? 0) + 1;
        seen.set(town, nth);
        return {
          spot,
          name: `${town}${nth > 1 ? nth : ""}水库`,
          attributes: {
            floodLimit: round(random.between(38, 120), 2),
            capacity: i < 4 ? 9800 : round(random.between(120, 1900)),
            size: i < 4 ? "中型" : "小型",
          },
        };
      });
    },
  },
  {
    kind: "sluice",
    system: "hydrology",
    feed: "hydrology-readings",
    prefix: "SL",
    metrics: [
      metric("opening", "m", 0, 12, 5 * MINUTE),
      metric("outerLevel", "m", -2, 20, 5 * MINUTE),
      metric("innerLevel", "m", -2, 20, 5 * MINUTE),
    ],
    sites: ({ spots }) =>
      times(110, (i) => spots.waterside(1 + (i % 5), (i + 6) / 118))
        .flatMap((spot) =>
          spot ? [{ spot, name: `${spot.by}${spot.townName}节制闸` }] : [],
        )
        .slice(0, 60),
  },
  {
    kind: "dikeSection",
    system: "hydrology",
    feed: "hydrology-readings",
    prefix: "DK",
    metrics: [
      metric("seepage", "L/s", 0, 200, 10 * MINUTE),
      metric("displacement", "mm", -50, 300, 10 * MINUTE),
    ],
    sites: ({ spots }) =>
      times(64, (i) => spots.waterside(0, (i + 2) / 68))
        .flatMap((spot) =>
          spot ? [{ spot, name: `${spot.townName}堤防险工段` }] : [],
        )
        .slice(0, 36),
  },
  {
    kind: "waterPlant",
    system: "lifeline",
    feed: "water-supply",
    prefix: "WP",
    metrics: [
      metric("output", "10k m³/d", 0, 80, 5 * MINUTE),
      metric("capacity", "10k m³/d", 0, 80, DAY / 24),
      metric("turbidity", "NTU", 0, 20, 5 * MINUTE),
    ],
    sites: ({ spots }, random) =>
      times(30, (i) => spots.waterside(i % 6, 0.22 + i / 48))
        .flatMap((spot) => (spot ? [spot] : []))
        .slice(0, 9)
        .map((spot, i) => ({
          spot,
          name: `江澜第${"一二三四五六七八九".charAt(i)}水厂`,
          attributes: { capacity: i < 3 ? 40 : round(random.between(8, 20)) },
        })),
  },
  {
    kind: "supplyPressure",
    system: "lifeline",
    feed: "water-supply",
    prefix: "SP",
    metrics: [metric("pressure", "MPa", 0, 1, MINUTE)],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(900, () => {
        const spot = spots.roadside(random, ["主干路", "次干路", "支路"], 6);
        return {
          spot,
          name: `${numbered(seen, spot.by)}供水测压点`,
          attributes: { normal: round(random.between(0.26, 0.42), 3) },
        };
      });
    },
  },
  {
    kind: "supplyFlow",
    system: "lifeline",
    feed: "water-supply",
    prefix: "SF",
    metrics: [metric("flow", "m³/h", -200, 6000, 5 * MINUTE)],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(320, () => {
        const spot = spots.roadside(random, ["主干路", "次干路"], 6);
        return {
          spot,
          name: `${numbered(seen, spot.by)}供水流量计`,
          attributes: { normal: round(random.between(40, 900)) },
        };
      });
    },
  },
  {
    kind: "supplyQuality",
    system: "lifeline",
    feed: "water-supply",
    prefix: "SQ",
    metrics: [
      metric("turbidity", "NTU", 0, 20, 5 * MINUTE),
      metric("chlorine", "mg/L", 0, 4, 5 * MINUTE),
      metric("ph", "", 0, 14, 5 * MINUTE),
    ],
    sites: ({ spots }, random) =>
      times(160, () => {
        const spot = spots.homely(random);
        return { spot, name: `${spot.by}管网水质点` };
      }),
  },
];
