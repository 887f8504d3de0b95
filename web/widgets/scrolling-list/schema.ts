import { z } from "zod";
import { defineWidget, panelOptions } from "../define.ts";

export default defineWidget({
  type: "scrolling-list",
  version: 1,
  title: { zh: "滚动列表", en: "Scrolling list" },
  icon: "M4 6h16M4 11h16M4 16h10M18 14v6m-3-3 3 3 3-3",
  size: { width: 364, height: 300 },
  options: z.strictObject({
    ...panelOptions,
    /** Kind of sensor that is listed. */
    kind: z.string(),
    /** Metric shown; the sensor's first where absent. */
    metric: z.string().optional(),
    order: z.enum(["worst", "name"]).default("worst"),
    /** Lists only sensors in alarm or without fresh data. */
    onlyNotable: z.boolean().default(false),
    rows: z.number().int().min(1).max(60).default(30),
  }),
});
