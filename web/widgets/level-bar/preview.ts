import { definePreview } from "../../preview/define.ts";
import { sign, staleSign } from "../../preview/sample.ts";
import schema from "./schema.ts";

const title = { zh: "城市生命线", en: "City lifelines" };
const bars = [
  { indicator: "util.gasAdjacent", name: { zh: "燃气", en: "Gas" } },
  { indicator: "water.pipePressureMin", name: { zh: "供水", en: "Supply" } },
  { indicator: "water.pumpAvailable", name: { zh: "排水", en: "Pumps" } },
  { indicator: "util.heatPass", name: { zh: "供热", en: "Heat" } },
  { indicator: "util.powerLoad", name: { zh: "供电", en: "Power" } },
  { indicator: "util.bridgeAlarms", name: { zh: "桥梁", en: "Bridges" } },
  { indicator: "util.tunnelAlarms", name: { zh: "管廊", en: "Tunnels" } },
];
const calm = [
  sign("util.gasAdjacent", 0.06),
  sign("water.pipePressureMin", 0.29),
  sign("water.pumpAvailable", 99.1),
  sign("util.heatPass", 98.7),
  sign("util.powerLoad", 71.2),
  sign("util.bridgeAlarms", 0),
  sign("util.tunnelAlarms", 0),
];

export default definePreview(schema, {
  normal: { options: { title, bars }, topics: { indicators: calm } },
  empty: { options: { title, bars } },
  stale: {
    options: { title, bars },
    topics: {
      indicators: [
        ...calm.slice(0, 4),
        staleSign("util.powerLoad", 71.2),
        staleSign("util.bridgeAlarms", 0, 30 * 3_600_000),
      ],
    },
  },
  overlong: {
    options: { bars: bars.map(({ indicator }) => ({ indicator })) },
    topics: { indicators: calm },
  },
  critical: {
    options: { title, bars },
    topics: {
      indicators: [
        sign("util.gasAdjacent", 1.2, { state: "orange" }),
        sign("water.pipePressureMin", 0.15, { state: "yellow" }),
        sign("water.pumpAvailable", 79, { state: "red" }),
        sign("util.heatPass", 98.7),
        sign("util.powerLoad", 92, { state: "yellow" }),
        sign("util.bridgeAlarms", 1, { state: "blue" }),
        sign("util.tunnelAlarms", 0),
      ],
    },
  },
});
