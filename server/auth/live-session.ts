/** One open session in memory: whose it is, what that person may do now, and when it locks. */
import type { AccountRecord, SessionRecord } from "../store/store.ts";
import type { KeptPolicy } from "./policy.ts";
import type { Principal } from "./principal.ts";
import { maskingOf, type Roles } from "./roles.ts";

/** What of an account its sessions hold. */
export type Holder = Pick<
  AccountRecord,
  "id" | "login" | "name" | "roles" | "scope" | "password" | "factor" | "rev"
>;

export interface LiveSession {
  record: SessionRecord;
  holder: Holder;
  principal: Principal;
  /** When `activeAt` was last written down. */
  saved: number;
}

export function createLiveSessions(ask: {
  roles: Roles;
  policy: KeptPolicy;
  /** A demo's accounts have no password to unlock with, and are not asked for one. */
  demo: boolean;
}) {
  const { roles, policy } = ask;

  function principalOf(
    { id, stage }: SessionRecord,
    { id: subject, login, name, roles: held, scope }: Holder,
  ): Principal {
    const actions = roles.actionsOf(held);
    return {
      ...{ kind: "person", id, subject, login, name, stage, roles: held },
      actions: stage === "complete" ? actions : new Set(),
      watches:
        actions.has("watch") && (stage === "complete" || stage === "locked"),
      view: { ...scope, masking: maskingOf(actions) },
      screens: null,
    };
  }

  function put(one: LiveSession, change: Partial<SessionRecord>): void {
    one.record = { ...one.record, ...change };
    one.principal = principalOf(one.record, one.holder);
  }

  /** Of an account as it is now: who got a role that needs a second factor sets one up first. */
  function take(one: LiveSession, account: AccountRecord): void {
    const lacks =
      !ask.demo &&
      account.factor === null &&
      roles.needSecondFactor(account.roles);
    // Who needed one before has proved it, here or at the single sign-on.
    const isNew = lacks && !roles.needSecondFactor(one.holder.roles);
    const isIn = one.record.stage === "complete";
    one.holder = account;
    put(one, isNew && isIn ? { stage: "enrol" } : {});
  }

  /** ms after which it locks; null = never. */
  function idleAfter({ holder }: LiveSession): number | null {
    const isLockable = !(ask.demo && holder.password === null);
    const most = policy.now().idleAfter;
    return most > 0 && isLockable ? most : null;
  }

  return {
    idleAfter,
    put,
    take,

    begin: (record: SessionRecord, holder: Holder): LiveSession => ({
      ...{ record, holder, saved: record.activeAt },
      principal: principalOf(record, holder),
    }),

    /** @returns did it lock now? */
    lockIfIdle(one: LiveSession, now: number): boolean {
      const most = idleAfter(one);
      const { stage, activeAt } = one.record;
      if (most === null || stage !== "complete" || now - activeAt <= most)
        return false;
      put(one, { stage: "locked" });
      return true;
    },
  };
}
