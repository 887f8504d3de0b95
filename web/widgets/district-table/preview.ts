import type { IndicatorView } from "../../../contract/indicator.ts";
import { definePreview } from "../../preview/define.ts";
import { districts, sign, staleSign } from "../../preview/sample.ts";
import schema from "./schema.ts";

const columns = [
  { indicator: "water.pondingDepth", name: { zh: "积水", en: "Ponding" } },
  {
    indicator: "traf.congestionIndex",
    name: { zh: "拥堵指数", en: "Traffic" },
  },
  { indicator: "eco.aqi", name: { zh: "AQI", en: "AQI" } },
  { indicator: "hot.calls", name: { zh: "热线来电", en: "Calls" } },
];
type Cell = [number, IndicatorView["state"]?];
const rowsOf = (cells: Record<number, Cell[]>) =>
  districts.flatMap((d, i) =>
    columns.map(({ indicator }, c) => {
      const [value, state = "normal"] = cells[i]?.[c] ?? [
        [0, 2.1, 61, 120][c]! + i,
      ];
      return sign(indicator, value, { scope: d.code, state });
    }),
  );
const incidentCounts = districts.map((d, i) => ({
  id: `district:${d.code}`,
  facet: "district" as const,
  value: d.code,
  open: 12 + i * 7,
  today: 30,
}));

export default definePreview(schema, {
  normal: {
    options: { columns },
    topics: { indicators: rowsOf({}), incidentCounts },
  },
  empty: { options: { columns } },
  stale: {
    options: { columns },
    topics: {
      indicators: rowsOf({}).map((view) =>
        staleSign(view.indicator, view.value ?? 0, 4 * 3_600_000, {
          id: view.id,
          scope: view.scope,
        }),
      ),
      incidentCounts,
    },
  },
  overlong: {
    options: {
      columns: [
        { indicator: "traf.keyVehicleOnline" },
        { indicator: "water.pumpAvailable" },
        { indicator: "util.outageUsers" },
        { indicator: "eco.surfaceWaterGood" },
      ],
    },
    topics: {
      indicators: districts.flatMap((d) => [
        sign("util.outageUsers", 12_345_678, { scope: d.code, state: "red" }),
        sign("water.pumpAvailable", 99.9, { scope: d.code }),
      ]),
      incidentCounts,
    },
  },
  critical: {
    options: { columns },
    topics: {
      indicators: rowsOf({
        1: [[42, "red"], [7.4, "orange"], [88], [312, "orange"]],
        6: [[18, "yellow"], [4.4, "blue"], [104, "blue"], [201]],
        0: [[6, "blue"], [6.2, "yellow"], [91], [188]],
      }),
      incidentCounts,
    },
  },
});
