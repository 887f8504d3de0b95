/** Instants as tables and filters of these pages write them: in the city's zone, with the year. Pure. */
import { SECOND } from "../../contract/time.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string): Intl.DateTimeFormat {
  let found = formats.get(zone);
  if (!found) {
    // Sweden writes ISO 8601.
    found = new Intl.DateTimeFormat("sv-SE", {
      timeZone: zone,
      ...{ year: "numeric", month: "2-digit", day: "2-digit" },
      ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
    });
    formats.set(zone, found);
  }
  return found;
}

/** `2026-11-20 08:42:15` */
export const second = (at: number, zone: string): string =>
  format(zone).format(at);

/** `2026-11-20 08:42` */
export const minute = (at: number, zone: string): string =>
  second(at, zone).slice(0, 16);

/** The zone's clock at an instant, as the calendar of a picker takes it: `2026-11-20T08:42:15`. */
export const wallClock = (at: number, zone: string): string =>
  second(at, zone).replace(" ", "T");

/** Epoch ms of what `wallClock` writes; of a time that a change of clocks leaves out, one near it. */
export function instantOf(clock: string, zone: string): number {
  const asUtc = Date.parse(`${clock}Z`);
  const offset = (at: number) =>
    Date.parse(`${wallClock(at, zone)}Z`) - Math.floor(at / SECOND) * SECOND;
  const near = asUtc - offset(asUtc);
  return asUtc - offset(near);
}
