import { definePreview } from "../../preview/define.ts";
import { sign, staleSign } from "../../preview/sample.ts";
import schema from "./schema.ts";

const total = (open: number, today: number) => [
  { id: "total:all", facet: "total" as const, value: "all", open, today },
];

export default definePreview(schema, {
  normal: {
    options: { of: { incidents: "today" } },
    topics: { incidentCounts: total(162, 1_284) },
  },
  empty: { options: { of: { indicator: "hot.calls" } } },
  stale: {
    options: { of: { indicator: "hot.calls" } },
    topics: { indicators: [staleSign("hot.calls", 1_284)] },
  },
  overlong: {
    options: {
      of: { indicator: "util.outageUsers" },
      title: {
        zh: "全市停电用户总数（含分时复电的工商业用户）",
        en: "Households without power, rota included, whole city",
      },
    },
    topics: {
      indicators: [sign("util.outageUsers", 12_845_601, { state: "red" })],
    },
  },
  critical: {
    options: { of: { indicator: "util.gasLeakAlarms" } },
    topics: {
      indicators: [sign("util.gasLeakAlarms", 5, { state: "red", dayAgo: 0 })],
    },
  },
});
