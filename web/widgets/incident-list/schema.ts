import { z } from "zod";
import { defineWidget, panelOptions } from "../define.ts";

export default defineWidget({
  type: "incident-list",
  version: 1,
  title: { zh: "重点事件", en: "Incidents" },
  icon: "M4 6h2m3 0h11M4 12h2m3 0h11M4 18h2m3 0h11",
  size: { width: 364, height: 420 },
  options: z.strictObject({
    ...panelOptions,
    /** `worst`: by priority, then newest; `newest`: by time alone. */
    order: z.enum(["worst", "newest"]).default("worst"),
    rows: z.number().int().min(1).max(60).default(20),
    /** Whether rows that do not fit come by. */
    moves: z.boolean().default(true),
  }),
});
