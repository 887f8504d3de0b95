/**
 * Why sessions ended, for whoever still shows their secret: told to nobody else,
 * since only its holder can ask. Held in memory: after a restart it is forgotten.
 */
import type { Lapse } from "../../contract/not-in.ts";
import type { Clock } from "../lib/clock.ts";

/** Endings remembered; beyond, the oldest is forgotten. */
const MOST = 10_000;

export interface Endings {
  /** @param until when the session would have been over by itself: then nothing is left to tell */
  note(session: string, why: Lapse, until: number): void;
  of(session: string): Lapse | null;
}

export function createEndings(clock: Clock): Endings {
  const endings = new Map<string, { why: Lapse; until: number }>();
  return {
    note(session, why, until) {
      endings.set(session, { why, until });
      if (endings.size > MOST) endings.delete(endings.keys().next().value!);
    },
    of(session) {
      const found = endings.get(session);
      return found && found.until > clock.now() ? found.why : null;
    },
  };
}
