/** What a clock says at an instant: its light, and how much is left in one figure, as the queue tells it. Pure. */
import type { Light } from "../../../contract/clock.ts";
import type { Due } from "../../../contract/incident.ts";
import type { State } from "../../../contract/level.ts";
import { HOUR, MINUTE, SECOND } from "../../../contract/time.ts";
import type { Calendar } from "../../../contract/work-time.ts";
import { lightOf, timeLeft, type TimeLeft } from "../light.ts";

export interface Face {
  light: Light;
  /** A countdown has its seconds here. */
  left: TimeLeft;
}

export const STATE_OF: Readonly<Record<Light, State>> = {
  green: "normal",
  yellow: "yellow",
  red: "red",
  grey: "stale",
};

export function faceOf(due: Due, now: number, calendar: Calendar): Face {
  const light = lightOf(due, now) ?? "green";
  const left = timeLeft(due, now, calendar);
  const isCounted = left.key === "countdown" || left.key === "lastMinute";
  if (!isCounted || due.dueAt === null) return { light, left };
  return { light, left: { key: "countdown", text: ticking(due.dueAt - now) } };
}

/** `01:05:09` */
function ticking(ms: number): string {
  const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
  const [h, m, s] = [ms / HOUR, (ms % HOUR) / MINUTE, (ms % MINUTE) / SECOND];
  return [h, m, s].map(two).join(":");
}
