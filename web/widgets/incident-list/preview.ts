import { definePreview } from "../../preview/define.ts";
import { incident } from "../../preview/sample.ts";
import schema from "./schema.ts";

const some = [
  incident(1, "绿化带垃圾未清运", { priority: 4, source: "gridReport" }),
  incident(2, "主干路信号灯故障", { source: "iotAlarm", status: "dispatched" }),
  incident(3, "占道经营影响通行", {
    priority: 4,
    source: "videoAi",
    status: "registered",
  }),
  incident(4, "路灯不亮 6 盏", { priority: 4, status: "reported" }),
  incident(5, "餐饮油烟扰民（重复 3 次）", { priority: 4, status: "fedBack" }),
  incident(6, "井盖缺失", { source: "videoAi", status: "dispatched" }),
];

export default definePreview(schema, {
  normal: { options: {}, topics: { incidents: some } },
  empty: { options: {} },
  stale: { options: {}, topics: { incidents: some }, broken: true },
  overlong: {
    options: {},
    topics: {
      incidents: some.map((one) => ({
        ...one,
        title: `${one.title}，市民连续多次来电反映夜间情况更加严重请求尽快处理`,
        address: "滨江区江湾街道澜江大道与东环路交叉口向北两百米路西侧人行道",
        source: "an-unusually-long-source-code",
        reportedAt: one.reportedAt - 400 * 24 * 3_600_000,
      })),
    },
  },
  critical: {
    options: {},
    topics: {
      incidents: [
        incident(1, "下穿立交积水 32 cm，两车熄火", {
          priority: 1,
          address: "澜江大道与东环路下穿",
        }),
        incident(2, "雨水泵站 2 号机停机", {
          priority: 2,
          source: "iotAlarm",
          status: "dispatched",
        }),
        incident(3, "居民楼一层进水（并 4 件）", { priority: 2 }),
        incident(4, "在建工地围挡倾斜", { priority: 3, status: "fedBack" }),
        ...some.map((one) => ({ ...one, id: `calm-${one.id}` })),
        incident(9, "来源未定级的来电", { priority: null, status: "reported" }),
      ],
    },
  },
});
