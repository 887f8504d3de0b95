import { z } from "zod";
import { LAYERS } from "../../map/layer.ts";
import { defineWidget, panelOptions } from "../define.ts";

const edge = z.number().min(0).max(2_000).default(0);

export default defineWidget({
  type: "situation-map",
  version: 1,
  title: { zh: "态势地图", en: "Situation map" },
  icon: "M9 4 3 6v14l6-2 6 2 6-2V4l-6 2-6-2Zm0 0v14m6-12v14",
  size: { width: 1000, height: 720 },
  chrome: "bare",
  options: z.strictObject({
    title: panelOptions.title,
    /** What the map can show; a layer that is not named is never asked for. */
    layers: z.array(z.enum(LAYERS)).default([...LAYERS]),
    /** Of those, what is off until someone turns it on. */
    hidden: z.array(z.enum(LAYERS)).default(["areas"]),
    /** Code of the district to show whole; else what the screen is limited to. */
    district: z.string().max(40).optional(),
    /** Indicator whose level tints the districts. */
    indicator: z.string().optional(),
    /** Only sensors of these kinds. */
    sensorKinds: z.array(z.string()).max(64).optional(),
    /** Kinds of sensors whose metric `speed` colours the roads they stand on. */
    loopKinds: z
      .array(z.string())
      .max(4)
      .default(["expresswayLoop", "trafficLoop"]),
    /** Incidents of this priority and worse shout, and the worst has a card; 0: none. */
    shoutFrom: z.number().int().min(0).max(4).default(2),
    card: z.boolean().default(true),
    /** Pictures of the nearest cameras on the card. */
    cardVideo: z.number().int().min(0).max(3).default(3),
    /** Moves to the worst incident; otherwise the whole city stays in view. */
    follow: z.boolean().default(false),
    /** What lies over the map at its edges, px on a 1080-high canvas: the city keeps clear of it. */
    padding: z
      .strictObject({ top: edge, right: edge, bottom: edge, left: edge })
      .default({ top: 0, right: 0, bottom: 0, left: 0 }),
    /** `far`: only what can be read from eight metres. */
    labels: z.enum(["far", "full"]).default("far"),
    legend: z.boolean().default(true),
    /** For desks: pan, zoom, ask what something is. */
    interactive: z.boolean().default(false),
    buildings: z.boolean().default(false),
  }),
});
