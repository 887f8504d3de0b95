import { z } from "zod";
import { defineWidget, panelOptions, Text } from "../define.ts";

export default defineWidget({
  type: "ring",
  version: 1,
  title: { zh: "环形占比", en: "Rings" },
  icon: "M12 4a8 8 0 1 1-8 8M12 8a4 4 0 1 0 4 4",
  size: { width: 364, height: 200 },
  options: z.strictObject({
    ...panelOptions,
    /** Shares or scores; each is one ring. */
    rings: z
      .array(z.strictObject({ indicator: z.string(), name: Text.optional() }))
      .min(1)
      .max(4),
  }),
});
