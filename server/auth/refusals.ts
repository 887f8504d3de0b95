/**
 * Refusals in the audit. The first of a kind is written at once; the same
 * again within a minute is counted, so that nobody fills the audit by knocking.
 */
import { say } from "../../contract/sentence.ts";
import { MINUTE } from "../../contract/time.ts";
import type { Clock } from "../lib/clock.ts";
import type { Audit, AuditEntry } from "./audit.ts";
import type { Principal } from "./principal.ts";

/** Kinds of one person told apart in a minute, and of all strangers together; what is beyond shares a line of theirs. */
const KINDS = 200;

export interface Refused {
  who: Pick<Principal, "login" | "roles"> | null;
  address: string;
  act: string;
  object: string;
  detail: string;
}

export interface Refusals {
  note(refused: Refused): void;
  /** Writes what was counted; called every second. */
  tick(): void;
}

export function createRefusals(ask: {
  audit: Audit;
  clock: Clock;
  failed: (error: unknown) => void;
}): Refusals {
  const counted = new Map<string, { entry: AuditEntry; more: number }>();
  /** By login: nobody hides what he does behind what others do. */
  const kinds = new Map<string, number>();
  let minute = -Infinity;
  const write = (entry: AuditEntry) =>
    void ask.audit.write(entry).catch(ask.failed);

  return {
    note({ who, address, act, object, detail }) {
      const entry: AuditEntry = {
        ...{ who: who?.login ?? "", roles: who?.roles ?? [] },
        ...{ address, act, object, result: "refused" as const, detail },
      };
      const key = JSON.stringify([entry.who, address, act, object, detail]);
      const known = counted.get(key);
      if (known) return void known.more++;
      const others = kinds.get(entry.who) ?? 0;
      if (others < KINDS) {
        kinds.set(entry.who, others + 1);
        counted.set(key, { entry, more: 0 });
        return write(entry);
      }
      const rest = counted.get(entry.who) ?? {
        entry: {
          ...{ ...entry, address: "", object: "" },
          detail: say("othersToo").message,
        },
        more: 0,
      };
      rest.more++;
      counted.set(entry.who, rest);
    },

    tick() {
      const now = Math.floor(ask.clock.now() / MINUTE);
      if (now === minute) return;
      minute = now;
      for (const { entry, more } of counted.values())
        if (more > 0)
          write({
            ...entry,
            detail: say("timesMore", { sentence: entry.detail ?? "", n: more })
              .message,
          });
      counted.clear();
      kinds.clear();
    },
  };
}
