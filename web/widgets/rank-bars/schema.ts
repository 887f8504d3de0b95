import { z } from "zod";
import { defineWidget, panelOptions } from "../define.ts";

export default defineWidget({
  type: "rank-bars",
  version: 1,
  title: { zh: "排行", en: "Ranking" },
  icon: "M4 6h14M4 12h9M4 18h5",
  size: { width: 364, height: 300 },
  options: z.strictObject({
    ...panelOptions,
    /** An indicator by district, or open incidents by one of their facets. */
    of: z.union([
      z.strictObject({ indicator: z.string() }),
      z.strictObject({
        incidents: z.enum(["open", "today"]),
        by: z.enum(["district", "source", "category", "status"]),
      }),
    ]),
    /** `worst`: by the indicator's direction. */
    order: z.enum(["worst", "best", "most", "least"]).default("worst"),
    rows: z.number().int().min(1).max(30).default(8),
  }),
});
