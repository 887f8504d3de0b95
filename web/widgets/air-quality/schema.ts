import { z } from "zod";
import { defineWidget, panelOptions } from "../define.ts";

export default defineWidget({
  type: "air-quality",
  version: 1,
  title: { zh: "空气质量", en: "Air quality" },
  icon: "M4 9h10a3 3 0 1 0-3-3M4 13h14a3 3 0 1 1-3 3M4 17h6",
  size: { width: 364, height: 330 },
  options: z.strictObject({
    ...panelOptions,
    /** Indicator on the AQI scale of HJ 633. */
    indicator: z.string().default("eco.aqi"),
    /** Further signs in the second row. */
    beside: z.array(z.string()).max(4).default(["eco.pm25"]),
    districts: z.boolean().default(true),
    /** Hours of the strip of past classes. */
    hours: z.number().int().min(6).max(72).default(24),
  }),
});
