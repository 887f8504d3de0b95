import { definePreview } from "../../preview/define.ts";
import schema from "./schema.ts";

export default definePreview(schema, {
  normal: {
    options: {
      text: { zh: "城市生命线", en: "City lifelines" },
      note: { zh: "燃气 供水 排水 桥梁", en: "gas, water, drainage, bridges" },
    },
  },
  empty: { options: { rule: "none" } },
  stale: {
    options: { text: { zh: "分隔", en: "Divided" }, rule: "ticks" },
    broken: true,
  },
  overlong: {
    options: {
      text: {
        zh: "江澜市城市运行管理中心重点区域综合监测与协同处置专题",
        en: "Jianglan operations centre: key areas, joint monitoring and handling",
      },
      rule: "diamond",
    },
  },
  critical: {
    options: {
      text: { zh: "应急指挥", en: "Emergency" },
      size: "screen",
      align: "centre",
      rule: "chevron",
    },
    size: { width: 640, height: 88 },
  },
});
