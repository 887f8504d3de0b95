import { z } from "zod";
import { defineWidget, panelOptions } from "../define.ts";

export default defineWidget({
  type: "feed-health",
  version: 1,
  title: { zh: "数据源健康", en: "Feed health" },
  icon: "M3 12h4l3-7 4 14 3-7h4",
  size: { width: 364, height: 230 },
  options: z.strictObject({
    ...panelOptions,
    /** Feeds in trouble that are named, worst first. */
    rows: z.number().int().min(0).max(20).default(8),
  }),
});
