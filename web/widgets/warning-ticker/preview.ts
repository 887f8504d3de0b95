import { definePreview } from "../../preview/define.ts";
import { warning } from "../../preview/sample.ts";
import schema from "./schema.ts";

export default definePreview(schema, {
  normal: {
    options: {},
    topics: {
      warnings: [warning("大风", "江澜市气象台发布大风蓝色预警信号", "blue")],
    },
  },
  empty: { options: {} },
  stale: {
    options: {},
    topics: {
      warnings: [warning("大雾", "江澜市气象台发布大雾黄色预警信号", "yellow")],
    },
    broken: true,
  },
  overlong: {
    options: {},
    topics: {
      warnings: [
        warning(
          "演练",
          "【演练】江澜市气象台发布暴雨红色预警信号：预计未来三小时滨江区、云台市、南塘县部分乡镇将出现一百毫米以上降水请做好防范",
          "red",
          { drill: true, status: "Exercise" },
        ),
      ],
    },
  },
  critical: {
    options: {},
    topics: {
      warnings: [
        warning("暴雨", "江澜市气象台发布暴雨红色预警信号", "red"),
        warning("雷电", "江澜市气象台发布雷电黄色预警信号", "yellow"),
      ],
    },
  },
});
