/** May somebody pass a door? The one place that knows. */
import type { Permission } from "../../contract/door.ts";
import { say, type Sentence } from "../../contract/sentence.ts";
import { WORKING } from "../../contract/step.ts";
import type { Principal } from "./principal.ts";

export interface Refusal {
  status: 401 | 403;
  sentence: Sentence;
}

const STAGES = {
  code: say("codeFirst"),
  password: say("passwordFirst"),
  enrol: say("factorFirst"),
  locked: say("deskLocked"),
};

/** Why not, or null. */
export function refusalOf(
  who: Principal | null,
  permission: Permission,
): Refusal | null {
  if (permission === "public") return null;
  if (!who) return { status: 401, sentence: say("signInFirst") };
  if (permission === "known") return null;
  if (permission === "entering")
    return who.kind === "person" ? null : notForWalls();
  if (who.stage !== "complete")
    return { status: 401, sentence: STAGES[who.stage] };
  if (permission === "inside") return null;
  if (permission === "own") return who.kind === "person" ? null : notForWalls();
  const isAllowed =
    permission === "working"
      ? WORKING.some((action) => who.actions.has(action))
      : who.actions.has(permission);
  return isAllowed ? null : { status: 403, sentence: mayNot(who, permission) };
}

function mayNot({ kind, roles }: Principal, action: string): Sentence {
  if (kind === "device") return say("wallMayNot", { action });
  return roles.length === 0
    ? say("nobodyMayNot", { action })
    : say("rolesMayNot", { roles: [...roles], action });
}

const notForWalls = (): Refusal => ({
  status: 403,
  sentence: say("wallHasNoAccount"),
});
