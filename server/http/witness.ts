/** Lets a handler leave its line in the audit before it acts. */
import { say } from "../../contract/sentence.ts";
import type { Audit, AuditEntry } from "../auth/audit.ts";
import type { Principal } from "../auth/principal.ts";
import type { Rate } from "../lib/rate.ts";
import { HttpProblem } from "./problem.ts";

export type Witness = (
  line: Pick<AuditEntry, "object" | "detail" | "before" | "after"> & {
    /** Where it is not who asks: whoever signs in by it. */
    who?: Pick<Principal, "login" | "roles">;
    result?: AuditEntry["result"];
  },
) => Promise<void>;

export function createWitness(
  audit: Audit,
  about: {
    act: string;
    address: string;
    who: () => Principal | null;
    /** By account: nobody fills the audit by acting. */
    acts: Rate;
  },
): {
  write: Witness;
  /** Was a line given, whether or not it could be written? */
  readonly told: boolean;
  /** What was told as done was not. */
  failed: (why: string) => Promise<void>;
} {
  let last: AuditEntry | null = null;
  /** Who is not known yet has his tries counted. */
  function admit(who: Principal | null): void {
    const wait = who ? about.acts.take(who.subject) : 0;
    if (wait === 0) return;
    const sentence = say("actsTooMany");
    throw new HttpProblem(429, sentence, {
      headers: { "retry-after": String(Math.ceil(wait / 1000)) },
      refused: {
        object: `account/${who!.login}`,
        detail: sentence.message,
      },
    });
  }
  return {
    async write({ who: other, result = "done", ...line }) {
      admit(about.who());
      const who = other ?? about.who();
      const { act, address } = about;
      const entry: AuditEntry = {
        ...{ who: who?.login ?? "", roles: who?.roles ?? [] },
        ...{ act, address, result, ...line },
      };
      last = entry;
      // Whatever the reason, which the audit has logged: nothing is done unseen.
      await audit.write(entry).catch(() => {
        throw new HttpProblem(503, say("auditDown"), {
          headers: { "retry-after": "5" },
        });
      });
    },
    get told() {
      return last !== null;
    },
    async failed(why) {
      if (last?.result !== "done") return;
      const { before: _before, after: _after, ...line } = last;
      // The caller hears of the failure itself, whatever becomes of this line.
      await audit
        .write({ ...line, result: "failed", detail: why })
        .catch(() => undefined);
    },
  };
}
