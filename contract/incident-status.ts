import { z } from "zod";

/** Status of domain.md §4. */
export const IncidentStatus = z.enum([
  "reported",
  "verifying",
  "declined",
  "registered",
  "dispatched",
  "handling",
  "suspended",
  "fedBack",
  "checking",
  "closed",
  "evaluated",
  "merged",
  "voided",
]);
export type IncidentStatus = z.infer<typeof IncidentStatus>;

/** Statuses in which an incident is over. */
export const ENDED: ReadonlySet<IncidentStatus> = new Set([
  "declined",
  "closed",
  "evaluated",
  "merged",
  "voided",
]);

/**
 * The seven stages of the standard (信息采集, 案卷建立, 任务派遣, 任务处理,
 * 处理反馈, 核查结案, 综合评价): derived, never stored.
 */
export const STAGE: Record<IncidentStatus, 1 | 2 | 3 | 4 | 5 | 6 | 7> = {
  reported: 1,
  verifying: 1,
  declined: 1,
  registered: 2,
  dispatched: 3,
  handling: 4,
  suspended: 4,
  fedBack: 5,
  checking: 6,
  closed: 6,
  evaluated: 7,
  merged: 1,
  voided: 1,
};
