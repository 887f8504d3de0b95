import { definePreview } from "../../preview/define.ts";
import { sign, staleSign } from "../../preview/sample.ts";
import schema from "./schema.ts";

const groups = [
  {
    title: { zh: "源", en: "Source" },
    indicators: ["eco.surfaceWaterGood", "water.reservoirOver"],
  },
  {
    title: { zh: "供", en: "Supply" },
    indicators: ["water.supplyLoad", "water.pipePressureMin"],
  },
  {
    title: { zh: "排", en: "Drain" },
    indicators: ["water.pumpAvailable", "water.riverMargin"],
  },
  {
    title: { zh: "污", en: "Sewage" },
    indicators: ["eco.emissionOver", "water.turbidity"],
  },
  {
    title: { zh: "灾", en: "Disaster" },
    indicators: ["water.pondingDepth", "met.rain"],
  },
];
const title = { zh: "水务 · 源供排污灾", en: "Water" };
const calm = [
  sign("eco.surfaceWaterGood", 92.4),
  sign("water.reservoirOver", 0),
  sign("water.supplyLoad", 71.4),
  sign("water.pipePressureMin", 0.29),
  sign("water.pumpAvailable", 99.1),
  sign("water.riverMargin", 2.14),
  sign("eco.emissionOver", 0),
  sign("water.turbidity", 0.21),
  sign("water.pondingDepth", 0),
  sign("met.rain", 0),
];
const size = { width: 364, height: 460 };

export default definePreview(schema, {
  normal: {
    options: { groups, title, spark: false },
    topics: { indicators: calm },
    size,
  },
  empty: { options: { theme: "水务" } },
  stale: {
    options: { theme: "水务", columns: 4 },
    topics: {
      indicators: calm.map((view) =>
        staleSign(view.indicator, view.value ?? 0),
      ),
    },
  },
  overlong: {
    options: {
      groups: [
        {
          indicators: ["util.outageUsers", "traf.keyVehicleOnline"],
          title: { zh: "很长的组名", en: "A long group name" },
        },
        { indicators: ["eco.surfaceWaterGood", "traf.metroMaxLoad"] },
      ],
    },
    topics: {
      indicators: [
        sign("util.outageUsers", 12_845_601, { state: "red", dayAgo: 12 }),
        sign("traf.keyVehicleOnline", 99.9),
        sign("eco.surfaceWaterGood", 92.4),
        sign("traf.metroMaxLoad", 118.2, { state: "orange" }),
      ],
    },
  },
  critical: {
    options: { theme: "水务", columns: 3 },
    topics: {
      indicators: [
        sign("water.pondingDepth", 42, { state: "red", dayAgo: 0 }),
        sign("water.pumpAvailable", 88, { state: "orange", dayAgo: 99 }),
        sign("water.riverMargin", 0.1, { state: "yellow", dayAgo: 2.2 }),
        sign("water.supplyLoad", 71.4),
        sign("water.pipePressureMin", 0.18, { state: "blue" }),
        sign("water.reservoirOver", 0),
        sign("water.turbidity", 0.21),
        staleSign("water.residualChlorine", 0.3),
      ],
    },
  },
});
