import { ALARMS_KEPT } from "../../contract/alarm.ts";
import { DAY } from "../../contract/time.ts";
import type { Retention } from "../store/store.ts";

/** How long each level of history is kept. */
export const RETENTION: Retention = {
  raw: 30 * DAY,
  minute: 90 * DAY,
  hour: 2 * 366 * DAY,
  day: 10 * 366 * DAY,
  positions: 7 * DAY,
  quarantine: 90 * DAY,
  alarms: ALARMS_KEPT,
  // In memory nothing is awaited; the rows cost no more than the messages that name them.
  awaited: 30 * DAY,
};
