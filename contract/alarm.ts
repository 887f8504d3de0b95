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

/** Somebody has seen it: who, when, and what he says to it. A wall is told only when. */
export const Acknowledgement = z.object({
  /** The name where there is one, else the login; empty on a wall. */
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

/** An alarm as it is told: with where it is, as far as that is known. */
export const AlarmView = Alarm.extend({
  /** Name of the object or district, in Chinese; empty for the whole city. */
  site: z.string(),
  /** Code; null where it is of none. */
  district: z.string().nullable(),
});
export type AlarmView = z.infer<typeof AlarmView>;

/** An alarm that stands no more, as it was when it ended. */
export const PastAlarm = Alarm.extend({ overAt: Instant });
export type PastAlarm = z.infer<typeof PastAlarm>;

/** How long what is over can be looked up. */
export const ALARMS_KEPT = 90 * DAY;
/** Of those that are over the newest so many are told. */
export const MOST_PAST = 500;

/** Alarms that stand, of one's scope. */
export const alarmsTopic = defineTopic({
  name: "alarms",
  params: z.object({}),
  item: AlarmView,
  hot: true,
});

const Id = text(400).min(1);

export const alarmDoors = {
  listAlarms: defineDoor({
    method: "GET",
    path: "/api/alarms",
    summary: "Alarms that stand, and those that are over since an instant",
    permission: "watch",
    query: z.object({ from: z.coerce.number().int().optional() }),
    reply: z.object({
      standing: z.array(AlarmView),
      /** The newest first. */
      past: z.array(
        PastAlarm.extend(AlarmView.pick({ site: true, district: true }).shape),
      ),
      /** Are there more than are told? */
      more: z.boolean(),
    }),
  }),
  unshelveAlarm: defineDoor({
    method: "POST",
    path: "/api/alarms/unshelve",
    summary: "End the time that an alarm was put aside for: it alarms again",
    permission: "triage",
    body: z.object({ id: Id }),
    reply: Alarm,
  }),
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
