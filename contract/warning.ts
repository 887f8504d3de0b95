import { z } from "zod";
import { Level } from "./level.ts";
import { defineTopic } from "./live.ts";
import { Instant } from "./time.ts";

/** Rings of [lng, lat] (closed), or a circle with its radius in metres. */
export const WarningArea = z.object({
  description: z.string(),
  polygons: z.array(z.array(z.tuple([z.number(), z.number()]))),
  circles: z.array(
    z.object({ lng: z.number(), lat: z.number(), radius: z.number() }),
  ),
  geocodes: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type WarningArea = z.infer<typeof WarningArea>;

/** A warning as CAP 1.1/1.2 tells it. Identity is feed + sender + identifier + sent (decisions B6). */
export const Warning = z.object({
  sender: z.string(),
  identifier: z.string(),
  sent: Instant,
  status: z.enum(["Actual", "Exercise", "System", "Test", "Draft"]),
  msgType: z.enum(["Alert", "Update", "Cancel", "Ack", "Error"]),
  /** `sender,identifier,sent` of earlier messages, sent as epoch ms. */
  references: z.array(
    z.object({ sender: z.string(), identifier: z.string(), sent: Instant }),
  ),
  event: z.string(),
  eventCode: z.string().nullable(),
  level: Level,
  /** True where the severity was unknown and blue was assumed. */
  levelAssumed: z.boolean(),
  urgency: z.string(),
  certainty: z.string(),
  headline: z.string(),
  description: z.string(),
  instruction: z.string(),
  language: z.string(),
  senderName: z.string(),
  onset: Instant.nullable(),
  expires: Instant.nullable(),
  areas: z.array(WarningArea),
});
export type Warning = z.infer<typeof Warning>;

/** A warning as the hub holds it. */
export const WarningView = Warning.extend({
  /** `feed/sender,identifier,sent`: only its own feed may update or cancel it. */
  id: z.string(),
  feed: z.string(),
  /** Does its area meet the city? Others are kept and not shown. */
  ours: z.boolean(),
  /** An Update or Cancel of which no original was seen so far. */
  orphan: z.boolean(),
  /** Exercise or Test: shown only under the 演练 banner. */
  drill: z.boolean(),
  /** Id of the Update or Cancel that ended it; of several the one sent last. */
  supersededBy: z.string().nullable(),
  receivedAt: Instant,
});
export type WarningView = z.infer<typeof WarningView>;

/** What other messages change about a warning, and what decides whether they may. */
export type WarningStanding = Pick<
  WarningView,
  "id" | "status" | "supersededBy" | "orphan"
>;

/** Warnings in force in this city, worst first. */
export const warningsTopic = defineTopic({
  name: "warnings",
  params: z.object({}),
  item: WarningView,
});
