import { z } from "zod";

/** What a person may do; a door names one, a role has some (domain.md §3). */
export const Action = z.enum([
  /** Look at screens, figures, incidents, warnings and the map, within the scope. */
  "watch",
  /** See addresses below the community. */
  "readAddress",
  /** See who reported an incident, for a reason that is kept. */
  "reveal",
  /** Open a camera's picture. */
  "openVideo",
  /** Enter an incident by hand, and say how one goes on. */
  "report",
  /** Complete what was reported, have it verified, propose it, merge it (受理). */
  "triage",
  /** Register, decline, close, void; agree to what departments ask for (值班长). */
  "rule",
  /** Agree to what is beyond the shift leader: a second extension, a long one. */
  "ruleHigher",
  /** Give an incident to departments and centres (派遣). */
  "dispatch",
  /** Work on the orders of one's own departments. */
  "handle",
  /** Verify and check on the spot. */
  "visit",
  /** Ask those who reported how it went, and write down their answer. */
  "callBack",
  /** Press for what is slow. */
  "urge",
  /** Supervise an incident until it is answered (督办). */
  "supervise",
  /** Write a leader's instruction (批示). */
  "instruct",
  /** Keep the duty log and hand the shift over. */
  "keepDuty",
  /** See how feeds and the hub fare, and what was refused. */
  "runFeeds",
  /** Add and change feeds, their mappings and keys; send refused messages again. */
  "configureFeeds",
  /** Change limits, targets and names of indicators. */
  "configureIndicators",
  /** Change the limits of steps, the working calendar, and which algorithms are listened to. */
  "configureRules",
  /** Pair walls, give them screens, revoke them. */
  "manageDevices",
  /** Add accounts, end them, give them new links; departments. */
  "manageAccounts",
  /** See accounts, roles, sessions and changes of rights. */
  "readAccounts",
  /** Ask for a change of rights, or confirm another's. */
  "changeRights",
  /** Of the two who change rights, one has this. */
  "permit",
  /** Read the audit, and nothing else. */
  "readAudit",
]);
export type Action = z.infer<typeof Action>;

export const RoleCode = z.enum([
  "shiftLeader",
  "acceptor",
  "dispatcher",
  "dutyOfficer",
  "hotlineSeat",
  "wallOperator",
  "leader",
  "centreChief",
  "sectionHead",
  "deptHandler",
  "gridWorker",
  "supervisor",
  "screenAdmin",
  "sysAdmin",
  "secAdmin",
  "auditAdmin",
]);
export type RoleCode = z.infer<typeof RoleCode>;

/** The three that no person holds two of (三员分立). */
export const SEPARATED = ["sysAdmin", "secAdmin", "auditAdmin"] as const;

export const isSeparated = (role: RoleCode): boolean =>
  (SEPARATED as readonly RoleCode[]).includes(role);

export const Role = z.object({
  code: RoleCode,
  nameZh: z.string(),
  nameEn: z.string(),
  actions: z.array(Action),
  /** Who holds it signs in with a second factor. */
  secondFactor: z.boolean(),
});
export type Role = z.infer<typeof Role>;
