import { z } from "zod";
import { defineWidget, panelOptions, Text } from "../define.ts";

export default defineWidget({
  type: "level-bar",
  version: 1,
  title: { zh: "音量柱", en: "Level bars" },
  icon: "M5 19V9m5 10V5m5 14v-8m5 8V3",
  size: { width: 460, height: 230 },
  options: z.strictObject({
    ...panelOptions,
    bars: z
      .array(
        z.strictObject({
          indicator: z.string(),
          /** Short name under the bar; the indicator's own where absent. */
          name: Text.optional(),
          max: z.number().optional(),
        }),
      )
      .min(1)
      .max(10),
  }),
});
