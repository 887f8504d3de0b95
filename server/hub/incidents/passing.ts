/** Whose hands a matter is in that was passed down to a district's centre or up to the city. */
import type { Held } from "../../../contract/incident.ts";
import { say, type Sentence } from "../../../contract/sentence.ts";
import type { StepName } from "../../../contract/step.ts";
import { isOwn } from "../duty/centres.ts";
import { liveOrders, type Actor, type Rules } from "./held.ts";

/** What is left to a centre that passed a matter on, beside reading it: to add a word, and to take the passing itself back. */
const LEFT: ReadonlySet<StepName> = new Set(["note", "undo"]);

/** What a worker found who was sent before. */
const VISITED: ReadonlySet<StepName> = new Set(["verified", "check"]);

/**
 * Why a step is no longer the actor's: his district's centre passed the matter
 * on. Null where it is his, and for whoever sees the whole city, which has
 * every centre's matters.
 */
export function passedOn(
  held: Held,
  step: StepName,
  { actor, rules }: { actor: Actor; rules: Rules },
): Sentence | null {
  const { number, centre, department } = held.incident;
  const isVisit = VISITED.has(step) && actor.actions.has("visit");
  if (LEFT.has(step) || isVisit) return null;
  const own = [...rules.centres.values()]
    .filter((one) => isOwn(actor, one))
    .map(({ code }) => code);
  if (centre !== null && own.includes(centre)) return null;
  const hadIt = own.some(
    (code) =>
      held.dossier.centres.includes(code) ||
      // What it reported itself, another has been given.
      (centre !== null && department === code),
  );
  if (!hadIt) return null;
  const theirs = new Set([...own, ...(actor.departments ?? [])]);
  const isReporter = theirs.has(department) && !rules.centres.has(department);
  const isHandler = liveOrders(held).some((one) => theirs.has(one.department));
  if (isReporter || isHandler) return null;
  return centre === null
    ? say("passedUp", { number })
    : say("passedDown", { number, department: centre });
}
