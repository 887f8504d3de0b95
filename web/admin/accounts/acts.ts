/** In what state an account is, and what one may do with it. Pure. */
import type { Account } from "../../../contract/account.ts";
import { isSeparated, type Action } from "../../../contract/role.ts";
import type { Shape } from "../parts/shape.ts";

export type AccountState = "enabled" | "disabled" | "locked" | "noPassword";

export const SHAPES: Record<AccountState, Shape> = {
  enabled: "full",
  locked: "half",
  noPassword: "ring",
  disabled: "struck",
};

/** @param now epoch ms */
export function stateOf(account: Account, now: number): AccountState {
  if (!account.enabled) return "disabled";
  if (account.lockedUntil !== null && account.lockedUntil > now)
    return "locked";
  return account.hasPassword || account.origin === "singleSignOn"
    ? "enabled"
    : "noPassword";
}

/** `access`, `enable` and `reset` are asked for, and confirmed by a second person. */
export type AccountAct =
  "access" | "correct" | "unlock" | "newLink" | "reset" | "disable" | "enable";

/** What the session may do with an account now, in the order of the menu. */
export function actsFor(
  account: Account,
  may: (action: Action) => boolean,
  now: number,
): AccountAct[] {
  const local = account.enabled && account.origin === "local";
  const separated = account.roles.some(isSeparated);
  const acts: [AccountAct, Action, boolean][] = [
    ["access", "changeRights", account.enabled],
    ["correct", "manageAccounts", true],
    ["unlock", "manageAccounts", stateOf(account, now) === "locked"],
    ["newLink", "manageAccounts", local && !separated],
    ["reset", "changeRights", local && separated],
    ["disable", "manageAccounts", account.enabled],
    ["enable", "changeRights", !account.enabled],
  ];
  return acts
    .filter(([, action, applies]) => applies && may(action))
    .map(([act]) => act);
}
