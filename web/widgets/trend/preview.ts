import { definePreview } from "../../preview/define.ts";
import { daily, dailyHistory, sign, staleSign } from "../../preview/sample.ts";
import schema from "./schema.ts";

export default definePreview(schema, {
  normal: {
    options: {
      indicators: ["traf.congestionIndex"],
      compare: "dayAgo",
    },
    topics: { indicators: [sign("traf.congestionIndex", 3.2)] },
    replies: dailyHistory(3.2),
  },
  empty: {
    options: { indicators: ["traf.congestionIndex"] },
    replies: { indicatorHistory: () => ({ at: [], value: [], state: [] }) },
  },
  stale: {
    options: { indicators: ["water.pipePressureMin"] },
    topics: { indicators: [staleSign("water.pipePressureMin", 0.26)] },
    replies: dailyHistory(0.26, { gap: [0.82, 1.01], swing: 0.1 }),
  },
  overlong: {
    options: {
      indicators: [
        "traf.keyVehicleOnline",
        "traf.parkingFree",
        "city.feedFreshRate",
        "util.heatPass",
      ],
      bands: false,
      title: {
        zh: "重点车辆在线率、公共泊位空余率、数据按时到达率、供热合格率",
        en: "Vehicles online, free parking, feed timeliness, heating pass rate",
      },
    },
    topics: {
      indicators: [
        sign("traf.keyVehicleOnline", 99.1),
        sign("traf.parkingFree", 31.5),
        sign("city.feedFreshRate", 97.2),
        sign("util.heatPass", 88.4),
      ],
    },
    replies: {
      indicatorHistory: ({ path, query }) => {
        const end = path["id"] === "traf.parkingFree" ? 31.5 : 97;
        const line = daily(Number(query["from"]), Number(query["to"]), end, {
          swing: 0.12,
        });
        return line;
      },
    },
  },
  critical: {
    options: { indicators: ["water.pondingDepth"], hours: 3 },
    topics: {
      indicators: [
        sign("water.pondingDepth", 32, { state: "orange", dayAgo: 0 }),
      ],
    },
    replies: dailyHistory(32, { swing: 0.95, gap: [0.2, 0.26] }),
  },
});
