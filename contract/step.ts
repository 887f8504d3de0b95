/**
 * The life cycle of an incident (domain.md §4) as one table: every step, who
 * may take it, from which statuses, where it leads, what must hold. The hub
 * decides by it, the desk draws its buttons and keys from it, tests walk it.
 */
import { z } from "zod";
import { AttachmentId } from "./attachment.ts";
import { IncidentStatus } from "./incident-status.ts";
import { Priority } from "./level.ts";
import { MatterClass } from "./limit.ts";
import { Fix } from "./place.ts";
import type { Action } from "./role.ts";
import { said, text } from "./text.ts";
import { InstantAhead } from "./time.ts";
import type { OrderStatus } from "./work-order.ts";

/** Whoever has one of these works on incidents. */
export const WORKING = [
  ...["report", "triage", "rule", "ruleHigher", "dispatch", "handle"],
  ...["visit", "callBack", "urge", "supervise", "instruct"],
] as readonly Action[];

/** What must hold beside status and right; told to whoever may not, as a sentence. */
export const GUARDS = [
  /** Category, place and source are known. */
  "complete",
  /** A trusted source's, or the actor may rule. */
  "trusted",
  /** The order is one of the actor's own departments'. */
  "ownOrder",
  /** Every co-handling order is fed back. */
  "coHandlersDone",
  /** Its handling limit is not over yet. */
  "beforeDeadline",
  /** No request of the same kind for the same order waits. */
  "notAsked",
  /** A check passed, or the category is checked at the desk. */
  "checked",
  /** Returned twice: only who rules may give it to a department again. */
  "ruledAfterReturns",
  /** Closed no longer ago than the city allows. */
  "recentlyClosed",
  /** The actor took the newest step, less than ten seconds ago. */
  "justDone",
  /** The other incident exists, is open, and is not merged into this one. */
  "mergeable",
  /** Something waits for an answer. */
  "answerable",
  /** An extension beyond the first, or by an instant of their own, is for who rules higher. */
  "withinPower",
  /** A district's centre has it: what is the city's own is passed up to nobody. */
  "passedDown",
  /** An order of it is suspended, be it a co-handler's alone. */
  "standsStill",
] as const;
export type Guard = (typeof GUARDS)[number];

export interface StepRule<B extends z.ZodType = z.ZodType> {
  /** One of these actions is enough. */
  by: readonly Action[];
  from: readonly IncidentStatus[];
  /** What it becomes; null = decided by its consequence, or as it was. */
  to: IncidentStatus | null;
  /** Statuses of the order that it is about; absent = about the whole incident. */
  orders?: readonly OrderStatus[];
  /** About a request that waits. */
  request?: true;
  guards: readonly Guard[];
  /** May be taken back within ten seconds (decisions I4). */
  undo: boolean;
  body: B;
}

const step = <B extends z.ZodType>(rule: StepRule<B>): StepRule<B> => rule;

const Note = text(2000);
const Why = said(2000, 2, "say why");
const Photos = z.array(AttachmentId).max(20).default([]);
/** Where it was taken, told by whoever wishes to. */
const Taken = Fix.optional();
const Code = text(40).min(1);
const No = z.number().int().positive();

const BEFORE_DISPATCH = ["reported", "verifying", "registered"] as const;
const WITH_DEPARTMENTS = ["dispatched", "handling", "suspended"] as const;
const OPEN = [
  ...BEFORE_DISPATCH,
  ...WITH_DEPARTMENTS,
  "fedBack",
  "checking",
] as const;
const ANY = IncidentStatus.options;

/** How often somebody is called back who cannot be reached. */
export const CALLS = 3;

export const STEPS = {
  /** 补全 */
  edit: step({
    by: ["triage", "dispatch"],
    from: OPEN,
    to: null,
    guards: [],
    undo: true,
    body: z.object({
      title: said(300).optional(),
      description: text(5000).optional(),
      category: Code.nullable().optional(),
      matterClass: MatterClass.optional(),
      priority: Priority.nullable().optional(),
      address: text(300).optional(),
      place: z
        .object({
          lng: z.number().min(-180).max(180),
          lat: z.number().min(-90).max(90),
        })
        .optional(),
    }),
  }),
  /** 送核实 */
  verify: step({
    by: ["triage"],
    from: ["reported"],
    to: "verifying",
    guards: [],
    undo: true,
    body: z.object({
      worker: text(64).nullable().default(null),
      note: Note.default(""),
    }),
  }),
  /** 核实结果 */
  verified: step({
    by: ["visit", "triage"],
    from: ["verifying"],
    to: "reported",
    guards: [],
    undo: true,
    body: z.object({
      result: z.enum(["true", "false", "notFound"]),
      note: Note.default(""),
      photos: Photos,
      fix: Taken,
    }),
  }),
  /** 提请立案 */
  propose: step({
    by: ["triage"],
    from: ["reported"],
    to: null,
    guards: ["complete", "notAsked"],
    undo: true,
    body: z.object({ reason: Note.default("") }),
  }),
  /** 立案 */
  register: step({
    by: ["rule", "triage"],
    from: ["reported", "verifying"],
    to: "registered",
    guards: ["complete", "trusted"],
    undo: true,
    body: z.object({}),
  }),
  /** 不予立案 */
  decline: step({
    by: ["rule"],
    from: ["reported", "verifying"],
    to: "declined",
    guards: [],
    undo: true,
    body: z.object({
      reason: z.enum([
        "notOurs",
        "notTrue",
        "notFound",
        "noCondition",
        "falsePositive",
        "other",
      ]),
      note: Note.default(""),
    }),
  }),
  /** 派遣 */
  dispatch: step({
    by: ["dispatch"],
    from: ["registered"],
    to: "dispatched",
    guards: ["ruledAfterReturns"],
    undo: true,
    body: z.object({
      lead: Code,
      co: z.array(Code).max(20).default([]),
      matterClass: MatterClass.optional(),
      note: Note.default(""),
    }),
  }),
  /** 收回改派: the order was another's, and nobody need ask for it to be returned. */
  recall: step({
    by: ["rule", "dispatch"],
    from: ["dispatched", "handling"],
    to: "registered",
    guards: [],
    undo: true,
    body: z.object({ reason: Why }),
  }),
  /** 增派协办 */
  addHandler: step({
    by: ["dispatch", "handle"],
    from: WITH_DEPARTMENTS,
    to: null,
    guards: [],
    undo: true,
    body: z.object({ department: Code, note: Note.default("") }),
  }),
  /** 签收 */
  sign: step({
    by: ["handle"],
    from: [...WITH_DEPARTMENTS],
    to: null,
    orders: ["sent"],
    guards: ["ownOrder"],
    undo: true,
    body: z.object({ order: No }),
  }),
  /** 反馈 */
  feedBack: step({
    by: ["handle"],
    from: ["handling"],
    to: null,
    orders: ["handling"],
    guards: ["ownOrder", "coHandlersDone"],
    undo: true,
    body: z.object({ order: No, note: Why, photos: Photos, fix: Taken }),
  }),
  /** 申请退回 */
  askReturn: step({
    by: ["handle"],
    from: ["dispatched", "handling"],
    to: null,
    orders: ["sent", "handling"],
    guards: ["ownOrder", "notAsked"],
    undo: true,
    body: z.object({
      order: No,
      reason: Why,
      suggested: Code.nullable().default(null),
    }),
  }),
  /** 申请延期 */
  askExtension: step({
    by: ["handle"],
    from: ["handling"],
    to: null,
    orders: ["handling"],
    guards: ["ownOrder", "beforeDeadline", "notAsked"],
    undo: true,
    body: z
      .object({
        order: No,
        reason: Why,
        matterClass: MatterClass.nullable().default(null),
        until: InstantAhead.nullable().default(null),
      })
      .refine(
        ({ matterClass, until }) => (matterClass === null) !== (until === null),
        "ask for a class of limits, or for an instant",
      ),
  }),
  /** 申请挂账 */
  askSuspension: step({
    by: ["handle"],
    from: ["handling"],
    to: null,
    orders: ["handling"],
    guards: ["ownOrder", "notAsked"],
    undo: true,
    body: z.object({ order: No, reason: Why, reviewAt: InstantAhead }),
  }),
  /** 同意 */
  agree: step({
    by: ["rule", "ruleHigher"],
    from: OPEN,
    to: null,
    request: true,
    guards: ["withinPower"],
    undo: true,
    body: z.object({ request: No, note: Note.default("") }),
  }),
  /** 不同意 */
  refuse: step({
    by: ["rule", "ruleHigher"],
    from: OPEN,
    to: null,
    request: true,
    guards: [],
    undo: true,
    body: z.object({ request: No, note: Why }),
  }),
  /** 恢复处置 */
  resume: step({
    by: ["rule", "dispatch", "handle"],
    from: ["handling", "suspended"],
    to: "handling",
    guards: ["standsStill"],
    undo: true,
    body: z.object({ note: Note.default("") }),
  }),
  /** 送核查 */
  sendCheck: step({
    by: ["triage"],
    from: ["fedBack"],
    to: "checking",
    guards: [],
    undo: true,
    body: z.object({
      worker: text(64).nullable().default(null),
      note: Note.default(""),
    }),
  }),
  /** 核查结果 */
  check: step({
    by: ["visit", "triage"],
    from: ["checking"],
    to: null,
    guards: [],
    undo: true,
    body: z.object({
      result: z.enum(["passed", "failed"]),
      note: Note.default(""),
      photos: Photos,
      fix: Taken,
    }),
  }),
  /** 结案 */
  close: step({
    by: ["rule"],
    from: ["fedBack", "checking"],
    to: "closed",
    guards: ["checked"],
    undo: true,
    body: z.object({ note: Note.default("") }),
  }),
  /** 返工 */
  rework: step({
    by: ["rule"],
    from: ["fedBack", "checking"],
    to: "handling",
    guards: [],
    undo: true,
    body: z.object({ reason: Why }),
  }),
  /** 重新办理 */
  reopen: step({
    by: ["rule"],
    from: ["closed", "evaluated"],
    // Whoever had it goes on with it; where nobody did, it waits to be given to somebody.
    to: null,
    guards: ["recentlyClosed"],
    undo: true,
    body: z.object({ reason: Why }),
  }),
  /** 回访评价 */
  evaluate: step({
    by: ["callBack"],
    from: ["closed"],
    // Whoever could not be reached is called again, up to CALLS times.
    to: null,
    guards: [],
    undo: true,
    body: z.object({
      result: z.enum(["satisfied", "basically", "dissatisfied", "unreachable"]),
      note: Note.default(""),
    }),
  }),
  /** 并案 */
  merge: step({
    by: ["triage", "rule"],
    from: OPEN,
    to: "merged",
    guards: ["mergeable"],
    undo: true,
    body: z.object({ into: text(64).min(1) }),
  }),
  /** 拆案 */
  unmerge: step({
    by: ["triage", "rule"],
    from: ["merged"],
    to: null,
    guards: [],
    undo: true,
    body: z.object({ reason: Note.default("") }),
  }),
  /** 作废 */
  void: step({
    by: ["rule"],
    from: OPEN,
    to: "voided",
    guards: [],
    undo: true,
    body: z.object({ reason: Why }),
  }),
  /** 下派区县 */
  passDown: step({
    by: ["dispatch"],
    from: BEFORE_DISPATCH,
    to: null,
    guards: [],
    undo: true,
    body: z.object({ centre: Code, note: Note.default("") }),
  }),
  /** 上报市级 */
  passUp: step({
    by: ["dispatch", "rule", "handle"],
    from: BEFORE_DISPATCH,
    to: null,
    guards: ["passedDown"],
    undo: true,
    body: z.object({ reason: Why }),
  }),
  /** 督办 */
  supervise: step({
    by: ["supervise"],
    from: OPEN,
    to: null,
    guards: [],
    undo: true,
    body: z.object({
      level: z.number().int().min(1).max(3),
      text: Why,
      dueAt: InstantAhead.nullable().default(null),
    }),
  }),
  /** 批示 */
  instruct: step({
    by: ["instruct"],
    from: OPEN,
    to: null,
    guards: [],
    undo: true,
    body: z.object({ text: Why, dueAt: InstantAhead.nullable().default(null) }),
  }),
  /** 答复督办、批示 */
  answer: step({
    by: ["rule", "dispatch", "handle"],
    from: ANY,
    to: null,
    guards: ["answerable"],
    undo: true,
    body: z.object({ instruction: No, text: Why }),
  }),
  /** 催办 */
  urge: step({
    by: ["urge"],
    from: OPEN,
    to: null,
    guards: [],
    undo: false,
    body: z.object({ note: Note.default("") }),
  }),
  /** 跟进 */
  note: step({
    by: WORKING,
    from: ANY,
    to: null,
    guards: [],
    undo: true,
    body: z.object({ note: Why, photos: Photos }),
  }),
  /** 撤销 */
  undo: step({
    by: WORKING,
    from: ANY,
    to: null,
    guards: ["justDone"],
    undo: false,
    body: z.object({}),
  }),
} as const satisfies Record<string, StepRule>;

export type StepName = keyof typeof STEPS;
export const STEP_NAMES = Object.keys(STEPS) as [StepName, ...StepName[]];

export type StepBody<N extends StepName> = z.output<(typeof STEPS)[N]["body"]>;

/** Attachments that a step names. */
export const photosOf = ({ body }: Step): readonly string[] =>
  "photos" in body ? body.photos : [];

/** One step with what it needs. */
export type Step = {
  [N in StepName]: { step: N; body: StepBody<N> };
}[StepName];

/** Body of the door: `body` is judged by the step's own shape. */
export const StepAsked = z
  .object({ step: z.enum(STEP_NAMES), body: z.unknown() })
  .transform((asked, context): Step => {
    const judged = STEPS[asked.step].body.safeParse(asked.body ?? {});
    if (judged.success) return { step: asked.step, body: judged.data } as Step;
    for (const issue of judged.error.issues)
      context.addIssue({
        code: "custom",
        message: issue.message,
        path: ["body", ...issue.path],
      });
    return z.NEVER;
  });
