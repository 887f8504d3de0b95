/** Of which centre's duty a door speaks, and who may read and keep it. */
import { say } from "../../../contract/sentence.ts";
import type { Principal } from "../../auth/principal.ts";
import type { DutiesFlow, Kept } from "../../flow/duties.ts";
import { isOwn, isRead } from "../../hub/duty/centres.ts";
import { hidden } from "../hidden.ts";
import { HttpProblem } from "../problem.ts";

/**
 * The centre that is named, else the caller's own, else the city's.
 * @throws 404 where there is none, or it is not theirs to read
 */
export function centreOf(
  duties: Pick<DutiesFlow, "all">,
  { view }: Principal,
  named: string | undefined,
): Kept {
  const { all } = duties;
  if (named === undefined)
    return all.find(({ centre }) => isOwn(view, centre)) ?? all[0]!;
  const found = all.find(({ centre }) => centre?.code === named);
  const missing = say("noDutyCentre", { department: named });
  if (!found) throw new HttpProblem(404, missing);
  if (!isRead(view, found.centre)) throw hidden(missing, `duty/${named}`);
  return found;
}

/**
 * The same, to write there.
 * @throws 403 where the caller only reads it
 */
export function ownCentreOf(
  duties: Pick<DutiesFlow, "all">,
  who: Principal,
  ask: { named: string | undefined; object: string },
): Kept {
  const found = centreOf(duties, who, ask.named);
  const { centre } = found;
  if (isOwn(who.view, centre)) return found;
  const sentence =
    centre === null
      ? say("dutyOfCity")
      : say("dutyOfOthers", { department: centre.code });
  throw new HttpProblem(403, sentence, {
    refused: { object: ask.object, detail: sentence.message },
  });
}
