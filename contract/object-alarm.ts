import { z } from "zod";
import { Priority } from "./level.ts";
import { text } from "./text.ts";

/** An alarm of moving objects that opens an incident: a row of the pack's `object-alarms.csv`. */
export const ObjectAlarm = z.object({
  /** As `positions/1` tells both. */
  kind: text(40).min(1),
  alarm: text(80).min(1),
  /** The city's words for both, which the incident is told in. */
  kindZh: text(40).min(1),
  alarmZh: text(80).min(1),
  /** A code of `categories.csv`. */
  category: text(64).min(1),
  priority: Priority,
});
export type ObjectAlarm = z.infer<typeof ObjectAlarm>;
