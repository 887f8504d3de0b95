import { z } from "zod";
import { Sighting } from "./algorithm.ts";
import { ENDED, IncidentStatus } from "./incident-status.ts";
import { IncidentReport } from "./incident.ts";
import { LimitStage } from "./limit.ts";
import { InstantIn } from "./time.ts";
import { text } from "./text.ts";

/** The seven stages of GB/T 30428 in its own words, each with its status here. */
const STAGES = [
  ["信息采集", "reported"],
  ["案卷建立", "registered"],
  ["任务派遣", "dispatched"],
  ["任务处理", "handling"],
  ["处理反馈", "fedBack"],
  ["核查结案", "checking"],
  ["综合评价", "evaluated"],
] as const satisfies readonly (readonly [string, IncidentStatus])[];

/** A stage by its number, 1–7, or by its name. */
const Stage = z.union([
  z.number().int().min(1).max(STAGES.length),
  z
    .enum(STAGES.map(([name]) => name))
    .transform((name) => STAGES.findIndex(([each]) => each === name) + 1),
]);

/** Merging is ours alone: what it leads to is known here. */
const ToldStatus = IncidentStatus.exclude(["merged"]);

/** One item of `incidents/2`: a report, and how far its own system has come with it (decisions I2). */
export const SystemReport = IncidentReport.extend({
  status: ToldStatus.optional(),
  /** GB/T 30428's, where there is no status. */
  stage: Stage.optional(),
  /** Code of the department that has it there. */
  department: text(40).min(1).optional(),
  /** When each step is due there. */
  deadlines: z.partialRecord(LimitStage, InstantIn).optional(),
  /** Where it is what an algorithm saw; with camera, confidence and picture. */
  ai: Sighting.omit({ verdict: true }).optional(),
}).superRefine((report, context) => {
  const lacks = (path: string, message: string) =>
    context.addIssue({ code: "custom", path: [path], message });
  const status = statusTold(report);
  if (report.closedAt !== undefined && status && !ENDED.has(status))
    lacks("closedAt", `it has an end and is ${status}`);
  if (!report.ai) return;
  if (report.camera === undefined)
    lacks("camera", "what an algorithm saw names its camera");
  if (report.confidence === undefined)
    lacks("confidence", "what an algorithm saw says how sure it is");
  if (report.attachments.length === 0)
    lacks("attachments", "what an algorithm saw brings its picture");
});
/** Every report is one, whichever format it came by. */
export type SystemReport = IncidentReport &
  Pick<
    z.infer<typeof SystemReport>,
    "status" | "stage" | "department" | "deadlines" | "ai"
  >;

/** The status that a sender tells, or null where it tells none, or a stage that there is not: that is refused beside. */
export function statusTold({
  status,
  stage,
}: Pick<SystemReport, "status" | "stage">): IncidentStatus | null {
  return (
    status ?? (stage === undefined ? null : (STAGES[stage - 1]?.[1] ?? null))
  );
}
