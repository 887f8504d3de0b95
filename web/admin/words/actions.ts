/** Every action of the contract: its name, and what it allows in a sentence. */
export const actions = {
  zh: {
    watch: {
      name: "查看态势",
      does: "在数据范围内查看大屏、指标、事件、预警和地图。",
    },
    readAddress: { name: "查看详细地址", does: "看到社区以下的门牌地址。" },
    reveal: {
      name: "查看报送人",
      does: "说明理由后查看事件的报送人，理由会留痕。",
    },
    openVideo: { name: "调看视频", does: "打开摄像机的实时画面。" },
    report: { name: "录入事件", does: "人工上报事件，补充跟进说明。" },
    triage: { name: "受理", does: "补全上报内容、送核实、提请立案、并案。" },
    rule: {
      name: "裁定",
      does: "立案、不予立案、结案、作废，批准部门的申请。",
    },
    ruleHigher: { name: "上级批准", does: "批准再次延期和自定期限的延期。" },
    dispatch: { name: "派遣", does: "把事件派给部门或区县指挥中心。" },
    handle: {
      name: "处置",
      does: "签收、反馈本部门的工单，申请退回、延期、挂账。",
    },
    visit: { name: "现场核查", does: "到现场核实和核查。" },
    callBack: { name: "回访", does: "回访报送人，记录评价。" },
    urge: { name: "催办", does: "催促办得慢的事件。" },
    supervise: { name: "督办", does: "督办事件，直到得到答复。" },
    instruct: { name: "批示", does: "对事件作出批示。" },
    keepDuty: { name: "值班", does: "记录值班日志，交接班。" },
    runFeeds: {
      name: "值守数据源",
      does: "查看数据源与中枢的运行状况和被拒收的消息。",
    },
    configureFeeds: {
      name: "配置数据源",
      does: "增改数据源、字段映射和密钥，重放被拒收的消息。",
    },
    configureIndicators: {
      name: "配置指标",
      does: "修改指标的限值、目标和名称。",
    },
    configureRules: {
      name: "配置办理规则",
      does: "更新办理时限与工作日历，增改、停用算法。",
    },
    manageDevices: {
      name: "管理大屏",
      does: "配对大屏、指定屏幕、吊销大屏。",
    },
    manageAccounts: {
      name: "管理账号",
      does: "新增、停用账号，发新的登录链接，维护部门。",
    },
    readAccounts: {
      name: "查看账号",
      does: "查看账号、角色、会话和权限变更。",
    },
    changeRights: {
      name: "变更权限",
      does: "申请权限变更，或确认他人的申请。",
    },
    permit: {
      name: "批准权限",
      does: "变更权限的两人中，至少一人须有此项。",
    },
    readAudit: { name: "查阅审计", does: "查阅审计日志，此外什么也不能做。" },
  },
  en: {
    watch: {
      name: "Watch",
      does: "Look at screens, figures, incidents, warnings and the map, within the scope.",
    },
    readAddress: {
      name: "Read addresses",
      does: "See addresses below the community.",
    },
    reveal: {
      name: "Reveal who reported",
      does: "See who reported an incident, for a reason that is kept.",
    },
    openVideo: { name: "Open video", does: "Open a camera's picture." },
    report: {
      name: "Enter incidents",
      does: "Enter an incident by hand, and say how one goes on.",
    },
    triage: {
      name: "Accept reports",
      does: "Complete what was reported, have it verified, propose it, merge it.",
    },
    rule: {
      name: "Rule",
      does: "Register, decline, close and void; agree to what departments ask for.",
    },
    ruleHigher: {
      name: "Rule higher",
      does: "Agree to a second extension, or to one to a time of their own.",
    },
    dispatch: {
      name: "Dispatch",
      does: "Give an incident to departments and to districts' centres.",
    },
    handle: {
      name: "Handle orders",
      does: "Sign and feed back one's own departments' orders; ask to return, extend or suspend them.",
    },
    visit: { name: "Visit", does: "Verify and check on the spot." },
    callBack: {
      name: "Call back",
      does: "Ask those who reported how it went, and write down their answer.",
    },
    urge: { name: "Urge", does: "Press for what is slow." },
    supervise: {
      name: "Supervise",
      does: "Supervise an incident until it is answered.",
    },
    instruct: {
      name: "Instruct",
      does: "Write a leader's instruction on an incident.",
    },
    keepDuty: {
      name: "Keep the duty log",
      does: "Keep the duty log and hand the shift over.",
    },
    runFeeds: {
      name: "Run feeds",
      does: "See how feeds and the hub fare, and what was refused.",
    },
    configureFeeds: {
      name: "Configure feeds",
      does: "Add and change feeds, mappings and keys; send refused messages again.",
    },
    configureIndicators: {
      name: "Configure indicators",
      does: "Change limits, targets and names of indicators.",
    },
    configureRules: {
      name: "Configure rules",
      does: "Take time limits and the working calendar; add, change and switch off algorithms.",
    },
    manageDevices: {
      name: "Manage walls",
      does: "Pair walls, give them screens, revoke them.",
    },
    manageAccounts: {
      name: "Manage accounts",
      does: "Add accounts, end them, give new links; keep the departments.",
    },
    readAccounts: {
      name: "Read accounts",
      does: "See accounts, roles, sessions and changes of rights.",
    },
    changeRights: {
      name: "Change rights",
      does: "Ask for a change of rights, or confirm another's.",
    },
    permit: {
      name: "Permit",
      does: "Of the two who change rights, one has this.",
    },
    readAudit: {
      name: "Read the audit",
      does: "Read the audit, and nothing else.",
    },
  },
};
