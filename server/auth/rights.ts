/** Changes of rights: asked for by one administrator, in effect when another confirms. */
import { isDeepStrictEqual } from "node:util";
import type { DataScope } from "../../contract/data-scope.ts";
import type { ChangeRequest, RightsChange } from "../../contract/rights.ts";
import { SEPARATED, type RoleCode } from "../../contract/role.ts";
import { DAY } from "../../contract/time.ts";
import type { Clock } from "../lib/clock.ts";
import { createId } from "../lib/ids.ts";
import { createQueue } from "../lib/queue.ts";
import type {
  AccountRecord,
  ChangeRecord,
  Page,
  Store,
} from "../store/store.ts";
import { Denied } from "./denied.ts";
import { forget } from "./forget.ts";
import { beginsAnew, halfOf } from "./halves.ts";
import type { KeptPolicy } from "./policy.ts";
import type { Principal } from "./principal.ts";
import { holdingFlaw, roleFlaw, type Roles } from "./roles.ts";
import type { Seal } from "./seal.ts";
import type { Sessions } from "./sessions.ts";
import type { SignIn } from "./sign-in.ts";

/** What nobody confirmed by then is forgotten. */
const WAITS = 7 * DAY;

export type TellChange = (line: {
  object: string;
  detail: string;
  before?: unknown;
  after?: unknown;
}) => Promise<void>;

export interface Rights {
  page(
    filter: {
      state?: ChangeRecord["state"];
      limit: number;
      cursor?: string;
    },
    who: Principal,
  ): Promise<Page<ChangeRequest>>;
  ask(
    who: Principal,
    change: RightsChange,
    reason: string,
    tell: TellChange,
  ): Promise<ChangeRequest>;
  confirm(
    who: Principal,
    id: string,
    tell: TellChange,
  ): Promise<{
    request: ChangeRequest;
    /** The confirmer's half, where the person begins anew. */
    link: { rest: string; until: number } | null;
  }>;
  refuse(
    who: Principal,
    id: string,
    reason: string,
    tell: TellChange,
  ): Promise<ChangeRequest>;
  /** Takes somebody's rights away while no other change does: two at once could leave none of the three. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

export function createRights(ask: {
  store: Pick<Store, "accounts" | "rights">;
  sessions: Sessions;
  signIn: SignIn;
  roles: Roles;
  policy: KeptPolicy;
  seal: Seal;
  clock: Clock;
  /** Codes that a scope may name. */
  known: () => { departments: string[]; districts: string[] };
}): Rights {
  const { store, sessions, signIn, roles, policy, clock } = ask;
  const inTurn = createQueue();

  async function accountOf(id: string): Promise<AccountRecord> {
    const account = await store.accounts.get(id);
    if (!account) throw new Denied(404, `there is no account ${id}`);
    return account;
  }

  /** What holds now, and how lists call it. @throws Denied where the change cannot be */
  async function judge(change: RightsChange, asker: string) {
    if (change.kind === "policy")
      return {
        target: "policy",
        before: { kind: "policy" as const, policy: policy.now() },
      };
    if (change.kind === "role") {
      const flaw = roleFlaw(change.role, change.actions);
      if (flaw) throw cannot("/change/actions", flaw);
      const { actions } = roles.of(change.role);
      return {
        target: change.role,
        before: { kind: "role" as const, role: change.role, actions },
      };
    }
    const account = await accountOf(change.account);
    if (account.id === asker)
      throw new Denied(403, "nobody changes his own rights");
    const target = account.login;
    if (change.kind === "access") {
      const flaw = holdingFlaw(change.roles);
      if (flaw) throw cannot("/change/roles", flaw);
      scopeIsKnown(change.scope);
      const { id, roles: held, scope } = account;
      const before = { kind: "access" as const, account: id, scope };
      return { target, before: { ...before, roles: held } };
    }
    if (change.kind === "enable" && account.enabled)
      throw cannot("/change/account", `${target} is not switched off`);
    return { target, before: null };
  }

  function scopeIsKnown({ departments, districts }: DataScope): void {
    const known = ask.known();
    for (const [name, codes, all] of [
      ["departments", departments, known.departments],
      ["districts", districts, known.districts],
    ] as const) {
      const stranger = codes?.find((code) => !all.includes(code));
      if (stranger !== undefined)
        throw cannot(
          `/change/scope/${name}`,
          `the city has no ${name.slice(0, -1)} ${stranger}`,
        );
    }
  }

  /** Why this one may not confirm it, or null. */
  function obstacleOf(change: ChangeRecord, who: Principal): string | null {
    if (!who.actions.has("changeRights"))
      return "your roles do not change rights";
    if (change.byAccount === who.subject)
      return "a second person confirms it, not the one who asked";
    if ("account" in change.change && change.change.account === who.subject)
      return "nobody changes his own rights";
    if (!who.actions.has("permit") && !change.byPermits)
      return "one of the two is a security administrator";
    return null;
  }

  const shown = (record: ChangeRecord, who: Principal): ChangeRequest => {
    const { byAccount: _account, byPermits: _permits, ...request } = record;
    const isOver =
      record.state === "waiting" && clock.now() - record.at > WAITS;
    const isAsker = record.byAccount === who.subject;
    return {
      ...request,
      ...(isOver && { state: "expired" as const }),
      half:
        isAsker && beginsAnew(record.change, record.before)
          ? halfOf(ask.seal, record.id)
          : null,
      obstacle: obstacleOf(record, who),
    };
  };

  async function waiting(id: string): Promise<ChangeRecord> {
    const found = await store.rights.get(id);
    if (!found) throw new Denied(404, `there is no change ${id}`);
    if (found.state !== "waiting" || clock.now() - found.at > WAITS)
      throw new Denied(409, "this change does not wait any more");
    return found;
  }

  /** A city without one of the three could not change anything back. */
  async function leavesOne(account: AccountRecord, after: RoleCode[]) {
    for (const role of SEPARATED) {
      if (!account.enabled || !account.roles.includes(role)) continue;
      if (after.includes(role)) continue;
      const holders = await store.accounts.holders(role);
      if (holders.length <= 1)
        throw new Denied(409, `${account.login} is the last ${role}`);
    }
  }

  /** May who asked still do so, and as what he was then? */
  function mayStill({ byPermits }: ChangeRecord, asker: AccountRecord) {
    const actions = roles.actionsOf(asker.roles);
    return actions.has("changeRights") && (!byPermits || actions.has("permit"));
  }

  /** The person comes in by two halves: this is the confirmer's. */
  async function newLink(id: string, account: string) {
    const half = halfOf(ask.seal, id);
    const { token, until } = await signIn.link(account, half);
    return { rest: token, until };
  }

  async function apply({ id, change, before }: ChangeRecord) {
    switch (change.kind) {
      case "policy":
        await policy.set(change.policy);
        sessions.allActive();
        return null;
      case "role":
        await store.rights.setRoleActions(change.role, change.actions);
        roles.set(change.role, change.actions);
        sessions.changedAll();
        return null;
      case "access": {
        const { account, roles: held, scope } = change;
        const { origin } = await accountOf(account);
        // Nobody held a link of whom the single sign-on vouches for.
        const isAnew = origin === "local" && beginsAnew(change, before);
        if (isAnew) await forget(store, sessions, account);
        await store.accounts.setAccess(account, held, scope);
        if (!isAnew) {
          await sessions.changed(await accountOf(account));
          return null;
        }
        // Whoever came in before the roles were there does not grow into them.
        await sessions.endOf(account, "ended");
        return newLink(id, account);
      }
      case "enable":
        await store.accounts.change(change.account, {
          ...{ enabled: true, failures: 0, lockedUntil: null },
        });
        return null;
      case "reset":
        await forget(store, sessions, change.account);
        return newLink(id, change.account);
    }
  }

  return {
    inTurn,

    async page({ state, ...of }, who) {
      const since = clock.now() - WAITS;
      const page = await store.rights.page({
        ...of,
        ...(state !== undefined && { state }),
        ...(state === "waiting" && { from: since }),
        // Nobody decided it: it lies there as it waited.
        ...(state === "expired" && { state: "waiting", to: since }),
      });
      return { ...page, items: page.items.map((one) => shown(one, who)) };
    },

    async ask(who, change, reason, tell) {
      const { target, before } = await judge(change, who.subject);
      if (before !== null && isDeepStrictEqual(before, change))
        throw new Denied(409, "it is so already");
      await tell({
        object: objectOf(target),
        detail: reason,
        before,
        after: change,
      });
      const record: ChangeRecord = {
        id: createId(clock.now()),
        ...{ change, target, before, reason },
        ...{ by: who.login, byName: who.name, byAccount: who.subject },
        ...{ byPermits: who.actions.has("permit"), at: clock.now() },
        ...{ state: "waiting", decidedBy: null, decidedAt: null },
      };
      await store.rights.put(record);
      return shown(record, who);
    },

    confirm: (who, id, tell) =>
      inTurn(async () => {
        const found = await waiting(id);
        const obstacle = obstacleOf(found, who);
        if (obstacle !== null)
          throw new Denied(403, obstacle, {
            refused: { object: objectOf(found.target), detail: obstacle },
          });
        const asker = await store.accounts.get(found.byAccount);
        if (!asker?.enabled || !mayStill(found, asker))
          throw new Denied(409, "who asked for it may not any more");
        const now = await judge(found.change, found.byAccount);
        if (!isDeepStrictEqual(now.before, found.before))
          throw new Denied(409, "what it changes has changed since: ask anew");
        const { change } = found;
        if (change.kind === "access")
          await leavesOne(await accountOf(change.account), change.roles);
        await tell({
          ...{ object: objectOf(found.target), detail: found.reason },
          ...{ before: found.before, after: change },
        });
        const decided = await store.rights.decide(id, "confirmed", {
          ...{ decidedBy: who.login, decidedAt: clock.now() },
        });
        if (!decided) throw new Denied(409, "another was faster");
        const link = await apply(found);
        return { request: shown(decided, who), link };
      }),

    async refuse(who, id, reason, tell) {
      const found = await waiting(id);
      await tell({ object: objectOf(found.target), detail: reason });
      const own = found.byAccount === who.subject;
      const decided = await store.rights.decide(
        id,
        own ? "withdrawn" : "refused",
        { decidedBy: who.login, decidedAt: clock.now() },
      );
      if (!decided) throw new Denied(409, "another was faster");
      return shown(decided, who);
    },
  };
}

const objectOf = (target: string) => `rights/${target}`;

const cannot = (path: string, message: string) =>
  new Denied(422, "rights cannot be so", {
    errors: [{ path: `/body${path}`, message }],
  });
