import { z } from "zod";
import { defineWidget } from "../define.ts";

export default defineWidget({
  type: "clock",
  version: 1,
  title: { zh: "时钟", en: "Clock" },
  icon: "M12 7v5l3 2M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18",
  size: { width: 280, height: 96 },
  chrome: "bare",
  options: z.strictObject({
    seconds: z.boolean().default(true),
    date: z.boolean().default(true),
    align: z.enum(["left", "centre", "right"]).default("left"),
  }),
});
