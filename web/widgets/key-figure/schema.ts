import { z } from "zod";
import { defineWidget, panelOptions } from "../define.ts";

export default defineWidget({
  type: "key-figure",
  version: 1,
  title: { zh: "关键指标", en: "Key figure" },
  icon: "M4 18h16M6 14V9m6 5V5m6 9v-7",
  size: { width: 364, height: 190 },
  options: z.strictObject({
    ...panelOptions,
    /** Indicator id of the catalogue. */
    indicator: z.string(),
    /** Line of the last values under the figure. */
    spark: z.boolean().default(true),
  }),
});
