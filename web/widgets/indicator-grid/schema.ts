import { z } from "zod";
import { defineWidget, panelOptions, Text } from "../define.ts";

const Group = z.strictObject({
  title: Text.optional(),
  indicators: z.array(z.string()).min(1).max(24),
});

export default defineWidget({
  type: "indicator-grid",
  version: 1,
  title: { zh: "指标组", en: "Indicator grid" },
  icon: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
  size: { width: 560, height: 300 },
  options: z
    .strictObject({
      ...panelOptions,
      /** Signs in groups, as the water theme's source, supply, drain, sewage, disaster. */
      groups: z.array(Group).max(8).default([]),
      /** Or all signs of one theme, by its Chinese name. */
      theme: z.string().optional(),
      columns: z.number().int().min(1).max(8).default(2),
      spark: z.boolean().default(true),
    })
    .refine((o) => o.groups.length > 0 || o.theme, {
      path: ["groups"],
      message: "name groups or a theme",
    }),
});
