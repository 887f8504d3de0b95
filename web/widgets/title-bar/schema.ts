import { z } from "zod";
import { defineWidget, Text } from "../define.ts";

export default defineWidget({
  type: "title-bar",
  version: 1,
  title: { zh: "标题栏", en: "Title bar" },
  icon: "M3 6h18M3 10h6m6 0h6M9 10l3 3 3-3",
  size: { width: 1920, height: 88 },
  chrome: "bare",
  options: z.strictObject({
    /** `{city}` becomes the city's name. */
    title: Text.default({
      zh: "{city}城市运行总览",
      en: "{city} · City operations",
    }),
    /** Indicators that stand for the weather, in order. */
    weather: z
      .array(z.string())
      .max(5)
      .default(["met.rain", "met.windForce", "met.tempMax"]),
    feeds: z.boolean().default(true),
    warnings: z.boolean().default(true),
  }),
});
