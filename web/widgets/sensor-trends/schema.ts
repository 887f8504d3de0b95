import { z } from "zod";
import { Level } from "../../../contract/level.ts";
import { defineWidget, panelOptions } from "../define.ts";

export default defineWidget({
  type: "sensor-trends",
  version: 1,
  title: { zh: "感知点趋势", en: "Sensor trends" },
  icon: "M3 8h5l2-4 3 8 2-4h6M3 17h6l2 2 3-5 2 3h5",
  size: { width: 364, height: 400 },
  options: z.strictObject({
    ...panelOptions,
    /** Kind of sensor; the worst ones of it are shown. */
    kind: z.string(),
    metric: z.string().optional(),
    /** Limits of the metric, where no indicator of the catalogue judges each sensor. */
    limits: z.partialRecord(Level, z.number()).default({}),
    /** H: a level begins at or below its limit; L: at or above. */
    direction: z.enum(["H", "L"]).default("L"),
    rows: z.number().int().min(1).max(8).default(3),
    hours: z
      .number()
      .min(0.25)
      .max(24 * 31)
      .default(24),
  }),
});
