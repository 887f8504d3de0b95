/** What a change of rights may be, and who of two may make it. Changes nothing. */
import type { DataScope } from "../../contract/data-scope.ts";
import type { RightsChange } from "../../contract/rights.ts";
import { SEPARATED, type RoleCode } from "../../contract/role.ts";
import { say, type Sentence } from "../../contract/sentence.ts";
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
    if (!account) throw new Denied(404, say("noAccount", { account: id }));
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
    if (account.id === asker) throw new Denied(403, say("ownRights"));
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
      throw cannot("/change/account", say("notOff", { login: target }));
    return { target, before: null };
  }

  function scopeIsKnown({ departments, districts }: DataScope): void {
    const known = ask.known();
    const department = departments?.find(
      (code) => !known.departments.includes(code),
    );
    if (department !== undefined)
      throw cannot(
        "/change/scope/departments",
        say("noDepartment", { department }),
      );
    const district = districts?.find((code) => !known.districts.includes(code));
    if (district !== undefined)
      throw cannot("/change/scope/districts", say("noDistrict", { district }));
  }

  async function leavesOne(account: AccountRecord, after: RoleCode[]) {
    for (const role of SEPARATED) {
      if (!account.enabled || !account.roles.includes(role)) continue;
      if (after.includes(role)) continue;
      const holders = await store.accounts.holders(role);
      if (holders.length <= 1)
        throw new Denied(
          409,
          say("lastHolder", { login: account.login, role }),
        );
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
): Sentence | null {
  if (!who.actions.has("changeRights")) return say("changesNoRights");
  if (change.byAccount === who.subject) return say("secondPerson");
  if ("account" in change.change && change.change.account === who.subject)
    return say("ownRights");
  if (!who.actions.has("permit") && !change.byPermits)
    return say("needsPermit");
  return null;
}

const cannot = (path: string, flaw: Sentence) =>
  new Denied(422, say("rightsNotSo"), {
    errors: [{ path: `/body${path}`, ...flaw }],
  });
