import { definePreview } from "../../preview/define.ts";
import { sign, staleSign } from "../../preview/sample.ts";
import schema from "./schema.ts";

export default definePreview(schema, {
  normal: {
    options: { indicator: "water.supplyLoad" },
    topics: { indicators: [sign("water.supplyLoad", 71.4, { dayAgo: 69.8 })] },
  },
  empty: { options: { indicator: "water.supplyLoad" } },
  stale: {
    options: { indicator: "water.supplyLoad" },
    topics: { indicators: [staleSign("water.supplyLoad", 71.4)] },
  },
  overlong: {
    options: {
      indicator: "util.outageUsers",
      title: {
        zh: "全市因灾停电用户总数（含已申报分时复电的工商业用户）",
        en: "Households and businesses without power, with those on rota",
      },
    },
    topics: {
      indicators: [
        sign("util.outageUsers", 1_284_560, { state: "red", dayAgo: 812 }),
      ],
    },
  },
  critical: {
    options: { indicator: "water.pondingDepth" },
    topics: {
      indicators: [sign("water.pondingDepth", 42, { state: "red", dayAgo: 0 })],
    },
  },
});
