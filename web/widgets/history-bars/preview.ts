import { definePreview } from "../../preview/define.ts";
import { dailyHistory, sign, staleSign } from "../../preview/sample.ts";
import schema from "./schema.ts";

const options = { indicator: "hot.calls", beside: ["hot.answer15s"] };

export default definePreview(schema, {
  normal: {
    options,
    topics: {
      indicators: [
        sign("hot.calls", 184, { baseline: 176 }),
        sign("hot.answer15s", 93),
      ],
    },
    replies: dailyHistory(184),
  },
  empty: { options },
  stale: {
    options,
    topics: {
      indicators: [staleSign("hot.calls", 184), staleSign("hot.answer15s", 93)],
    },
    replies: dailyHistory(184, { gap: [0.75, 1.1] }),
  },
  overlong: {
    options: {
      ...options,
      title: {
        zh: "12345 政务服务便民热线分时来电量与接通质量",
        en: "12345 hotline: calls by the hour and quality of answering",
      },
    },
    topics: {
      indicators: [
        sign("hot.calls", 1_284_560, { state: "red", baseline: 120 }),
        sign("hot.answer15s", 3.25, { state: "red" }),
      ],
    },
    replies: dailyHistory(1_284_560),
  },
  critical: {
    options,
    topics: {
      indicators: [
        sign("hot.calls", 420, { state: "orange", baseline: 190 }),
        sign("hot.answer15s", 71, { state: "orange" }),
      ],
    },
    replies: dailyHistory(420, {
      swing: 0.9,
      gap: [0.1, 0.16],
      judge: (value) =>
        value > 360 ? "orange" : value > 300 ? "yellow" : "normal",
    }),
  },
});
