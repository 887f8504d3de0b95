import { z } from "zod";
import { defineWidget, panelOptions } from "../define.ts";

export default defineWidget({
  type: "gauge",
  version: 1,
  title: { zh: "速度表", en: "Gauge" },
  icon: "M4 16a8 8 0 1 1 16 0M12 16l4-6",
  size: { width: 364, height: 250 },
  options: z.strictObject({
    ...panelOptions,
    indicator: z.string(),
    /** Ends of the dial in the indicator's unit; chosen from its limits where absent. */
    min: z.number().optional(),
    max: z.number().optional(),
    /** Further signs in rows beside the dial. */
    beside: z.array(z.string()).max(5).default([]),
  }),
});
