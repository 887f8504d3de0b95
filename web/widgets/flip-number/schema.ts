import { z } from "zod";
import { defineWidget, panelOptions } from "../define.ts";

export default defineWidget({
  type: "flip-number",
  version: 1,
  title: { zh: "翻牌器", en: "Flip number" },
  icon: "M4 5h7v14H4zM13 5h7v14h-7zM4 12h7m2 0h7",
  size: { width: 364, height: 170 },
  options: z.strictObject({
    ...panelOptions,
    /** An indicator of the catalogue, or open incidents counted by a facet. */
    of: z.union([
      z.strictObject({ indicator: z.string() }),
      z.strictObject({
        incidents: z.enum(["open", "today"]),
        facet: z
          .enum([
            "total",
            "priority",
            "status",
            "district",
            "source",
            "category",
          ])
          .default("total"),
        value: z.string().default("all"),
      }),
    ]),
    /** Least number of digits; smaller numbers are padded with dim zeros. */
    digits: z.number().int().min(1).max(10).default(4),
  }),
});
