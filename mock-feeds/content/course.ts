import type { Random } from "../city/random.ts";

/** As the system itself says how far a case is: a stage of GB/T 30428, or a status that is none. */
export type Said =
  { stage: string } | { status: "verifying" | "suspended" | "closed" };

/** A part of a case's course; times in ms after it was reported. */
export interface Phase {
  said: Said;
  from: number;
  /** What is due and when; null where nothing is. */
  due: {
    stage: "accept" | "verify" | "dispatch" | "handle" | "check";
    by: number;
  } | null;
  /** Has a department got it? */
  isSent: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Limits and the share of cases that come to it, in the order in which they do. */
const PARTS = [
  { said: { stage: "信息采集" }, due: "accept", limit: 30 * MINUTE, share: 1 },
  { said: { status: "verifying" }, due: "verify", limit: HOUR, share: 0.3 },
  { said: { stage: "案卷建立" }, due: "dispatch", limit: HOUR / 2, share: 1 },
  { said: { stage: "任务派遣" }, due: "handle", limit: HOUR, share: 1 },
  { said: { stage: "任务处理" }, due: "handle", limit: 6 * HOUR, share: 1 },
  { said: { status: "suspended" }, due: null, limit: 8 * HOUR, share: 0.08 },
  { said: { stage: "处理反馈" }, due: "check", limit: HOUR, share: 1 },
  { said: { stage: "核查结案" }, due: "check", limit: HOUR, share: 1 },
] as const;
/** Handling is due so long after a department was given the case, whichever part it is in. */
const HANDLED_WITHIN = 5 * HOUR;
/** A case that is closed is judged so much later. */
const JUDGED_AFTER = 2 * HOUR;
/** Half of all take less than this share of the limit; about one in fourteen takes longer than the limit. */
const USUAL = 0.45;
const SPREAD = 0.55;
/** … and none takes longer than so many limits. */
const LONGEST = 2.5;

/** How a case goes on, from its report until it is judged: one in three misses a deadline. */
export function createCourse(random: Random): Phase[] {
  const phases: Phase[] = [];
  let from = 0;
  let sentAt: number | null = null;
  for (const { said, due, limit, share } of PARTS) {
    if (!random.chance(share)) continue;
    if (due === "handle") sentAt ??= from;
    const by = due === "handle" ? sentAt! + HANDLED_WITHIN : from + limit;
    phases.push({
      ...{ said, from, isSent: sentAt !== null },
      due: due && { stage: due, by },
    });
    const takes = USUAL * Math.exp(SPREAD * random.bell());
    from += limit * Math.min(LONGEST, takes);
  }
  const over = { due: null, isSent: true };
  return [
    ...phases,
    { ...over, said: { status: "closed" }, from },
    { ...over, said: { stage: "综合评价" }, from: from + JUDGED_AFTER },
  ];
}

/** No course is longer, ms: whoever tells cases anew tells of as much of the past. */
export const LONGEST_COURSE =
  PARTS.reduce((sum, { limit }) => sum + limit * LONGEST, 0) + JUDGED_AFTER;

/** Where a case is so long (ms) after it was reported. */
export const phaseAt = (course: readonly Phase[], age: number): Phase =>
  course.findLast(({ from }) => from <= age) ?? course[0]!;

/** When a case was closed, in ms after its report; later than `age`: it is not yet. */
export const closedAfter = (course: readonly Phase[]): number =>
  course.find(({ said }) => "status" in said && said.status === "closed")!.from;
