import { z } from "zod";
import { defineWidget, Text } from "../define.ts";

export default defineWidget({
  type: "heading",
  version: 1,
  title: { zh: "文字标题", en: "Heading" },
  icon: "M6 5v14M18 5v14M6 12h12",
  size: { width: 480, height: 48 },
  chrome: "bare",
  options: z.strictObject({
    text: Text.default({ zh: "标题", en: "Heading" }),
    note: Text.optional(),
    size: z.enum(["body", "panel", "screen"]).default("panel"),
    align: z.enum(["left", "centre", "right"]).default("left"),
    rule: z
      .enum(["none", "line", "fade", "ticks", "diamond", "chevron"])
      .default("fade"),
  }),
});
