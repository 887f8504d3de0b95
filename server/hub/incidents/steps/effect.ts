import type { Held } from "../../../../contract/incident.ts";
import type { StepBody, StepName } from "../../../../contract/step.ts";
import type { Moment } from "../held.ts";

/** What a step does to an incident that may take it. The held one is a copy: an effect changes it in place. */
export type Effect<N extends StepName> = (
  held: Held,
  body: StepBody<N>,
  moment: Moment,
) => void;
