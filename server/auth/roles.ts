/** Roles as data (domain.md §3): what each may do as shipped, and as the city changed it. */
import type { Masking } from "../../contract/data-scope.ts";
import {
  Action,
  RoleCode,
  isSeparated,
  type Role,
} from "../../contract/role.ts";
import { say, type Sentence } from "../../contract/sentence.ts";

const role = (
  code: RoleCode,
  nameZh: string,
  nameEn: string,
  actions: Action[],
  secondFactor = false,
): Role => ({ code, nameZh, nameEn, actions, secondFactor });

/** Who works on incidents needs the address, and now and then the caller. */
const DESK: Action[] = ["watch", "readAddress", "reveal", "openVideo"];

// prettier-ignore
const SHIPPED: readonly Role[] = [
  role("shiftLeader", "值班长", "Shift leader", [
    ...DESK, "report", "triage", "rule", "dispatch", "callBack", "urge", "supervise", "keepDuty", "runFeeds",
  ]),
  role("acceptor", "受理员", "Acceptor", [...DESK, "report", "triage", "urge"]),
  role("dispatcher", "派遣员", "Dispatcher", [...DESK, "report", "dispatch", "urge"], true),
  role("dutyOfficer", "值班员", "Duty officer", [...DESK, "report", "triage", "urge", "keepDuty", "runFeeds"]),
  role("hotlineSeat", "热线坐席", "Hotline seat", ["watch", "readAddress", "reveal", "report", "callBack"]),
  role("wallOperator", "大厅操作员", "Hall operator", ["watch", "openVideo"]),
  role("leader", "领导", "Leader", ["watch", "openVideo", "urge", "supervise", "instruct"]),
  role("centreChief", "中心主任", "Head of the centre", [
    ...DESK, "rule", "ruleHigher", "urge", "supervise", "instruct", "runFeeds",
  ]),
  role("sectionHead", "科室负责人", "Section head", ["watch", "readAddress", "openVideo", "ruleHigher", "urge", "supervise"]),
  role("deptHandler", "部门经办", "Department handler", [...DESK, "report", "handle"]),
  role("gridWorker", "网格员", "Grid worker", ["watch", "readAddress", "report", "visit"]),
  role("supervisor", "督查员", "Supervisor", ["watch", "readAddress", "urge", "supervise"]),
  role("screenAdmin", "大屏管理员", "Screen administrator", ["watch", "manageDevices"], true),
  role("sysAdmin", "系统管理员", "System administrator", [
    "watch", "runFeeds", "configureFeeds", "configureIndicators",
    "configureRules", "manageDevices", "manageAccounts", "readAccounts", "changeRights",
  ], true),
  role("secAdmin", "安全管理员", "Security administrator", ["readAccounts", "changeRights", "permit"], true),
  role("auditAdmin", "审计管理员", "Audit administrator", ["readAudit"], true),
];

/** What only these roles may have: separation would be a word without it. */
const RESERVED: Partial<Record<Action, readonly RoleCode[]>> = {
  manageAccounts: ["sysAdmin"],
  configureFeeds: ["sysAdmin"],
  permit: ["secAdmin"],
  changeRights: ["sysAdmin", "secAdmin"],
  readAccounts: ["sysAdmin", "secAdmin"],
  readAudit: ["auditAdmin"],
};
/** And what two of the three may never get besides. */
const ALLOWED: Partial<Record<RoleCode, readonly Action[]>> = {
  secAdmin: ["readAccounts", "changeRights", "permit"],
  auditAdmin: ["readAudit"],
};

/** Why a role may not be so, or null. */
export function roleFlaw(
  role: RoleCode,
  actions: readonly Action[],
): Sentence | null {
  for (const action of actions) {
    const holders = RESERVED[action];
    if (holders && !holders.includes(role))
      return say("actionReserved", { action, roles: [...holders] });
    const allowed = ALLOWED[role];
    if (allowed && !allowed.includes(action))
      return say("roleOnlyHas", { role, actions: [...allowed] });
  }
  const missing = REQUIRED[role]?.find((action) => !actions.includes(action));
  return missing ? say("roleNeeds", { role, action: missing }) : null;
}

/** Without these nobody could change anything back. */
const REQUIRED: Partial<Record<RoleCode, readonly Action[]>> = {
  sysAdmin: ["manageAccounts", "readAccounts", "changeRights"],
  secAdmin: ["readAccounts", "changeRights", "permit"],
  auditAdmin: ["readAudit"],
};

/** Why one person may not hold these roles, or null (三员分立). */
export function holdingFlaw(roles: readonly RoleCode[]): Sentence | null {
  const separated = roles.find(isSeparated);
  return separated && roles.length > 1
    ? say("rolesApart", { role: separated })
    : null;
}

export interface Roles {
  all(): Role[];
  of(code: RoleCode): Role;
  actionsOf(roles: readonly RoleCode[]): Set<Action>;
  needSecondFactor(roles: readonly RoleCode[]): boolean;
  set(code: RoleCode, actions: readonly Action[]): void;
}

export function createRoles(changed: ReadonlyMap<RoleCode, Action[]>): Roles {
  const roles = new Map(SHIPPED.map((shipped) => [shipped.code, shipped]));
  const set = (code: RoleCode, actions: readonly Action[]) =>
    roles.set(code, {
      ...roles.get(code)!,
      // In one order, whoever wrote it.
      actions: Action.options.filter((action) => actions.includes(action)),
    });
  for (const { code, actions } of SHIPPED) set(code, actions);
  for (const [code, actions] of changed) set(code, actions);
  return {
    all: () => RoleCode.options.map((code) => roles.get(code)!),
    of: (code) => roles.get(code)!,
    actionsOf: (held) =>
      new Set(held.flatMap((code) => roles.get(code)!.actions)),
    needSecondFactor: (held) =>
      held.some((code) => roles.get(code)!.secondFactor),
    set: (code, actions) => void set(code, actions),
  };
}

export const maskingOf = (actions: ReadonlySet<Action>): Masking =>
  actions.has("readAddress") ? "personal" : "all";
