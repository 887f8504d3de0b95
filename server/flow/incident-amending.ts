/** What happens to an incident without anybody's step: stored with its line, then shown. */
import type { Held } from "../../contract/incident.ts";
import type { Clock } from "../lib/clock.ts";
import type { Store, StoredIncident } from "../store/store.ts";
import { stepLine } from "./incident-steps.ts";

export interface Amendment {
  after: Held;
  /** One of BY_ITSELF, or whose words they are. */
  who: string;
  name?: string;
  what: string;
  facts: Record<string, unknown>;
}

/**
 * Judges an incident as it is stored, and writes what comes of it.
 * @param judge gives null where nothing is to be written
 * @throws Error where somebody else was first, again and again
 */
export type Amend = (
  id: string,
  judge: (found: StoredIncident) => Amendment | null,
) => Promise<void>;

/** Whoever was first left it otherwise: it is judged anew, so often. */
const TRIES = 5;

export function createAmending(ask: {
  store: Pick<Store, "incidents">;
  clock: Clock;
  changed: (held: Held) => void;
}): Amend {
  const { store, clock, changed } = ask;
  return async (id, judge) => {
    for (let i = 0; i < TRIES; i++) {
      const found = await store.incidents.get(id);
      const amendment = found && judge(found);
      if (!amendment) return;
      const { after, name = "", ...told } = amendment;
      const line = stepLine(found, after, { ...told, name, at: clock.now() });
      const first = await store.incidents.step(after, line);
      if (first === null) return changed(after);
    }
    throw new Error(`incident ${id} changes too often to be written to`);
  };
}
