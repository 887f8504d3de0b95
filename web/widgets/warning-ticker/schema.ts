import { z } from "zod";
import { defineWidget } from "../define.ts";

export default defineWidget({
  type: "warning-ticker",
  version: 1,
  title: { zh: "预警条", en: "Warning ticker" },
  icon: "M12 4 21 19H3zM12 10v4m0 2v1",
  size: { width: 900, height: 48 },
  chrome: "bare",
  options: z.strictObject({
    /** Seconds that one warning stays. */
    seconds: z.number().min(3).max(120).default(8),
  }),
});
