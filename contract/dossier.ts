import { z } from "zod";
import { Sighting } from "./algorithm.ts";
import { Clock } from "./clock.ts";
import { IncidentStatus } from "./incident-status.ts";
import { LimitStage, MatterClass } from "./limit.ts";
import { Fix } from "./place.ts";
import { Instant } from "./time.ts";
import { WorkOrder } from "./work-order.ts";

/** A clock of a stage; of one order where the stage is a department's own. */
export const StageClock = z.object({
  stage: LimitStage,
  /** Number of the work order; null = the incident's own. */
  order: z.number().int().nullable(),
  clock: Clock,
});
export type StageClock = z.infer<typeof StageClock>;

/** What somebody asked for and another agrees to (decisions I1). */
export const ApprovalRequest = z.object({
  /** Counts from 1 within its incident. */
  no: z.number().int(),
  kind: z.enum(["register", "return", "extend", "suspend"]),
  order: z.number().int().nullable(),
  /** Login of who asked, and the department it was for. */
  by: z.string(),
  /** Of who asked; absent in what was asked for before names were kept. */
  name: z.string().optional(),
  department: z.string().nullable(),
  at: Instant,
  reason: z.string(),
  /** Of a return: whose it is instead. */
  suggested: z.string().nullable(),
  /** Of an extension: the class whose limit is wanted, or an instant of their own. */
  matterClass: MatterClass.nullable(),
  until: Instant.nullable(),
  state: z.enum(["waiting", "agreed", "refused", "withdrawn", "void"]),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  answer: z.string(),
});
export type ApprovalRequest = z.infer<typeof ApprovalRequest>;

/** Somebody goes and looks: before registering (核实), or after handling (核查). */
export const Visit = z.object({
  no: z.number().int(),
  kind: z.enum(["verify", "check"]),
  sentAt: Instant,
  sentBy: z.string(),
  /** Login of the grid worker it was sent to; null = whoever is there. */
  worker: z.string().nullable(),
  doneAt: Instant.nullable(),
  by: z.string().nullable(),
  /** Of verifying: true, false, not found; of checking: passed or failed. */
  result: z.enum(["true", "false", "notFound", "passed", "failed"]).nullable(),
  note: z.string(),
  photos: z.array(z.string()),
  /** Where the result was given; absent where that was not told. */
  fix: Fix.optional(),
});
export type Visit = z.infer<typeof Visit>;

/** A leader's words on an incident (批示), a task until answered; likewise a supervision (督办). */
export const Instruction = z.object({
  no: z.number().int(),
  kind: z.enum(["instruct", "supervise"]),
  /** Of a supervision: 1–3. */
  level: z.number().int().min(1).max(3).nullable(),
  by: z.string(),
  name: z.string(),
  at: Instant,
  text: z.string(),
  dueAt: Instant.nullable(),
  answer: z
    .object({ by: z.string(), at: Instant, text: z.string() })
    .nullable(),
});
export type Instruction = z.infer<typeof Instruction>;

export const Evaluation = z.object({
  at: Instant,
  by: z.string(),
  result: z.enum(["satisfied", "basically", "dissatisfied", "unreachable"]),
  note: z.string(),
});
export type Evaluation = z.infer<typeof Evaluation>;

/** How far another system has come with what it reported, as it said last. */
export const Elsewhere = z.object({
  /** Null where it says none. */
  status: IncidentStatus.nullable(),
  department: z.string().nullable(),
  deadlines: z.partialRecord(LimitStage, Instant),
});
export type Elsewhere = z.infer<typeof Elsewhere>;

/** All that is open and was done on one incident beside its own fields (案卷). */
export const Dossier = z.object({
  /** Somebody works on it: what its sender says again only enters the history (decisions I3). */
  isTaken: z.boolean(),
  clocks: z.array(StageClock),
  orders: z.array(WorkOrder),
  requests: z.array(ApprovalRequest),
  visits: z.array(Visit),
  instructions: z.array(Instruction),
  evaluation: Evaluation.nullable(),
  /** How often whoever reported it could not be reached since it was closed; absent = never. */
  unreached: z.number().int().optional(),
  returns: z.number().int(),
  reworks: z.number().int(),
  urges: z.number().int(),
  extensions: z.number().int(),
  /** Districts' centres that it was ever passed down to. */
  centres: z.array(z.string()),
  /** When a suspension is looked at again. */
  reviewAt: Instant.nullable(),
  /** Of one that was merged: its status before, for taking it out again. */
  before: IncidentStatus.nullable(),
  /** Absent where its sender tells no course of its own. */
  elsewhere: Elsewhere.optional(),
  /** Absent where no algorithm saw it. */
  sighting: Sighting.optional(),
});
export type Dossier = z.infer<typeof Dossier>;

export const EMPTY_DOSSIER: Dossier = {
  isTaken: false,
  clocks: [],
  orders: [],
  requests: [],
  visits: [],
  instructions: [],
  evaluation: null,
  returns: 0,
  reworks: 0,
  urges: 0,
  extensions: 0,
  centres: [],
  reviewAt: null,
  before: null,
};

/** A leader's instruction presses like the highest supervision. */
const HIGHEST = 3;

/** Does a leader's instruction wait for an answer? */
export const isInstructed = ({
  instructions,
}: Pick<Dossier, "instructions">): boolean =>
  instructions.some(({ kind, answer }) => kind === "instruct" && !answer);

/** Level of the supervision that waits for an answer; 0 = none. */
export const supervisedOf = ({
  instructions,
}: Pick<Dossier, "instructions">): number =>
  Math.max(
    0,
    ...instructions
      .filter(({ answer }) => answer === null)
      .map(({ level }) => level ?? HIGHEST),
  );
