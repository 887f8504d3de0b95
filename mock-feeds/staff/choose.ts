/**
 * Which step the staff takes next with a matter, if any: chosen by seed and the
 * matter's own identifier, so that a staff that was restarted goes on as before.
 */
import type { StaffRole } from "../city/accounts.ts";
import { createRandom } from "../city/random.ts";
import {
  ANSWERS,
  HABITS,
  HURRY,
  LEAVES_AT,
  PAUSES,
  STAGES,
  WORDS,
} from "./habits.ts";
import type { Listed, Matter, Move } from "./matter.ts";

export interface Office {
  seed: number;
  /** Category → department that leads. */
  leads: ReadonlyMap<string, string>;
  /** Logins of the staff. */
  logins: ReadonlySet<string>;
}

type Act = Omit<Move, "at">;
type Choice = Act | null;

const act = (
  by: StaffRole,
  step: string,
  body: Record<string, unknown> = {},
): Act => ({ by, step, body });

/** Who writes into histories without being a person (contract/incident.ts). */
const isNobody = (who: string) =>
  who.startsWith("feed:") || who === "clock" || who === "alarm";

const drawOf = ({ seed }: Office, { externalId, number }: Listed) => {
  const random = (about: string) =>
    createRandom(seed, `staff/${externalId || number}/${about}`);
  return {
    does: (habit: keyof typeof HABITS, about: string = habit) =>
      random(about).chance(HABITS[habit]),
    share: (about: string) => random(about).next(),
    pick: <T>(about: string, of: readonly T[]) => random(about).pick(of),
  };
};
type Draw = ReturnType<typeof drawOf>;

/** Did somebody call who can be called back? */
const isCalled = ({ source }: Listed) => source.startsWith("hotline");

/** Is it one of those that wait for whoever visits the demo, as far as a list tells? */
export const isLeft = (office: Office, incident: Listed): boolean =>
  incident.historic ||
  incident.feed === "desk" ||
  incident.parent !== null ||
  (incident.status === "closed" && !isCalled(incident)) ||
  hasCome(incident, leftAt(drawOf(office, incident)));

/** Is it done on the spot, from its report to its end? Such are looked at before all others. */
export function isOnTheSpot(office: Office, incident: Listed): boolean {
  const draw = drawOf(office, incident);
  return draw.does("hurries") && leftAt(draw) === null;
}

/** The stage from which on it is a visitor's; null where the staff sees it through. */
function leftAt(draw: Draw): string | null {
  if (!draw.does("leaves")) return null;
  let ticket = draw.share("leaves at");
  const found = LEAVES_AT.find(({ share }) => (ticket -= share) < 0);
  return found?.stage ?? STAGES[0];
}

const hasCome = ({ status }: Listed, stage: string | null): boolean =>
  stage !== null && order(status) >= order(stage);
const order = (stage: string) => (STAGES as readonly string[]).indexOf(stage);

/** Has anybody but the staff and machines done something, or does its sender lead it? */
const isOthers = ({ logins }: Office, { dossier, history }: Matter) =>
  dossier.elsewhere !== undefined ||
  history.some(({ who }) => !logins.has(who) && !isNobody(who));

/**
 * @param category what the hub suggests where the matter has none
 * @param refused steps that the hub refused for this matter before
 * @returns null where the staff leaves it alone
 */
export function nextMove(
  matter: Matter,
  office: Office,
  category: string | null = null,
  refused: ReadonlySet<string> = new Set(),
): Move | null {
  const { incident, history } = matter;
  if (isLeft(office, incident) || isOthers(office, matter)) return null;
  const draw = drawOf(office, incident);
  const may = <C extends Choice | "wait">(choice: C): C | null =>
    choice && choice !== "wait" && refused.has(choice.step) ? null : choice;
  const chosen =
    may(asked(matter, draw)) ??
    may(pressed(matter, draw)) ??
    may(ordinary(matter, draw, { office, category, refused }));
  if (!chosen || chosen === "wait") return null;
  const [least, most] = PAUSES[chosen.step] ?? PAUSES["other"]!;
  const isHurried = draw.does("hurries") || leftAt(draw) !== null;
  const pause =
    (least * (most / least) ** draw.share(`pause ${incident.rev}`)) /
    (isHurried ? HURRY : 1);
  return { ...chosen, at: (history.at(-1)?.at ?? 0) + pause };
}

/** What somebody asked for is agreed to; what was asked of a department is answered. */
function asked({ dossier }: Matter, draw: Draw): Choice | "wait" {
  const request = dossier.requests.find(({ state }) => state === "waiting");
  if (request && draw.does("leavesRequest")) return "wait";
  if (request)
    return act("shiftLeader", "agree", {
      ...{ request: request.no, note: WORDS.agree },
    });
  const open = dossier.instructions.find(({ answer }) => answer === null);
  const isWithOne = dossier.orders.some(({ status }) => status === "handling");
  return open && isWithOne
    ? act("deptHandler", "answer", { instruction: open.no, text: WORDS.answer })
    : null;
}

function pressed({ incident, dossier }: Matter, draw: Draw): Choice {
  if (incident.status !== "handling") return null;
  if (incident.urges === 0 && draw.does("urges"))
    return act("supervisor", "urge", { note: WORDS.urge });
  if (dossier.instructions.length === 0 && draw.does("supervises"))
    return act("supervisor", "supervise", { level: 1, text: WORDS.supervise });
  return null;
}

interface Given {
  office: Office;
  category: string | null;
  refused: ReadonlySet<string>;
}

function ordinary(matter: Matter, draw: Draw, given: Given): Choice {
  switch (matter.incident.status) {
    case "reported":
      return reported(matter, draw, given);
    case "verifying": {
      const isTrue = !draw.does("isNotTrue");
      return act("gridWorker", "verified", {
        result: isTrue ? "true" : "false",
        note: isTrue ? WORDS.verified : WORDS.notVerified,
      });
    }
    case "registered":
      return registered(matter, draw, given.office);
    case "dispatched":
    case "handling":
      return withDepartments(matter, draw, given);
    case "fedBack":
      return draw.does("checks")
        ? act("acceptor", "sendCheck")
        : act("shiftLeader", "close");
    case "checking":
      return checking(matter, draw);
    case "closed":
      return closed(matter, draw);
    default:
      return null;
  }
}

function reported(
  { incident, dossier }: Matter,
  draw: Draw,
  { category, refused }: Given,
): Choice {
  if (incident.category === null)
    return category === null ? null : act("acceptor", "edit", { category });
  // Nobody can go where no place is told.
  if (incident.lng === null && incident.address === "") return null;
  const decline = (reason: string) => act("shiftLeader", "decline", { reason });
  if (dossier.sighting && draw.does("isFalsePositive"))
    return decline("falsePositive");
  const visit = dossier.visits.findLast(({ kind }) => kind === "verify");
  if (visit?.result === "false") return decline("notTrue");
  if (!visit && draw.does("verifies")) return act("acceptor", "verify");
  const isProposed = dossier.requests.some(({ kind }) => kind === "register");
  return !isProposed && draw.does("proposes") && !refused.has("propose")
    ? act("acceptor", "propose")
    : act("shiftLeader", "register");
}

/** Whose it is by the city's tables, and whose it is not. */
function leadOf({ incident }: Matter, { leads }: Office, draw: Draw) {
  const right = leads.get(incident.category ?? "") ?? null;
  const others = [...new Set(leads.values())].filter((one) => one !== right);
  return {
    right,
    wrong: others.length > 0 ? draw.pick("wrong", others) : null,
    helper: others.length > 0 ? draw.pick("helper", others) : null,
  };
}

function registered(matter: Matter, draw: Draw, office: Office): Choice {
  const { right, wrong, helper } = leadOf(matter, office, draw);
  if (right === null) return null;
  const isFirst = matter.incident.returns === 0;
  const isWrong = isFirst && wrong !== null && draw.does("sendsWrong");
  const co = helper !== null && !isWrong && draw.does("sendsHelper");
  // Whoever may rule has what went astray twice.
  return act(
    matter.incident.returns < 2 ? "dispatcher" : "shiftLeader",
    "dispatch",
    {
      ...{ lead: isWrong ? wrong : right, co: co ? [helper] : [] },
      note: WORDS.dispatch,
    },
  );
}

function withDepartments(
  matter: Matter,
  draw: Draw,
  { office, refused }: Given,
): Choice {
  const { incident, dossier } = matter;
  const { right } = leadOf(matter, office, draw);
  const sent = dossier.orders.find(({ status }) => status === "sent");
  if (sent) {
    const isAstray = sent.isLead && sent.department !== right;
    return isAstray && incident.returns === 0 && !refused.has("askReturn")
      ? act("deptHandler", "askReturn", {
          ...{ order: sent.no, reason: WORDS.askReturn, suggested: right },
        })
      : act("deptHandler", "sign", { order: sent.no });
  }
  const working = dossier.orders.filter(({ status }) => status === "handling");
  // The lead tells last: the helpers come first.
  const order = working.find(({ isLead }) => !isLead) ?? working[0];
  if (!order) return null;
  const canExtend =
    order.isLead &&
    incident.matterClass === "A" &&
    !dossier.requests.some(({ kind }) => kind === "extend") &&
    !refused.has("askExtension");
  if (canExtend && draw.does("asksExtension"))
    return act("deptHandler", "askExtension", {
      ...{ order: order.no, reason: WORDS.askExtension, matterClass: "B" },
    });
  return act("deptHandler", "feedBack", {
    order: order.no,
    note: draw.pick(`done ${incident.reworks}`, WORDS.feedBack),
  });
}

function checking({ incident, dossier }: Matter, draw: Draw): Choice {
  const { result } = dossier.visits.findLast(
    ({ kind }) => kind === "check",
  ) ?? {
    result: null,
  };
  if (result === "passed") return act("shiftLeader", "close");
  if (result === "failed")
    return act("shiftLeader", "rework", { reason: WORDS.rework });
  const fails = incident.reworks === 0 && draw.does("fails");
  return act("gridWorker", "check", {
    result: fails ? "failed" : "passed",
    note: fails ? WORDS.failed : WORDS.passed,
  });
}

/** Who called is called back, where the staff did something about it. */
function closed({ incident, dossier }: Matter, draw: Draw): Choice {
  if (!dossier.isTaken || !isCalled(incident)) return null;
  let ticket = draw.share(`answer ${dossier.unreached ?? 0}`);
  const answer = ANSWERS.find(({ share }) => (ticket -= share) < 0);
  return act("hotlineSeat", "evaluate", {
    result: answer?.result ?? "satisfied",
  });
}
