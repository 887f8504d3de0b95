import { z } from "zod";
import { defineWidget, panelOptions } from "../define.ts";

export default defineWidget({
  type: "warning-radar",
  version: 1,
  title: { zh: "预警雷达", en: "Warning radar" },
  icon: "M12 12 19 6M12 3a9 9 0 1 0 9 9M12 7.5A4.5 4.5 0 1 0 16.5 12",
  size: { width: 364, height: 420 },
  options: z.strictObject({
    ...panelOptions,
    /** Themes shown, by their Chinese name; all of the catalogue where empty. */
    themes: z.array(z.string()).default([]),
    /** Rows of the worst signs under or beside the radar. */
    rows: z.number().int().min(0).max(12).default(4),
  }),
});
