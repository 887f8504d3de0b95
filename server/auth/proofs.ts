/** What proves a person, chosen by the person: a password, a second factor. */
import { say } from "../../contract/sentence.ts";
import type { Clock } from "../lib/clock.ts";
import type { AccountRecord, Store } from "../store/store.ts";
import type { Tell } from "./audit.ts";
import { Denied } from "./denied.ts";
import {
  createFactor,
  createRecoveryCodes,
  factorUri,
  stepOf,
} from "./factor.ts";
import { createKept } from "./kept.ts";
import { hashPassword, isPassword, passwordFlaws } from "./passwords.ts";
import type { KeptPolicy } from "./policy.ts";
import type { Principal } from "./principal.ts";
import type { Seal } from "./seal.ts";
import type { Sessions } from "./sessions.ts";
import type { Steps } from "./steps.ts";
import { objectOf, type Tries } from "./tries.ts";

/** What factors are sealed for. */
export const FACTOR = "second factor";

export interface Proofs {
  changePassword(
    who: Principal,
    given: { old?: string | undefined; password: string },
    tell: Tell,
  ): Promise<string>;
  startFactor(
    who: Principal,
    password: string | undefined,
    tell: Tell,
  ): Promise<{ secret: string; uri: string }>;
  confirmFactor(
    who: Principal,
    code: string,
    tell: Tell,
  ): Promise<{ secret: string; recoveryCodes: string[] }>;
}

export function createProofs(ask: {
  store: Pick<Store, "accounts">;
  sessions: Sessions;
  policy: KeptPolicy;
  seal: Seal;
  clock: Clock;
  /** Shown in the telephone's app. */
  issuer: string;
  tries: Tries;
  steps: Steps;
}): Proofs {
  const { sessions, policy, seal, clock } = ask;
  const { accounts } = ask.store;
  const { judge } = ask.tries;
  const { accountOf, goOn } = ask.steps;
  /** Session → the factor that is being set up. */
  const enrolling = createKept<string>(sessions);

  /** Sets what proves the person; not over a new link or another's change that came meanwhile. */
  async function prove(
    { id, login, rev }: AccountRecord,
    fields: Partial<AccountRecord>,
  ): Promise<AccountRecord> {
    const changed = await accounts.change(id, fields, rev);
    if (changed) return changed;
    throw new Denied(409, say("changedNow", { login }));
  }

  return {
    async changePassword(who, { old, password }, tell) {
      const account = await accountOf(who, ["password", "complete"]);
      if (account.origin !== "local")
        throw new Denied(409, say("passwordElsewhere"));
      if (who.stage === "complete" && account.password !== null) {
        const { password: known } = account;
        const isOld = () => isPassword(old ?? "", known);
        await judge(account, say("wrongPassword"), isOld, "/body/old");
      }
      const rules = policy.now();
      const used = [account.password, ...account.former].filter(
        (hash) => hash !== null,
      );
      const flaws = await passwordFlaws(password, rules, {
        ...account,
        hashes: used.slice(0, Math.max(1, rules.passwordHistory)),
      });
      if (flaws.length > 0)
        throw new Denied(422, say("passwordRefused"), {
          errors: flaws.map((flaw) => ({ path: "/body/password", ...flaw })),
        });
      const hash = await hashPassword(password);
      await tell({ object: objectOf(account) });
      const changed = await prove(account, {
        ...{ password: hash, passwordAt: clock.now(), mustChange: false },
        former: used.slice(0, Math.max(0, rules.passwordHistory - 1)),
        ...{ failures: 0, lockedUntil: null },
      });
      await sessions.endOf(account.id, "ended", who.id);
      return goOn(who, changed);
    },

    async startFactor(who, password, tell) {
      const account = await accountOf(who, ["enrol", "complete"]);
      const isOwn = () => isPassword(password ?? "", account.password);
      if (who.stage === "complete" && account.password !== null)
        await judge(account, say("wrongPassword"), isOwn, "/body/password");
      await tell({ object: objectOf(account) });
      const secret = createFactor();
      enrolling.set(who.id, secret);
      return { secret, uri: factorUri(secret, account.login, ask.issuer) };
    },

    async confirmFactor(who, code, tell) {
      const account = await accountOf(who, ["enrol", "complete"]);
      const secret = enrolling.get(who.id);
      if (!secret) throw new Denied(409, say("factorNotBegun"));
      const step = await stepOf(secret, code, 0, clock.now());
      if (step === null)
        throw new Denied(422, say("codeNotRight"), {
          errors: [{ path: "/body/code", ...say("codeNotNow") }],
        });
      await tell({ object: objectOf(account) });
      const { codes, hashes } = createRecoveryCodes();
      const changed = await prove(account, {
        factor: seal.seal(FACTOR, secret),
        ...{ factorStep: step, recovery: hashes },
      });
      await sessions.endOf(account.id, "ended", who.id);
      enrolling.delete(who.id);
      return {
        secret: await goOn(who, changed),
        recoveryCodes: codes,
      };
    },
  };
}
