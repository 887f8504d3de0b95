import { definePreview } from "../../preview/define.ts";
import { sign, staleSign } from "../../preview/sample.ts";
import schema from "./schema.ts";

const options = { indicator: "water.supplyLoad" };

export default definePreview(schema, {
  normal: { options, topics: { indicators: [sign("water.supplyLoad", 71.4)] } },
  empty: { options },
  stale: {
    options,
    topics: { indicators: [staleSign("water.supplyLoad", 71.4)] },
  },
  overlong: {
    options: {
      ...options,
      title: { zh: "很长很长很长很长很长的标题", en: "A very long title here" },
    },
    topics: { indicators: [sign("water.supplyLoad", 1_234_567)] },
  },
  critical: {
    options,
    topics: { indicators: [sign("water.supplyLoad", 99, { state: "red" })] },
  },
});
