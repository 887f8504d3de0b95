/** What a change of rights may be, and who of two may make it. Changes nothing. */
import type { DataScope } from "../../contract/data-scope.ts";
import type { RightsChange } from "../../contract/rights.ts";
import { SEPARATED, type RoleCode } from "../../contract/role.ts";
import type { AccountRecord, ChangeRecord, Store } from "../store/store.ts";
import { Denied } from "./denied.ts";
import type { KeptPolicy } from "./policy.ts";
import type { Principal } from "./principal.ts";
import { holdingFlaw, roleFlaw, type Roles } from "./roles.ts";

export interface ChangeRules {
  /** @throws Denied 404 */
  accountOf(id: string): Promise<AccountRecord>;
  /**
   * What holds now, and how lists call it.
   * @param asker account that asks for it
   * @throws Denied where the change cannot be
   */
  judge(
    change: RightsChange,
    asker: string,
  ): Promise<{ target: string; before: RightsChange | null }>;
  /** A city without one of the three could not change anything back. @throws Denied 409 */
  leavesOne(account: AccountRecord, after: RoleCode[]): Promise<void>;
  /** May who asked still do so, and as what he was then? */
  mayStill(change: ChangeRecord, asker: AccountRecord): boolean;
}

export function createChangeRules(ask: {
  store: Pick<Store, "accounts">;
  roles: Roles;
  policy: KeptPolicy;
  /** Codes that a scope may name. */
  known: () => { departments: string[]; districts: string[] };
}): ChangeRules {
  const { store, roles, policy } = ask;

  async function accountOf(id: string): Promise<AccountRecord> {
    const account = await store.accounts.get(id);
    if (!account) throw new Denied(404, `there is no account ${id}`);
    return account;
  }

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

  async function leavesOne(account: AccountRecord, after: RoleCode[]) {
    for (const role of SEPARATED) {
      if (!account.enabled || !account.roles.includes(role)) continue;
      if (after.includes(role)) continue;
      const holders = await store.accounts.holders(role);
      if (holders.length <= 1)
        throw new Denied(409, `${account.login} is the last ${role}`);
    }
  }

  function mayStill({ byPermits }: ChangeRecord, asker: AccountRecord) {
    const actions = roles.actionsOf(asker.roles);
    return actions.has("changeRights") && (!byPermits || actions.has("permit"));
  }

  return { accountOf, judge, leavesOne, mayStill };
}

/** Why this one may not confirm it, or null. */
export function obstacleOf(
  change: ChangeRecord,
  who: Principal,
): string | null {
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

const cannot = (path: string, message: string) =>
  new Denied(422, "rights cannot be so", {
    errors: [{ path: `/body${path}`, message }],
  });
