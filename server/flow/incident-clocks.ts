/**
 * Watches the clocks of open incidents and urges when a mark falls. It looks
 * at what is stored, so that a start finds what was missed meanwhile.
 */
import type { Held } from "../../contract/incident.ts";
import { ENDED } from "../../contract/incident-status.ts";
import type { Rules } from "../hub/incidents/held.ts";
import { nextUrging, urged } from "../hub/incidents/urging.ts";
import type { Clock } from "../lib/clock.ts";
import type { Store } from "../store/store.ts";
import type { StepLine } from "./incident-steps.ts";

/** Urged in one look; more wait for the next second. */
const AT_ONCE = 200;

export interface IncidentClocks {
  /** Takes an incident as it is now: it waits for its next mark, or for none. */
  watch(held: Held): void;
  /** Urges whom it is time for; called every second. */
  tick(): void;
  clear(): void;
}

export function createIncidentClocks(ask: {
  store: Pick<Store, "incidents">;
  rules: Rules;
  clock: Clock;
  line: StepLine;
  /** It was urged, and is stored so. */
  changed: (held: Held) => void;
  failed: (error: unknown) => void;
}): IncidentClocks {
  const { store, rules, clock } = ask;
  /** Incident → when its next mark falls. */
  const waiting = new Map<string, number>();
  let isLooking = false;

  function watch(held: Held): void {
    const { id, status } = held.incident;
    const at = ENDED.has(status) ? null : nextUrging(held, rules.calendar);
    if (at === null) waiting.delete(id);
    else waiting.set(id, at);
  }

  async function look(id: string, now: number): Promise<void> {
    const held = await store.incidents.get(id);
    if (!held || ENDED.has(held.incident.status))
      return void waiting.delete(id);
    const result = urged(held, rules.calendar, now);
    if (!result) return watch(held);
    const first = await store.incidents.step(
      result.held,
      ask.line(held, result.held, {
        ...{ who: "clock", name: "", what: "urge", at: now },
        facts: { urgings: result.urgings },
      }),
    );
    // Whoever was first left it as it is to be watched.
    if (first === null) ask.changed(result.held);
  }

  return {
    watch,
    tick() {
      if (isLooking) return;
      const now = clock.now();
      const due = [...waiting]
        .filter(([, at]) => at <= now)
        .slice(0, AT_ONCE)
        .map(([id]) => id);
      if (due.length === 0) return;
      isLooking = true;
      void (async () => {
        for (const id of due) await look(id, now);
      })()
        .catch(ask.failed)
        .finally(() => (isLooking = false));
    },
    clear: () => waiting.clear(),
  };
}
