import { z } from "zod";
import { Level } from "../../../contract/level.ts";
import { defineWidget, panelOptions } from "../define.ts";

export default defineWidget({
  type: "trend",
  version: 1,
  title: { zh: "趋势图", en: "Trend" },
  icon: "M3 19h18M4 15l5-5 4 3 7-8",
  size: { width: 560, height: 260 },
  options: z
    .strictObject({
      ...panelOptions,
      /** Indicators of the catalogue; the first one's limits are drawn. */
      indicators: z.array(z.string()).max(4).default([]),
      /** One metric of one sensor, `system/sensor`, instead of indicators. */
      sensor: z
        .strictObject({
          id: z.string().regex(/^[^/]+\/.+$/, "expected system/sensor"),
          metric: z.string(),
          /** Limits where no indicator of the catalogue judges each sensor. */
          limits: z.partialRecord(Level, z.number()).default({}),
          direction: z.enum(["H", "L"]).default("L"),
        })
        .optional(),
      /** `rolling`: the last `hours`. `day`: midnight to midnight. */
      window: z.enum(["rolling", "day"]).default("rolling"),
      hours: z
        .number()
        .min(0.25)
        .max(24 * 366)
        .default(24),
      /** Draws yesterday's same hours behind the first line. */
      compare: z.enum(["none", "dayAgo"]).default("none"),
      /** Draws threshold bands and limits. */
      bands: z.boolean().default(true),
      /** Value, level and comparison above the chart. */
      figure: z.boolean().default(true),
    })
    .refine((o) => o.indicators.length > 0 || o.sensor, {
      path: ["indicators"],
      message: "name an indicator or a sensor",
    }),
});
