import { definePreview } from "../../preview/define.ts";
import {
  dailyHistory,
  districts,
  sign,
  staleSign,
} from "../../preview/sample.ts";
import schema from "./schema.ts";

const over = (values: number[]) =>
  districts.map((d, i) =>
    sign("eco.aqi", values[i % values.length]!, { scope: d.code }),
  );

export default definePreview(schema, {
  normal: {
    options: {},
    topics: {
      indicators: [
        sign("eco.aqi", 63, { dayAgo: 71 }),
        sign("eco.pm25", 31.4),
        ...over([58, 63, 44, 39, 71, 48, 52]),
      ],
    },
    replies: dailyHistory(63, { points: 72, swing: 0.5 }),
  },
  empty: { options: {} },
  stale: {
    options: {},
    topics: {
      indicators: [
        staleSign("eco.aqi", 63),
        staleSign("eco.pm25", 31.4),
        ...districts.map((d) =>
          staleSign("eco.aqi", 60, 8 * 3_600_000, {
            id: `eco.aqi@${d.code}`,
            scope: d.code,
          }),
        ),
      ],
    },
    replies: dailyHistory(63, { gap: [0.7, 1.1] }),
  },
  overlong: {
    options: {
      beside: ["eco.pm25", "eco.noiseDay", "eco.emissionOver"],
      title: {
        zh: "全市与各区县空气质量指数、细颗粒物与功能区噪声",
        en: "Air quality of city and districts, fine particles and noise",
      },
    },
    topics: {
      indicators: [
        sign("eco.aqi", 500),
        sign("eco.pm25", 1_234.56, { state: "red" }),
        sign("eco.noiseDay", 55.12, { state: "blue" }),
        sign("eco.emissionOver", 12, { state: "red" }),
        ...over([500, 500, 500]),
      ],
    },
    replies: dailyHistory(500),
  },
  critical: {
    options: {},
    topics: {
      indicators: [
        sign("eco.aqi", 214, { state: "orange", dayAgo: 88 }),
        sign("eco.pm25", 164, { state: "orange", dayAgo: 60 }),
        ...over([214, 240, 158, 121, 312, 96, 48]),
      ],
    },
    replies: dailyHistory(214, { swing: 0.8, gap: [0.3, 0.36] }),
  },
});
