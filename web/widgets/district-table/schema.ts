import { z } from "zod";
import { defineWidget, panelOptions, Text } from "../define.ts";

export default defineWidget({
  type: "district-table",
  version: 1,
  title: { zh: "区县一览", en: "Districts" },
  icon: "M4 5h16v14H4zM4 10h16M10 5v14",
  size: { width: 560, height: 330 },
  options: z.strictObject({
    ...panelOptions,
    columns: z
      .array(z.strictObject({ indicator: z.string(), name: Text.optional() }))
      .min(1)
      .max(8),
    /** Adds a column of open incidents. */
    incidents: z.boolean().default(true),
    /** `worst`: districts with the worst levels first. */
    order: z.enum(["worst", "code"]).default("worst"),
  }),
});
