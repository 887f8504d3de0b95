import { z } from "zod";
import { defineTopic } from "./live.ts";
import { Instant, InstantIn } from "./time.ts";

/** One item of `positions/1`: where a moving object is. Speed km/h, heading degrees clockwise from north. */
export const Position = z.object({
  object: z.string().min(1).max(64),
  kind: z.string().min(1).max(40),
  at: InstantIn,
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  speed: z.number().min(0).max(1500).optional(),
  heading: z.number().min(0).max(360).optional(),
  alarms: z.array(z.string().max(80)).max(16).default([]),
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
  params: z.object({ kinds: z.array(z.string().max(40)).max(20).optional() }),
  item: PositionView,
  hot: true,
});
