/** Whose detail a person wrote. Pure. */
import { api } from "../../../contract/api.ts";
import type { AuditLine } from "../../../contract/audit.ts";
import type { Door } from "../../../contract/door.ts";

/** Does the detail hold a reason that somebody gave? It is shown as it was written, whatever it sounds like. */
export function isReason({
  act,
  result,
}: Pick<AuditLine, "act" | "result">): boolean {
  if (result !== "done" || !Object.hasOwn(api, act)) return false;
  const { body }: Door = api[act as keyof typeof api];
  return act === "confirmChange" || asksReason(body);
}

const asksReason = (body: Door["body"]): boolean =>
  "shape" in body && Object.hasOwn(body.shape as object, "reason");
