/** Who keeps the watch: the clock's shift, unless a hand-over says otherwise. */
import type {
  HandOver,
  RosterRow,
  ShiftKey,
  ShiftSpan,
} from "../../../contract/duty.ts";
import { say, type Sentence } from "../../../contract/sentence.ts";
import type { ShiftPlan } from "./plan.ts";

export interface Watch {
  on: ShiftSpan | null;
  next: ShiftSpan | null;
  /** It is over by the clock, and nobody has received it. */
  isOverdue: boolean;
}

type Newest = Pick<HandOver, "date" | "shift" | "next" | "receivedAt">;

/**
 * Until a shift is received the former is on; once it is, the next, even
 * before its hour. Where nobody hands over any more, the clock says who is on
 * from the end of the shift that should have received.
 * @param newest hand-over, received or not; null where there never was one
 */
export function watchAt(
  plan: ShiftPlan,
  now: number,
  newest: Newest | null,
): Watch {
  const byClock = plan.at(now);
  const kept =
    newest && plan.span(newest.receivedAt === null ? newest : newest.next);
  const heir = kept && plan.after(kept.from);
  const on = kept && heir && now < heir.to ? kept : byClock;
  return {
    on,
    next: plan.after(on?.from ?? now),
    isOverdue: on !== null && on.to <= now,
  };
}

/** Why a shift may not be handed over so, or null. */
export function handOverFlaw(
  watch: Watch,
  asked: ShiftKey & { to: string | null },
  by: string,
): Sentence | null {
  const { on, next } = watch;
  if (!on || !next) return say("noneOn");
  if (on.date !== asked.date || on.shift !== asked.shift)
    return say("notOn", { shift: asked.shift, date: asked.date });
  return asked.to === by ? say("toHimself") : null;
}

/** Why somebody may not receive a shift, or null. @param roster rows of the next shift */
export function receiptFlaw(
  given: Pick<HandOver, "by" | "to" | "receivedAt" | "receivedByName">,
  login: string,
  roster: readonly Pick<RosterRow, "login">[],
): Sentence | null {
  const { by, to, receivedAt, receivedByName } = given;
  if (receivedAt !== null)
    return say("receivedBy", { who: receivedByName ?? "" });
  if (login === by) return say("toHimself");
  const logins = roster.map((row) => row.login).filter((one) => one !== "");
  // A roster without accounts cannot say whose the shift is.
  const isAnyones = to === null && logins.length === 0;
  return isAnyones || login === to || logins.includes(login)
    ? null
    : say("notForYou");
}
