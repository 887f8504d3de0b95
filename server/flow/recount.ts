/** Keeps what statistics count in step with the calendar that holds and the towns' borders: at a start, and when another calendar is taken. */
import { createHash } from "node:crypto";
import type { Area } from "../../contract/area.ts";
import type { WorkCalendar } from "../../contract/calendar.ts";
import type { Rules } from "../hub/incidents/held.ts";
import { recounted } from "../hub/statistics/counted.ts";
import type { Store } from "../store/store.ts";

export interface Recount {
  /** Begins anew where another calendar holds, or other borders, than it last went by; goes on in the background. */
  start(): void;
  stop(): Promise<void>;
}

export function createRecount(ask: {
  store: Pick<Store, "incidents">;
  timeZone: string;
  /** Of the pack, among others. */
  areas: readonly Area[];
  /** What holds now. */
  calendar: () => WorkCalendar;
  /** Changed in place when another calendar is taken. */
  rules: Rules;
  failed: (error: unknown) => void;
}): Recount {
  const towns = createHash("sha256")
    .update(JSON.stringify(ask.areas.filter(({ kind }) => kind === "town")))
    .digest("hex");
  let turn = new AbortController();
  let going: Promise<void> = Promise.resolve();

  return {
    start() {
      turn.abort();
      const { signal } = (turn = new AbortController());
      const calendar = JSON.stringify([ask.timeZone, ask.calendar()]);
      going = going
        .then(() =>
          ask.store.incidents.completeCounted({
            ...{ signal, calendar, towns },
            count: (held, history) => recounted(held, history, ask.rules),
          }),
        )
        .catch(ask.failed);
    },
    async stop() {
      turn.abort();
      await going;
    },
  };
}
