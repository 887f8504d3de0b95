/** What is asked for with each step: one table that forms, requests and the timeline read. */
import {
  STEPS,
  type StepBody,
  type StepName,
} from "../../../../contract/step.ts";

export type FieldKind =
  | ("line" | "text" | "choice" | "class" | "priority" | "level")
  | ("category" | "department" | "departments" | "instant" | "place")
  | ("incident" | "instruction" | "photos" | "fix" | "worker" | "centre");

export interface Field {
  kind: FieldKind;
  /** Codes to choose from. */
  options?: readonly string[];
  /** Key of the word for choosing none, where that is a choice. */
  none?: "class.none" | "form.none";
  /** Told where it was given, and never asked for: the step is taken at once. */
  unasked?: true;
}

/** `order` and `request` come with the button; a body of nothing has no fields. */
type FieldOf<N extends StepName> = string extends keyof StepBody<N>
  ? never
  : Exclude<keyof StepBody<N>, "order" | "request">;
export type FieldName = { [N in StepName]: FieldOf<N> }[StepName];
type FormOf<N extends StepName> = { readonly [F in FieldOf<N>]: Field };

const text: Field = { kind: "text" };
const line: Field = { kind: "line" };
const department: Field = { kind: "department" };
const matterClass: Field = { kind: "class", none: "class.none" };
const instant: Field = { kind: "instant" };
/** In a draft they are pictures; they become names of what was sent. */
const photos: Field = { kind: "photos" };
const worker: Field = { kind: "worker" };
/** Where a phone was when it was taken. */
const fix: Field = { kind: "fix", unasked: true };
const aside: Field = { kind: "text", unasked: true };

export const FORMS: { readonly [N in StepName]: FormOf<N> } = {
  edit: {
    title: line,
    description: text,
    category: { kind: "category" },
    matterClass: { kind: "class" },
    priority: { kind: "priority", none: "form.none" },
    address: line,
    place: { kind: "place" },
  },
  verify: { worker, note: text },
  verified: {
    result: { kind: "choice", options: ["true", "false", "notFound"] },
    note: text,
    photos,
    fix,
  },
  propose: { reason: aside },
  register: {},
  decline: {
    reason: {
      kind: "choice",
      options: STEPS.decline.body.shape.reason.options,
    },
    note: text,
  },
  dispatch: {
    lead: department,
    co: { kind: "departments" },
    matterClass,
    note: text,
  },
  recall: { reason: text },
  addHandler: { department, note: text },
  sign: {},
  feedBack: { note: text, photos, fix },
  askReturn: { reason: text, suggested: department },
  askExtension: {
    reason: text,
    matterClass: { kind: "class", none: "form.none" },
    until: instant,
  },
  askSuspension: { reason: text, reviewAt: instant },
  agree: { note: aside },
  refuse: { note: text },
  resume: { note: aside },
  sendCheck: { worker, note: text },
  check: {
    result: { kind: "choice", options: ["passed", "failed"] },
    note: text,
    photos,
    fix,
  },
  close: { note: aside },
  rework: { reason: text },
  reopen: { reason: text },
  evaluate: {
    result: {
      kind: "choice",
      options: STEPS.evaluate.body.shape.result.options,
    },
    note: text,
  },
  merge: { into: { kind: "incident" } },
  unmerge: { reason: aside },
  void: { reason: text },
  passDown: { centre: { kind: "centre" }, note: text },
  passUp: { reason: text },
  supervise: { level: { kind: "level" }, text, dueAt: instant },
  instruct: { text, dueAt: instant },
  answer: { instruction: { kind: "instruction" }, text },
  urge: { note: text },
  note: { note: text, photos },
  undo: {},
};

export type Draft = Partial<Record<FieldName, unknown>>;

/** Every field of a step, asked for or only told of. */
export const fieldsOf = (step: StepName) =>
  Object.entries<Field>(FORMS[step]) as [FieldName, Field][];

export const askedOf = (step: StepName): [FieldName, Field][] =>
  fieldsOf(step).filter(([, { unasked }]) => !unasked);

/** Nothing is asked for: it is taken as soon as it is chosen. */
export const isAtOnce = (step: StepName): boolean => askedOf(step).length === 0;

/**
 * Without what was left empty, for which the hub has its own meaning. What was
 * there before and is cleared was not left empty.
 */
export function bodyOf(draft: Draft, before: Draft = {}): Draft {
  const isEmpty = (value: unknown) =>
    value === undefined ||
    value === null ||
    value === "" ||
    (Array.isArray(value) && value.length === 0);
  const same = (a: unknown, b: unknown) =>
    JSON.stringify(a) === JSON.stringify(b);
  return Object.fromEntries(
    Object.entries(draft).filter(([name, value]) =>
      name in before
        ? value !== undefined && !same(value, before[name as FieldName])
        : !isEmpty(value),
    ),
  );
}

/** What stands against which field of a body, before it is sent. */
export function judged(
  step: StepName,
  body: object,
): { field: string; message: string }[] {
  const { success, error } = STEPS[step].body.safeParse(body);
  if (success) return [];
  return error.issues.map(({ path, message }) => ({
    field: String(path[0] ?? ""),
    message,
  }));
}
