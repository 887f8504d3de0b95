/** On which page somebody's work begins, where a sign-in led to none in particular. Pure. */
import type { Action } from "../../contract/role.ts";
import type { Session } from "../../contract/session.ts";

/** By what somebody may do, not by the name of a role: what a role may do is the city's to change. */
const FIRST: readonly { page: string; of: readonly Action[] }[] = [
  // The three administrators' own, which nobody else may have.
  { page: "/admin", of: ["manageAccounts", "permit", "readAudit"] },
  {
    page: "/desk",
    of: ["triage", "rule", "ruleHigher", "dispatch", "callBack", "keepDuty"],
  },
  { page: "/inbox", of: ["handle"] },
  { page: "/m", of: ["visit"] },
];

/** Whoever only looks, leaders and the hall among them, begins where the screens are: `/`. */
export function firstPageOf({
  permissions,
}: Pick<Session, "permissions">): string {
  const found = FIRST.find(({ of }) =>
    of.some((action) => permissions.includes(action)),
  );
  return found?.page ?? "/";
}
