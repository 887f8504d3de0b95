import { z } from "zod";
import { defineWidget, panelOptions } from "../define.ts";

/** Copy the folder, give it its name here and to the .vue file, and the widget is in the palette and the gallery. */
export default defineWidget({
  type: "_template",
  version: 1,
  title: { zh: "新组件", en: "New widget" },
  icon: "M4 5h16v14H4z",
  size: { width: 364, height: 190 },
  options: z.strictObject({
    ...panelOptions,
    /** Indicator id of the catalogue. */
    indicator: z.string(),
  }),
});
