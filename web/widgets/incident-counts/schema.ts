import { z } from "zod";
import { defineWidget, panelOptions } from "../define.ts";

export default defineWidget({
  type: "incident-counts",
  version: 1,
  title: { zh: "在办事件", en: "Open incidents" },
  icon: "M12 3l5 5-5 5-5-5zM4 18h4v3H4zm12 0h4v3h-4z",
  size: { width: 364, height: 170 },
  options: z.strictObject({
    ...panelOptions,
    /** Total and today's number beside the four priorities. */
    totals: z.boolean().default(true),
  }),
});
