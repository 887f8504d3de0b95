/** What a step's form begins with. Pure. */
import type { IncidentView } from "../../../../contract/incident.ts";
import type { Candidate } from "../../../../contract/likeness.ts";
import type { StepName } from "../../../../contract/step.ts";
import type { Draft } from "./forms.ts";

/** Of an edit what is known, so that only what differs is sent; of other steps nothing. */
export function knownOf(
  step: StepName,
  { incident }: Pick<IncidentView, "incident">,
): Draft {
  if (step !== "edit") return {};
  const { title, description, category, matterClass } = incident;
  const { priority, address, lng, lat } = incident;
  return {
    ...{ title, description, category, matterClass, priority, address },
    place: lng === null || lat === null ? undefined : { lng, lat },
  };
}

/** The likeliest answer, where there is one. */
export function likelyOf(
  step: StepName,
  { dossier }: Pick<IncidentView, "dossier">,
  candidates: readonly Pick<Candidate, "id">[],
): Draft {
  if (step === "merge") return { into: candidates[0]?.id };
  if (step !== "answer") return {};
  const waiting = dossier.instructions.find(({ answer }) => answer === null);
  return { instruction: waiting?.no };
}
