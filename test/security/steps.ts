/** Who may take which step of an incident, in the words of domain.md §4. Written by hand, like matrix.ts. */
import type { RoleCode } from "../../contract/role.ts";
import type { StepName } from "../../contract/step.ts";

/** 受理: accepts what comes in. */
const ACCEPT: RoleCode[] = ["shiftLeader", "acceptor", "dutyOfficer"];
/** 裁定: confirms, agrees, closes. */
const RULE: RoleCode[] = ["shiftLeader", "centreChief"];
const HIGHER: RoleCode[] = ["sectionHead", "centreChief"];
const DISPATCH: RoleCode[] = ["shiftLeader", "dispatcher"];
const HANDLE: RoleCode[] = ["deptHandler"];
const VISIT: RoleCode[] = ["gridWorker"];
const CALL_BACK: RoleCode[] = ["shiftLeader", "hotlineSeat"];
const SUPERVISE: RoleCode[] = [
  ...(["shiftLeader", "leader", "centreChief"] as const),
  ...(["sectionHead", "supervisor"] as const),
];
const URGE: RoleCode[] = [
  ...SUPERVISE,
  ...(["acceptor", "dispatcher", "dutyOfficer"] as const),
];
const INSTRUCT: RoleCode[] = ["leader", "centreChief"];
const EVERY_WORKER: RoleCode[] = [
  ...(["shiftLeader", "acceptor", "dispatcher", "dutyOfficer"] as const),
  ...(["hotlineSeat", "leader", "centreChief", "sectionHead"] as const),
  ...(["deptHandler", "gridWorker", "supervisor"] as const),
];

/** What a district's centre still does with a matter that it passed on. */
export const AFTER_PASSING: readonly StepName[] = ["note", "undo"];

/** With a body that the step's own shape takes. */
export const STEP_ROWS: Record<
  StepName,
  { may: readonly RoleCode[]; body?: object }
> = {
  edit: { may: [...ACCEPT, ...DISPATCH], body: { title: "改" } },
  verify: { may: ACCEPT },
  verified: { may: [...ACCEPT, ...VISIT], body: { result: "true" } },
  propose: { may: ACCEPT },
  register: { may: [...ACCEPT, ...RULE] },
  decline: { may: RULE, body: { reason: "notOurs" } },
  dispatch: { may: DISPATCH, body: { lead: "TEST" } },
  recall: { may: [...RULE, ...DISPATCH], body: { reason: "派错" } },
  addHandler: {
    may: [...DISPATCH, ...HANDLE],
    body: { department: "TEST" },
  },
  sign: { may: HANDLE, body: { order: 1 } },
  feedBack: { may: HANDLE, body: { order: 1, note: "好了" } },
  askReturn: { may: HANDLE, body: { order: 1, reason: "不属" } },
  askExtension: {
    may: HANDLE,
    body: { order: 1, reason: "要挖", matterClass: "B" },
  },
  askSuspension: {
    may: HANDLE,
    body: { order: 1, reason: "冬季", reviewAt: 4e12 },
  },
  agree: { may: [...RULE, ...HIGHER], body: { request: 1 } },
  refuse: { may: [...RULE, ...HIGHER], body: { request: 1, note: "不行" } },
  resume: { may: [...RULE, ...DISPATCH, ...HANDLE] },
  sendCheck: { may: ACCEPT },
  check: { may: [...ACCEPT, ...VISIT], body: { result: "passed" } },
  close: { may: RULE },
  rework: { may: RULE, body: { reason: "不好" } },
  reopen: { may: RULE, body: { reason: "不满" } },
  evaluate: { may: CALL_BACK, body: { result: "satisfied" } },
  merge: { may: [...ACCEPT, ...RULE], body: { into: "none" } },
  unmerge: { may: [...ACCEPT, ...RULE] },
  void: { may: RULE, body: { reason: "误报" } },
  passDown: { may: DISPATCH, body: { centre: "none" } },
  passUp: {
    may: [...DISPATCH, ...RULE, ...HANDLE],
    body: { reason: "难办" },
  },
  supervise: { may: SUPERVISE, body: { level: 1, text: "速办" } },
  instruct: { may: INSTRUCT, body: { text: "速办" } },
  answer: {
    may: [...RULE, ...DISPATCH, ...HANDLE],
    body: { instruction: 9, text: "已办" },
  },
  urge: { may: URGE },
  note: { may: EVERY_WORKER, body: { note: "跟进" } },
  undo: { may: EVERY_WORKER },
};
