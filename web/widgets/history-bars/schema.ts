import { z } from "zod";
import { defineWidget, panelOptions } from "../define.ts";

export default defineWidget({
  type: "history-bars",
  version: 1,
  title: { zh: "分时柱图", en: "Hourly bars" },
  icon: "M4 19V13m4 6V8m4 11v-8m4 8V5m4 14v-9",
  size: { width: 364, height: 210 },
  options: z.strictObject({
    ...panelOptions,
    indicator: z.string(),
    /** Further signs beside the figure. */
    beside: z.array(z.string()).max(3).default([]),
    hours: z.number().int().min(2).max(72).default(24),
    /** Minutes of one bar. */
    minutes: z.number().int().min(5).max(1440).default(60),
    /** What a bar says of its values. */
    fold: z.enum(["mean", "max", "last"]).default("max"),
  }),
});
