import { definePreview } from "../../preview/define.ts";
import schema from "./schema.ts";

function counts(
  open: [number, number, number, number],
  rest: number,
  today: number,
) {
  const sum = open.reduce((a, b) => a + b, rest);
  return {
    incidentCounts: [
      {
        id: "total:all",
        facet: "total" as const,
        value: "all",
        open: sum,
        today,
      },
      ...open.map((n, i) => ({
        id: `priority:${i + 1}`,
        facet: "priority" as const,
        value: String(i + 1),
        open: n,
        today: n,
      })),
    ],
  };
}

export default definePreview(schema, {
  normal: { options: {}, topics: counts([0, 2, 17, 143], 3, 418) },
  empty: { options: {} },
  stale: { options: {}, topics: counts([0, 2, 17, 143], 3, 418), broken: true },
  overlong: {
    options: {
      title: {
        zh: "全市在办事件数量统计（含跨区县协办与未定级来件）",
        en: "Open incidents, joint handling and not yet judged ones included",
      },
    },
    topics: counts([12_480, 98_113, 120_554, 1_240_118], 90_233, 9_999_999),
  },
  critical: { options: {}, topics: counts([3, 21, 64, 312], 41, 1_284) },
});
