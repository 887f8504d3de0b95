/** What a clock says at an instant: its light, and how much is left in one figure. Pure. */
import type { Light } from "../../../contract/clock.ts";
import type { Due } from "../../../contract/incident.ts";
import type { State } from "../../../contract/level.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../../contract/time.ts";

export type Left =
  | { key: "paused" }
  /** Less than a day: `1:05:09` until then. */
  | { key: "running"; text: string }
  | { key: "leftDays"; days: number; hours: number }
  /** By so many ms. */
  | { key: "late"; by: number };

export interface Face {
  light: Light;
  left: Left;
}

export const STATE_OF: Readonly<Record<Light, State>> = {
  green: "normal",
  yellow: "yellow",
  red: "red",
  grey: "stale",
};

export function faceOf(
  { yellowAt, dueAt, pausedAt }: Pick<Due, "yellowAt" | "dueAt" | "pausedAt">,
  now: number,
): Face {
  // A pause keeps open when it ends, unless it was over before.
  if (dueAt === null) return { light: "grey", left: { key: "paused" } };
  const at = pausedAt ?? now;
  if (at > dueAt)
    return { light: "red", left: { key: "late", by: at - dueAt } };
  const light = yellowAt !== null && at >= yellowAt ? "yellow" : "green";
  return { light, left: leftOf(dueAt - at) };
}

function leftOf(ms: number): Left {
  if (ms >= DAY)
    return {
      key: "leftDays",
      days: Math.floor(ms / DAY),
      hours: Math.floor((ms % DAY) / HOUR),
    };
  const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
  const [h, m, s] = [ms / HOUR, (ms % HOUR) / MINUTE, (ms % MINUTE) / SECOND];
  return { key: "running", text: [h, m, s].map(two).join(":") };
}
