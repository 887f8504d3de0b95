/** How far a sign-in has come, and what brings it on. */
import { say } from "../../contract/sentence.ts";
import type { Stage } from "../../contract/session.ts";
import type { Clock } from "../lib/clock.ts";
import type { AccountRecord, Store } from "../store/store.ts";
import { Denied, signInFirst } from "./denied.ts";
import { isPasswordOld, type KeptPolicy } from "./policy.ts";
import type { Principal } from "./principal.ts";
import type { Roles } from "./roles.ts";
import type { Sessions } from "./sessions.ts";

export interface Steps {
  /**
   * What is still to be done.
   * @param isProved is the code given, or not asked for?
   */
  stageOf(account: AccountRecord, isProved: boolean): Stage;
  /** The sign-in is through: what a complete one leaves behind. */
  complete(account: AccountRecord): Promise<unknown>;
  /** Goes on with a session that has given its code, where there is one. @returns its new secret */
  goOn(who: Principal, account: AccountRecord): Promise<string>;
  /** Of a session that is at one of these stages. @throws Denied 401, 409 */
  accountOf(who: Principal, stages: Stage[]): Promise<AccountRecord>;
}

export function createSteps(ask: {
  store: Pick<Store, "accounts">;
  sessions: Sessions;
  roles: Roles;
  policy: KeptPolicy;
  clock: Clock;
  demo: boolean;
}): Steps {
  const { sessions, roles, policy, clock, demo } = ask;
  const { accounts } = ask.store;

  function stageOf(account: AccountRecord, isProved: boolean): Stage {
    if (account.factor !== null && !isProved) return "code";
    const isOld = isPasswordOld(policy.now(), account.passwordAt, clock.now());
    const ownsPassword = account.origin === "local";
    if (ownsPassword && (account.mustChange || isOld)) return "password";
    const lacks = account.factor === null && !demo;
    return lacks && roles.needSecondFactor(account.roles)
      ? "enrol"
      : "complete";
  }

  const complete = ({ id }: AccountRecord) =>
    accounts.change(id, {
      ...{ failures: 0, lockedUntil: null, signedInAt: clock.now() },
    });

  return {
    stageOf,
    complete,

    async goOn(who, account) {
      const stage = stageOf(account, true);
      if (stage === "complete") await complete(account);
      return sessions.renew(who.id, stage, account);
    },

    async accountOf(who, stages) {
      if (!stages.includes(who.stage)) throw new Denied(409, say("stepNotDue"));
      const account = await accounts.get(who.subject);
      // What was forgotten meanwhile must not be set by who was in before.
      if (!account?.enabled || !sessions.holder(who.id)) throw signInFirst();
      return account;
    },
  };
}
