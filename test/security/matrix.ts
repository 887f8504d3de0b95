/**
 * Who may pass which door and follow which topic, in the words of domain.md §3
 * (decisions I8). Written by hand and never made from server/auth: it says what
 * should be, the code says what is. A door or a topic without a row here does
 * not compile.
 */
import type { DoorName } from "../../contract/api.ts";
import type { RoleCode } from "../../contract/role.ts";
import type { TopicName } from "../../contract/topic.ts";

export type Who = RoleCode | "stranger" | "wall";

export interface Row {
  /** Who may; everybody else is refused. */
  may: readonly Who[];
  /**
   * Which rows they get. `scope`: of their own departments and districts alone.
   * `public`: everything, on purpose. `none`: nothing of the city's is in it.
   */
  rows: "scope" | "public" | "none";
}

/** Work on incidents at desks: in the centre, in departments. */
const DESKS = [
  "shiftLeader",
  "acceptor",
  "dispatcher",
  "dutyOfficer",
  "centreChief",
  "deptHandler",
] as const;
/** Whoever has some part in an incident. */
const WORKERS = [
  ...DESKS,
  ...(["hotlineSeat", "leader", "sectionHead", "gridWorker"] as const),
  "supervisor",
] as const;
/** Keep the centre's day running, feeds included. */
const ON_DUTY = ["shiftLeader", "dutyOfficer", "centreChief"] as const;
const KEEP_THE_DUTY = ["shiftLeader", "dutyOfficer"] as const;
/** Everybody whose work is the city: the three administrators' is not, but for the system's own, who must see what feeds bring. */
const LOOK_AT_THE_CITY = [
  ...DESKS,
  "hotlineSeat",
  "wallOperator",
  "leader",
  "sectionHead",
  "gridWorker",
  "supervisor",
  "screenAdmin",
  "sysAdmin",
] as const;
const STAFF = [...LOOK_AT_THE_CITY, "secAdmin", "auditAdmin"] as const;

const anyone: Row = { may: ["stranger", "wall", ...STAFF], rows: "none" };
const staff: Row = { may: STAFF, rows: "none" };
/** A wall shows the city, but is nobody. */
const look = (rows: Row["rows"]): Row => ({
  may: ["wall", ...LOOK_AT_THE_CITY],
  rows,
});
const only = (may: readonly Who[], rows: Row["rows"] = "none"): Row => ({
  may,
  rows,
});

export const DOORS: Record<DoorName, Row> = {
  // The way in and out.
  signIn: anyone,
  signInWays: anyone,
  startSingleSignOn: anyone,
  finishSingleSignOn: anyone,
  requestPairing: anyone,
  claimPairing: anyone,
  whoAmI: only(["wall", ...STAFF]),
  signOut: staff,
  giveCode: staff,
  changePassword: staff,
  startSecondFactor: staff,
  confirmSecondFactor: staff,
  unlock: staff,
  stayActive: staff,
  ownSessions: staff,
  endOwnSession: staff,

  // The city. Its names are words that every page needs, not figures.
  getCity: only(["wall", ...STAFF]),
  listAreas: look("none"),
  getBasemap: look("none"),
  listScreens: look("none"),
  getScreen: look("none"),
  listIndicators: look("public"),
  indicatorHistory: look("scope"),
  sensorPoints: look("scope"),
  listSensors: look("scope"),
  seriesHistory: look("scope"),
  listIncidents: look("scope"),
  getIncident: look("scope"),
  // One's own, within one's scope: whoever reported nothing has none.
  listOwnMatters: only(WORKERS),
  reportIncident: only([
    ...(["shiftLeader", "acceptor", "dispatcher", "dutyOfficer"] as const),
    ...(["hotlineSeat", "deptHandler", "gridWorker"] as const),
  ]),
  // Each step asks for a right of its own: test/security/steps.ts.
  takeStep: only(WORKERS, "scope"),
  putAttachment: only(WORKERS),
  getAttachment: look("scope"),
  findPlace: only(WORKERS),
  // Whose are told is their own scope's: test/flow/workers.test.ts.
  listWorkers: only(["shiftLeader", "acceptor", "dutyOfficer"]),
  bePresent: only(WORKERS, "scope"),
  getLikeness: only(WORKERS, "scope"),
  // Figures of what somebody may see one by one, and of nothing else.
  getStatistics: only(WORKERS, "scope"),
  listCounted: only(WORKERS, "scope"),
  exportStatistics: only(WORKERS, "scope"),
  listSlow: only(WORKERS, "scope"),
  exportSlow: only(WORKERS, "scope"),
  // A filter names what is looked for; what is found is the scope's.
  listFilters: only(WORKERS),
  saveFilter: only(WORKERS),
  dropFilter: only(WORKERS),
  // Whom to call in the hall is no secret of those who look at the city.
  getDuty: look("public"),
  // Which centres there are; of their duty, test/flow/duty-centres.test.ts.
  listDutyCentres: only(KEEP_THE_DUTY, "scope"),
  listRoster: only(KEEP_THE_DUTY, "public"),
  putRoster: only(KEEP_THE_DUTY),
  setRosterCells: only(KEEP_THE_DUTY),
  // Of one's own centre; whoever has none reads nothing of the city's.
  listDutyLog: only(KEEP_THE_DUTY, "scope"),
  listHandOvers: only(KEEP_THE_DUTY, "scope"),
  shiftSummary: only(KEEP_THE_DUTY, "scope"),
  addDutyEntry: only(KEEP_THE_DUTY),
  handOver: only(KEEP_THE_DUTY),
  receiveHandOver: only(KEEP_THE_DUTY),
  // Who takes in what comes sees to what alarms.
  listAlarms: look("scope"),
  unshelveAlarm: only(["shiftLeader", "acceptor", "dutyOfficer"], "scope"),
  acknowledgeAlarm: only(["shiftLeader", "acceptor", "dutyOfficer"], "scope"),
  shelveAlarm: only(["shiftLeader", "acceptor", "dutyOfficer"], "scope"),
  cameraPoints: look("scope"),
  listCameras: look("scope"),
  listFeeds: look("scope"),

  // Who called, and what a camera sees: not everybody who looks at the city.
  revealIncident: only([...DESKS, "hotlineSeat"], "scope"),
  openCamera: only(
    ["wall", ...DESKS, "wallOperator", "leader", "sectionHead"],
    "scope",
  ),

  // Feeds and the hub.
  getHub: only([...ON_DUTY, "sysAdmin"]),
  listAlgorithms: only([...ON_DUTY, "sysAdmin"]),
  putAlgorithm: only(["sysAdmin"]),
  // The limits, the calendar: of the whole city.
  getRules: only(["sysAdmin"]),
  previewRules: only(["sysAdmin"]),
  putRules: only(["sysAdmin"]),
  listQuarantine: only([...ON_DUTY, "sysAdmin"], "scope"),
  putFeed: only(["sysAdmin"], "scope"),
  replayQuarantine: only(["sysAdmin"], "scope"),
  tryMapping: only(["sysAdmin"], "scope"),
  listFeedKeys: only(["sysAdmin"], "scope"),
  rotateFeedKey: only(["sysAdmin"], "scope"),
  revokeFeedKey: only(["sysAdmin"], "scope"),
  newFeedSecret: only(["sysAdmin"], "scope"),
  listWebhooks: only(["sysAdmin"], "scope"),
  putWebhook: only(["sysAdmin"], "scope"),
  retryWebhook: only(["sysAdmin"], "scope"),
  dropWebhook: only(["sysAdmin"], "scope"),
  editIndicator: only(["sysAdmin"], "scope"),

  // Walls.
  listDevices: only(["sysAdmin", "screenAdmin"]),
  approveDevice: only(["sysAdmin", "screenAdmin"]),
  editDevice: only(["sysAdmin", "screenAdmin"]),
  revokeDevice: only(["sysAdmin", "screenAdmin"]),

  // Accounts belong to the system's administrator, rights to the security's
  // with a second person, the audit to the audit's alone.
  listAccounts: only(["sysAdmin", "secAdmin"]),
  // What a role may do is no secret among those who have one.
  listRoles: staff,
  listSessions: only(["sysAdmin", "secAdmin"]),
  listChanges: only(["sysAdmin", "secAdmin"]),
  getPolicy: only(["sysAdmin", "secAdmin"]),
  requestChange: only(["sysAdmin", "secAdmin"]),
  confirmChange: only(["sysAdmin", "secAdmin"]),
  refuseChange: only(["sysAdmin", "secAdmin"]),
  createAccount: only(["sysAdmin"]),
  editAccount: only(["sysAdmin"]),
  disableAccount: only(["sysAdmin"]),
  newLink: only(["sysAdmin"]),
  unlockAccount: only(["sysAdmin"]),
  endSession: only(["sysAdmin"]),
  putDepartment: only(["sysAdmin"]),
  listAudit: only(["auditAdmin"]),
  exportAudit: only(["auditAdmin"]),
  verifyAudit: only(["auditAdmin"]),
};

export const TOPICS: Record<TopicName, Row> = {
  indicators: look("scope"),
  sensors: look("scope"),
  sensorStates: look("scope"),
  incidents: look("scope"),
  incidentCounts: look("scope"),
  queue: look("scope"),
  presence: look("scope"),
  alarms: look("scope"),
  feeds: look("scope"),
  positions: look("scope"),
  cameraStates: look("scope"),
  duty: look("public"),
  // A warning in force is a public notice (docs/decisions/0006).
  warnings: look("public"),
};
