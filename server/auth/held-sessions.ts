/** Sessions that are open, by their id, and why others ended. */
import type { Lapse } from "../../contract/not-in.ts";
import type { Clock } from "../lib/clock.ts";
import type { SessionRecord, Store } from "../store/store.ts";
import { createEndings } from "./endings.ts";
import type { Holder, LiveSession } from "./live-session.ts";

export function createHeldSessions(ask: {
  store: Pick<Store, "sessions">;
  clock: Clock;
  begin: (record: SessionRecord, holder: Holder) => LiveSession;
  /** Sockets of these end. */
  cut: (id: string) => void;
}) {
  const live = new Map<string, LiveSession>();
  const endings = createEndings(ask.clock);
  return {
    live,

    keep(record: SessionRecord, holder: Holder): LiveSession {
      const one = ask.begin(record, holder);
      live.set(record.id, one);
      return one;
    },

    /** Oldest first. */
    idsOf: (account: string): string[] =>
      [...live.values()]
        .filter(({ record }) => record.account === account)
        .map(({ record }) => record.id),

    /** @param why told to whoever still shows its secret; nothing where its person ended it */
    async end(ids: readonly string[], why?: Lapse): Promise<void> {
      const found: string[] = [];
      for (const id of ids) {
        const one = live.get(id);
        if (!one) continue;
        live.delete(id);
        if (why) endings.note(id, why, one.record.until);
        ask.cut(id);
        found.push(id);
      }
      if (found.length > 0) await ask.store.sessions.remove(found);
    },

    /** Where that is remembered. */
    whyEnded: (id: string): Lapse | null => endings.of(id),
  };
}
