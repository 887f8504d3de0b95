/** May somebody pass a door? The one place that knows. */
import type { Permission } from "../../contract/door.ts";
import type { Principal } from "./principal.ts";

export interface Refusal {
  status: 401 | 403;
  sentence: string;
}

const STAGES = {
  code: "give the second factor's code first",
  password: "choose a new password first",
  enrol: "set up a second factor first",
  locked: "this desk is locked: unlock it first",
};

/** Why not, or null. */
export function refusalOf(
  who: Principal | null,
  permission: Permission,
): Refusal | null {
  if (permission === "public") return null;
  if (!who) return { status: 401, sentence: "sign in first" };
  if (permission === "known") return null;
  if (permission === "entering")
    return who.kind === "person" ? null : notForWalls();
  if (who.stage !== "complete")
    return { status: 401, sentence: STAGES[who.stage] };
  if (permission === "inside") return null;
  if (permission === "own") return who.kind === "person" ? null : notForWalls();
  if (who.actions.has(permission)) return null;
  const roles = who.kind === "device" ? "a wall" : who.roles.join(", ");
  return {
    status: 403,
    sentence: `${roles || "an account without a role"} may not ${permission}`,
  };
}

const notForWalls = (): Refusal => ({
  status: 403,
  sentence: "a wall has no account",
});
