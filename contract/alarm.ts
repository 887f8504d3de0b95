import { z } from "zod";
import { Reason } from "./account.ts";
import { defineDoor } from "./door.ts";
import { Level } from "./level.ts";
import { defineTopic } from "./live.ts";
import { Duration, DAY, Instant, MINUTE } from "./time.ts";
import { text } from "./text.ts";

/** The shortest and the longest time that an alarm may be put aside for. */
const SHORTEST_SHELF = MINUTE;
const LONGEST_SHELF = 7 * DAY;

/** Somebody has seen it: who, when, and what he says to it. */
export const Acknowledgement = z.object({
  /** The name where there is one, else the login. */
  by: z.string(),
  at: Instant,
  comment: z.string(),
});
export type Acknowledgement = z.infer<typeof Acknowledgement>;

/**
 * What stands at one scope of an indicator: a level at which its row opens an
 * incident, or silence where values were expected.
 */
export const Alarm = z.object({
  /** `indicator@scope`; of silence `indicator@scope#silent`. */
  id: z.string(),
  indicator: z.string(),
  /** `city`, a district code, or `system/sensor`. */
  scope: z.string(),
  /** Null = no data comes any more. */
  level: Level.nullable(),
  /** Since when it stands without a break; with `id` it names one spell. */
  since: Instant,
  /** The newest value, in the indicator's unit; null where none is known. */
  value: z.number().nullable(),
  /** Id of the incident of this spell; null until it is opened, or where it was put aside before. */
  incident: z.string().nullable(),
  acknowledged: Acknowledgement.nullable(),
  /** Until then it makes no sound and opens no incident. */
  shelvedUntil: Instant.nullable(),
});
export type Alarm = z.infer<typeof Alarm>;

/** Alarms that stand, of one's scope. */
export const alarmsTopic = defineTopic({
  name: "alarms",
  params: z.object({}),
  item: Alarm,
  hot: true,
});

const Id = text(400).min(1);

export const alarmDoors = {
  acknowledgeAlarm: defineDoor({
    method: "POST",
    path: "/api/alarms/acknowledge",
    summary: "Say that an alarm was seen; a worse level asks again",
    permission: "triage",
    body: z.object({ id: Id, comment: text(500).default("") }),
    reply: Alarm,
  }),
  shelveAlarm: defineDoor({
    method: "POST",
    path: "/api/alarms/shelve",
    summary: "Put an alarm aside for a while; afterwards it alarms again",
    permission: "triage",
    body: z.object({
      id: Id,
      for: Duration.min(SHORTEST_SHELF).max(LONGEST_SHELF),
      reason: Reason,
    }),
    reply: Alarm,
  }),
};
