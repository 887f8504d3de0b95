/** How the invented city's staff works, all invented: a demo shows every turn that a matter can take. */
const SECOND = 1_000;
const MINUTE = 60_000;

/** Shares of matters, 0 … 1, each drawn for itself. */
export const HABITS = {
  /** Left to whoever visits the demo, sooner or later (LEAVES_AT). */
  leaves: 0.38,
  /** Done on the spot: what a fresh demo has to show after a minute. */
  hurries: 0.12,
  /** What a department asks for waits for a visitor's answer. */
  leavesRequest: 0.3,
  proposes: 0.2,
  verifies: 0.12,
  isNotTrue: 0.15,
  /** Of what an algorithm saw. */
  isFalsePositive: 0.12,
  sendsWrong: 0.1,
  sendsHelper: 0.18,
  asksExtension: 0.12,
  urges: 0.08,
  supervises: 0.06,
  /** Rather than closing what came back at once. */
  checks: 0.75,
  fails: 0.12,
} as const;

/** Stages in their order. */
export const STAGES = [
  ...(["reported", "verifying", "registered", "dispatched"] as const),
  ...(["handling", "fedBack", "checking", "closed", "evaluated"] as const),
] as const;

/** From which stage on what is left is left, so that every desk finds something to do; the rest from the first. */
export const LEAVES_AT: readonly {
  stage: (typeof STAGES)[number];
  share: number;
}[] = [
  { stage: "verifying", share: 0.06 },
  { stage: "registered", share: 0.1 },
  { stage: "dispatched", share: 0.18 },
  { stage: "handling", share: 0.16 },
  { stage: "fedBack", share: 0.06 },
  { stage: "checking", share: 0.08 },
  { stage: "closed", share: 0.06 },
];

/** What citizens say who are called back; the rest is satisfied. */
export const ANSWERS = [
  { result: "unreachable", share: 0.08 },
  { result: "dissatisfied", share: 0.08 },
  { result: "basically", share: 0.22 },
] as const;

/** After what came before a step is taken, ms: from … to, most of them early. */
export const PAUSES: Record<string, readonly [number, number]> = {
  register: [10 * SECOND, 10 * MINUTE],
  dispatch: [10 * SECOND, 10 * MINUTE],
  sign: [20 * SECOND, 20 * MINUTE],
  feedBack: [MINUTE, 90 * MINUTE],
  check: [30 * SECOND, 30 * MINUTE],
  close: [20 * SECOND, 15 * MINUTE],
  evaluate: [30 * SECOND, 30 * MINUTE],
  /** Any other. */
  other: [15 * SECOND, 8 * MINUTE],
};

/** Pauses are so many times shorter for what is done on the spot, and on the way to a visitor's desk. */
export const HURRY = 30;

/**
 * So many steps are taken in a round of so many ms, more of them while more
 * than `backlog` are due; every so many rounds a stage is listed anew, in the
 * `first` ones each round: departments tell a new hub all that is open. With
 * each stage a matter is `ahead` (ms) of those before it: some are closed before
 * all are registered.
 */
export const PACE = {
  ...{ round: 2 * SECOND, first: 64, looks: 4 },
  ...{ usual: 1, hurried: 12, backlog: 25, ahead: MINUTE / 2 },
  /** Matters that are looked into in a round at most, and so many of them at once. */
  ...{ looked: 100, desks: 6 },
};

/** Words that the staff writes. */
export const WORDS = {
  verified: "已到现场核实,情况属实。",
  notVerified: "现场未见所述情况。",
  dispatch: "请核实处置,并按时限反馈。",
  askReturn: "经核不属本单位职责,申请退回。",
  askExtension: "需协调施工力量,申请延长处置时限。",
  feedBack: [
    "已派员到场处置完毕,现场恢复正常。",
    "已修复并清理现场,安排专人巡查。",
    "已联系责任单位整改,现场复查合格。",
    "已处理完毕,并告知反映人。",
  ],
  passed: "现场核查,处置到位。",
  failed: "现场核查,问题仍在。",
  rework: "核查未通过,请继续处置。",
  urge: "请抓紧办理。",
  supervise: "请责任单位加快处置并回复进展。",
  answer: "已安排专人负责,正在加快处置。",
  agree: "同意。",
} as const;
