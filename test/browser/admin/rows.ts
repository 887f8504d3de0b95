/** A city's accounts, roles, changes, walls, keys and audit, for pages to show. */
import { RoleCode, type Action, type Role } from "../../../contract/role.ts";
import { DAY, HOUR, MINUTE } from "../../../contract/time.ts";
import { auditLines } from "./audit-lines.ts";

/** Noon of 20 November 2026 in Shanghai. */
export const NOON = Date.UTC(2026, 10, 20, 4);

const WHOLE = { departments: null, districts: null };

const ROLE_NAMES: Record<RoleCode, [string, string, Action[]]> = {
  shiftLeader: [
    "值班长",
    "Shift leader",
    ["watch", "readAddress", "reveal", "openVideo"],
  ],
  acceptor: ["受理员", "Acceptance seat", ["watch", "readAddress", "reveal"]],
  dispatcher: ["派遣员", "Dispatcher", ["watch", "readAddress", "openVideo"]],
  dutyOfficer: [
    "值班员",
    "Duty officer",
    ["watch", "readAddress", "openVideo", "runFeeds"],
  ],
  hotlineSeat: ["热线坐席", "Hotline seat", ["watch", "readAddress", "reveal"]],
  wallOperator: ["大厅操作员", "Hall operator", ["watch", "openVideo"]],
  leader: ["领导", "Leader", ["watch", "openVideo"]],
  centreChief: [
    "中心主任",
    "Centre chief",
    [
      "watch",
      "readAddress",
      "openVideo",
      "permit",
      "changeRights",
      "readAccounts",
    ],
  ],
  sectionHead: ["科室负责人", "Section head", ["watch", "readAddress"]],
  deptHandler: ["部门经办", "Department handler", ["watch", "readAddress"]],
  gridWorker: ["网格员", "Grid worker", ["watch", "readAddress"]],
  supervisor: ["督查员", "Supervisor", ["watch"]],
  screenAdmin: [
    "大屏管理员",
    "Screen administrator",
    ["watch", "manageDevices"],
  ],
  sysAdmin: [
    "系统管理员",
    "System administrator",
    [
      "watch",
      "runFeeds",
      "configureFeeds",
      "configureIndicators",
      "manageDevices",
      "manageAccounts",
      "readAccounts",
    ],
  ],
  secAdmin: [
    "安全管理员",
    "Security administrator",
    ["readAccounts", "changeRights", "permit"],
  ],
  auditAdmin: ["审计管理员", "Audit administrator", ["readAudit"]],
};
const SEPARATED = ["sysAdmin", "secAdmin", "auditAdmin"];

export const ROLES: Role[] = RoleCode.options.map((code) => {
  const [nameZh, nameEn, actions] = ROLE_NAMES[code];
  return {
    code,
    nameZh,
    nameEn,
    actions,
    secondFactor: SEPARATED.includes(code),
  };
});

const account = (
  n: number,
  name: string,
  login: string,
  roles: RoleCode[],
  more: object = {},
) => ({
  ...{ id: `account-${n}`, login, name, staffNo: `JL-${1000 + n}`, roles },
  ...{ scope: WHOLE, enabled: true, origin: "local", hasPassword: true },
  ...{ hasSecondFactor: false, createdAt: NOON - 90 * DAY },
  ...{ signedInAt: NOON - n * HOUR, lockedUntil: null, rev: 1 },
  ...more,
});

export const ACCOUNTS = [
  account(1, "陈志远", "chenzhiyuan", ["sysAdmin"], { hasSecondFactor: true }),
  account(2, "林晓", "linxiao", ["shiftLeader", "dispatcher"]),
  account(3, "王敏", "wangmin", ["deptHandler"], {
    scope: { departments: ["TRANS", "WATER"], districts: ["D1"] },
  }),
  account(4, "赵一鸣", "zhaoyiming", ["dispatcher"], {
    lockedUntil: Date.UTC(2099, 0, 1),
  }),
  account(5, "孙悦", "sunyue", [], {
    ...{ hasPassword: false, signedInAt: null },
    scope: { departments: [], districts: [] },
  }),
  account(6, "周凯", "zhoukai", ["leader"], { enabled: false }),
  account(7, "吴倩", "wuqian", ["supervisor"], {
    ...{ origin: "singleSignOn", hasPassword: false },
    scope: { departments: null, districts: ["D1", "D2"] },
  }),
  account(8, "Alexandra Fitzgerald-Montgomery", "a.fitzgerald-montgomery", [
    ...(["centreChief", "sectionHead", "supervisor"] as const),
  ]),
];

const POLICY = {
  ...{ passwordLength: 12, passwordKinds: 3, passwordHistory: 5 },
  ...{ passwordDays: 90, lockAfter: 5, lockFor: 15 * MINUTE },
  ...{ idleAfter: 15 * MINUTE, sessionFor: 12 * HOUR, oneSession: false },
  auditDays: 183,
  reporterDays: 365,
};

const change = (n: number, more: object) => ({
  state: "waiting",
  ...{ id: `change-${n}`, reason: "调岗：由派遣转任部门经办" },
  ...{ by: "linxiao", byName: "林晓", at: NOON - n * HOUR },
  ...{ decidedBy: null, decidedAt: null, obstacle: null },
  ...more,
});

export const CHANGES = [
  change(1, {
    target: "王敏 (wangmin)",
    change: {
      ...{ kind: "access", account: "account-3", roles: ["deptHandler"] },
      scope: { departments: ["WATER"], districts: ["D1", "D2"] },
    },
    before: {
      ...{ kind: "access", account: "account-3" },
      roles: ["dispatcher", "deptHandler"],
      scope: { departments: ["TRANS", "WATER"], districts: ["D1"] },
    },
  }),
  change(2, {
    ...{ target: "", by: "me", byName: "我" },
    obstacle: "nobody confirms their own request",
    change: { kind: "policy", policy: { ...POLICY, lockFor: 30 * MINUTE } },
    before: { kind: "policy", policy: POLICY },
  }),
  change(3, {
    target: "陈志远 (chenzhiyuan)",
    obstacle: "one of the two must hold the permit",
    change: { kind: "reset", account: "account-1" },
    before: null,
  }),
  change(4, {
    ...{ target: "dispatcher", state: "confirmed" },
    ...{ decidedBy: "zhouwei", decidedAt: NOON - HOUR },
    change: {
      ...{ kind: "role", role: "dispatcher" },
      actions: ["watch", "readAddress", "openVideo"],
    },
    before: {
      ...{ kind: "role", role: "dispatcher", actions: ["watch", "reveal"] },
    },
  }),
  change(5, {
    ...{ target: "周凯 (zhoukai)", state: "refused" },
    ...{ decidedBy: "zhouwei", decidedAt: NOON - 2 * HOUR },
    change: { kind: "enable", account: "account-6" },
    before: null,
  }),
];

const device = (n: number, name: string, state: string) => ({
  ...{ id: `wall-${n}`, name, state, screens: ["city-overview"] },
  ...{ scope: WHOLE, pairedAt: NOON - 30 * DAY, pairedBy: "陈志远" },
  ...{ seenAt: n === 4 ? null : NOON - n * MINUTE, address: `10.2.0.${n}` },
  ...{ browser: "Chromium 142 · Linux", tokenAt: NOON - DAY, rev: 1 },
});
export const DEVICES = [
  device(1, "指挥大厅主屏", "online"),
  device(2, "二楼会商室", "recently"),
  device(3, "滨江区分中心", "stale"),
  device(4, "备用大屏", "offline"),
  device(5, "展厅", "disabled"),
  device(6, "旧大厅", "revoked"),
];

const feed = (
  id: string,
  nameZh: string,
  nameEn: string,
  more: object = {},
) => ({
  ...{ id, system: "water", nameZh, nameEn, department: "WATER" },
  ...{ format: "readings/1", crs: "WGS84", ...more },
  health: {
    ...{ id, nameZh, nameEn, department: "WATER", system: "water" },
    ...{ transport: "http", enabled: true, freshness: "live", lastAt: NOON },
    ...{ since: NOON, rate: 1, accepted: 1, duplicates: 0, missing: 0 },
    ...{ rejected: 0, error: null, quarantined: 0, sourceTime: null },
  },
});
export const FEEDS = [
  feed("water-level", "易涝点水位", "Water level", {
    ...{ signed: true, allow: ["10.1.0.0/16", "fd00::/8"] },
  }),
  feed("pumps", "泵站", "Pumping stations", { transport: "mqtt" }),
  feed("old-meters", "旧表计", "Old meters", { enabled: false }),
];
const KEYS = [
  ...[
    { id: "k-7f31", until: null, usedAt: NOON - MINUTE, usedFrom: "10.1.4.7" },
    { id: "k-09ac", until: NOON + DAY, usedAt: null, usedFrom: "" },
  ].map((key) => ({ ...key, createdAt: NOON - DAY, createdBy: "chenzhiyuan" })),
];

const sessionRow = (n: number, name: string, stage: string) => ({
  ...{ id: `session-${n}`, account: `account-${n}`, login: `login${n}`, name },
  ...{ stage, openedAt: NOON - 3 * HOUR, activeAt: NOON - n * MINUTE },
  ...{ until: NOON + 9 * HOUR, address: `10.2.1.${n}`, own: n === 1 },
  ...{ browser: "Edge 142 · Windows", sockets: 2 - (n % 3) },
});

const CITY = {
  city: {
    ...{ nameZh: "江澜市", nameEn: "Jianglan", regionCode: "990100" },
    ...{ center: [121, 31], bounds: [120, 30, 122, 32] },
    timeZone: "Asia/Shanghai",
  },
  districts: [
    { code: "D1", nameZh: "滨江区", nameEn: "Binjiang District", polygons: [] },
    { code: "D2", nameZh: "云台市", nameEn: "Yuntai City", polygons: [] },
  ],
  departments: [
    { code: "TRANS", nameZh: "交通运输局", nameEn: "Transport Bureau" },
    { code: "WATER", nameZh: "水务局", nameEn: "Water Bureau" },
  ],
  ...{ categories: [], basemap: [], demo: false },
};

/** The reply of each door. */
export function rowsOf(permissions: readonly Action[], empty: boolean) {
  const items = <T>(rows: T[]) => ({ items: empty ? [] : rows, cursor: null });
  const link = { url: "https://city.test/#token=abc", until: NOON + DAY };
  const done = { ...CHANGES[0], state: "confirmed" };
  return {
    whoAmI: {
      ...{ kind: "person", login: "me", name: "陈志远", stage: "complete" },
      ...{ roles: ["sysAdmin"], permissions, scope: WHOLE, screens: null },
      ...{ idleAfter: null, secondFactor: true },
    },
    getCity: empty ? { ...CITY, departments: [] } : CITY,
    listIndicators: { items: [] },
    listScreens: {
      items: [
        {
          ...{
            id: "city-overview",
            title: { zh: "城市总览", en: "City overview" },
          },
          size: { width: 1920, height: 1080 },
        },
      ],
    },
    listRoles: { items: ROLES },
    listAccounts: items(ACCOUNTS),
    createAccount: { account: ACCOUNTS[4], link },
    editAccount: ACCOUNTS[1],
    disableAccount: ACCOUNTS[5],
    newLink: link,
    listChanges: (query: Record<string, string>) =>
      items(
        CHANGES.filter((one) => (query["state"] ?? one.state) === one.state),
      ),
    requestChange: CHANGES[0],
    confirmChange: { request: done, link: null },
    refuseChange: done,
    getPolicy: POLICY,
    listDevices: items(DEVICES),
    approveDevice: DEVICES[0],
    editDevice: DEVICES[0],
    revokeDevice: DEVICES[5],
    listFeeds: items(FEEDS),
    putFeed: { feed: FEEDS[0], key: null },
    listFeedKeys: { ...items(KEYS), hasSecret: !empty },
    rotateFeedKey: { key: "the-new-key", id: "k-new" },
    newFeedSecret: { secret: "the-new-secret" },
    revokeFeedKey: {},
    putDepartment: CITY.departments[0],
    listSessions: items([
      sessionRow(1, "陈志远", "complete"),
      sessionRow(2, "林晓", "locked"),
      sessionRow(3, "孙悦", "enrol"),
    ]),
    endSession: {},
    listAudit: {
      ...items(auditLines(NOON)),
      acts: ["signIn", "putFeed", "requestChange", "ingest"],
    },
    verifyAudit: { lines: 4812, first: 1, last: 4812, findings: [] },
  };
}
