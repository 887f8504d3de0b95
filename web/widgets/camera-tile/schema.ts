import { z } from "zod";
import { defineWidget, panelOptions } from "../define.ts";

export default defineWidget({
  type: "camera-tile",
  version: 1,
  title: { zh: "视频监控", en: "Cameras" },
  icon: "M3 7h11v10H3ZM14 10.5 21 7v10l-7-3.5",
  size: { width: 480, height: 320 },
  options: z.strictObject({
    ...panelOptions,
    /** Ids of cameras (`feed/code`), in order; empty: the first of the screen's area. */
    cameras: z.array(z.string().min(1).max(128)).max(9).default([]),
    /** Panes in the grid. */
    grid: z.union([z.literal(1), z.literal(4), z.literal(9)]).default(1),
    /** Instead: the cameras nearest to the worst open incident, while there is one of this priority or worse; 0: never. */
    followFrom: z.number().int().min(0).max(4).default(0),
  }),
});
