/** Keys of the steps at the desk, and which step comes first to mind. */
import type { IncidentView } from "../../../../contract/incident.ts";
import type { StepName } from "../../../../contract/step.ts";

/**
 * Two steps share a key only where no status has both. A capital is for what
 * says no or ends a matter, so that it is not pressed by the way.
 */
export const STEP_KEYS: Readonly<Record<StepName, string | null>> = {
  edit: "e",
  verify: "v",
  verified: "v",
  propose: "p",
  register: "a",
  decline: "D",
  dispatch: "d",
  recall: "W",
  addHandler: "h",
  sign: "s",
  feedBack: "b",
  askReturn: "r",
  askExtension: "t",
  askSuspension: "z",
  agree: "y",
  refuse: "N",
  resume: "p",
  sendCheck: "v",
  check: "v",
  close: "c",
  rework: "r",
  reopen: "r",
  evaluate: "c",
  merge: "m",
  unmerge: "m",
  void: "X",
  passDown: "q",
  passUp: "Q",
  supervise: "S",
  instruct: "i",
  answer: "R",
  urge: "!",
  note: "f",
  undo: "u",
};

/** What leads a matter on, first things first: of those that are possible the first is the desk's main button. */
const ONWARD: readonly StepName[] = [
  ...(["agree", "register", "propose", "verified", "dispatch"] as const),
  ...(["sign", "feedBack", "resume", "check", "close"] as const),
  ...(["sendCheck", "evaluate", "answer", "unmerge"] as const),
];
/** The same while somebody was there and told what they found. */
const AFTER_CHECK: Readonly<Record<"passed" | "failed", readonly StepName[]>> =
  {
    passed: ONWARD.filter((step) => step !== "check"),
    failed: ONWARD.map((step) => (step === "check" ? "rework" : step)),
  };

/** What the newest check found, as long as nobody acted upon it; null: nothing yet. */
function foundOf({
  incident,
  dossier,
}: Pick<IncidentView, "incident" | "dossier">) {
  if (incident.status !== "checking") return null;
  const result = dossier.visits.findLast(
    ({ kind }) => kind === "check",
  )?.result;
  return result === "passed" || result === "failed" ? result : null;
}

/** The step that is asked for now, or null. @param possible those that nothing holds up */
export function mainOf(
  possible: ReadonlySet<StepName>,
  view: Pick<IncidentView, "incident" | "dossier">,
): StepName | null {
  const found = foundOf(view);
  const onward = found === null ? ONWARD : AFTER_CHECK[found];
  return onward.find((step) => possible.has(step)) ?? null;
}
