/** How telling a system fares, in a word. Pure. */
import type { WebhookView } from "../../../contract/webhook.ts";
import type { Shape } from "../parts/shape.ts";

export type Standing =
  "well" | "waiting" | "failing" | "dead" | "paused" | "untold";

export const SHAPES: Record<Standing, Shape> = {
  well: "full",
  waiting: "half",
  failing: "cross",
  dead: "cross",
  paused: "bar",
  untold: "ring",
};

/** What is wrong stands before what is on its way. */
export function standingOf(view: WebhookView): Standing {
  if (!view.enabled) return "paused";
  if (view.dead > 0) return "dead";
  if (view.tries > 0) return "failing";
  if (view.waiting > 0) return "waiting";
  return view.toldAt === null ? "untold" : "well";
}
