import { z } from "zod";
import { defineTopic } from "./live.ts";
import { Instant, InstantIn } from "./time.ts";
import { text } from "./text.ts";

/** One item of `positions/1`: where a moving object is. Speed km/h, heading degrees clockwise from north. */
export const Position = z.object({
  object: text(64).min(1),
  kind: text(40).min(1),
  at: InstantIn,
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  speed: z.number().min(0).max(1500).optional(),
  heading: z.number().min(0).max(360).optional(),
  alarms: z.array(text(80)).max(16).default([]),
});
export type Position = z.infer<typeof Position>;

export const PositionView = z.object({
  /** `system/object` */
  id: z.string(),
  kind: z.string(),
  lng: z.number(),
  lat: z.number(),
  speed: z.number().nullable(),
  heading: z.number().nullable(),
  at: Instant,
  alarms: z.array(z.string()),
});
export type PositionView = z.infer<typeof PositionView>;

/** Moving objects heard within ten periods; silent ones leave the topic. */
export const positionsTopic = defineTopic({
  name: "positions",
  params: z.object({ kinds: z.array(text(40)).max(20).optional() }),
  item: PositionView,
  hot: true,
});
