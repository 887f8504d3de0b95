/** What each step does to an incident that may take it. The held one is a copy: an effect changes it in place. */
import type { StepName } from "../../../../contract/step.ts";
import type { Effect } from "./effect.ts";
import * as ending from "./ending.ts";
import * as flags from "./flags.ts";
import * as intake from "./intake.ts";
import * as links from "./links.ts";
import * as orders from "./orders.ts";
import * as requests from "./requests.ts";

/** `undo` has none: it brings back what was before. */
export const EFFECTS: { [N in Exclude<StepName, "undo">]: Effect<N> } = {
  ...intake,
  ...orders,
  ...requests,
  ...ending,
  ...links,
  ...flags,
};
