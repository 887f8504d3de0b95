/** Steps that people take: judged, stored, then shown; of two at once one wins (decisions I1–I4). */
import {
  BY_ITSELF,
  type HistoryLine,
  type IncidentRecord,
  type Held,
} from "../../contract/incident.ts";
import { say, type Sentence } from "../../contract/sentence.ts";
import { SECOND } from "../../contract/time.ts";
import { photosOf, STEPS, type Step } from "../../contract/step.ts";
import { decide, legalSteps, type Legal } from "../hub/incidents/decide.ts";
import { mergedAgain } from "../hub/incidents/guards.ts";
import { summed, type Actor, type Rules } from "../hub/incidents/held.ts";
import { refusal } from "../hub/incidents/refusal.ts";
import { expectReached, workerOf, type Sent } from "../hub/incidents/visits.ts";
import type { Clock } from "../lib/clock.ts";
import type { StoredIncident } from "../store/store.ts";
import type { AttachmentFlow } from "./attachments.ts";
import type { KeptIncidents } from "./kept-incidents.ts";

/** How long who took a step may take it back (decisions I4). */
export const UNDO_WITHIN = 10 * SECOND;

/** Somebody else was first: what he did. */
export class Conflict extends Error {
  readonly sentence: Sentence;
  constructor(number: string, { name, who, what }: HistoryLine) {
    const sentence = say("firstWith", { who: name || who, number, step: what });
    super(sentence.message);
    this.sentence = sentence;
  }
}

type Told = Pick<HistoryLine, "at" | "who" | "name" | "what" | "facts">;
export type StepLine = (before: Held, after: Held, told: Told) => HistoryLine;

/** The line that tells a step, with the clocks that it changed. */
export const stepLine: StepLine = (before, after, { facts, ...told }) => {
  const was = new Set(
    before.dossier.clocks.map((each) => JSON.stringify(each)),
  );
  const clocks = after.dossier.clocks.filter(
    (each) => !was.has(JSON.stringify(each)),
  );
  return {
    ...told,
    rev: after.incident.rev,
    from: before.incident.status,
    to: after.incident.status,
    detail: "",
    facts: { ...facts, ...(clocks.length > 0 && { clocks }) },
  };
};

export interface IncidentSteps {
  /** @returns the incident after the step, and until when it may be taken back */
  take(
    found: StoredIncident,
    asked: { rev: number; step: Step },
    actor: Actor,
    ask: {
      /** An incident of this id, where it is the actor's to see. */
      see: (id: string) => Promise<IncidentRecord | null>;
      /** The actor's, whose photos alone a step may name. */
      account: string;
      /** Called when all is judged, before anything is stored. */
      witness: (after: Held) => Promise<void>;
    },
  ): Promise<{ held: Held; undoUntil: number | null }>;
  legal(held: Held, actor: Actor): Legal[];
}

interface Undoable {
  rev: number;
  login: string;
  until: number;
  before: Held;
}

export function createIncidentSteps(ask: {
  store: KeptIncidents["store"];
  inFamilyTurn: KeptIncidents["inFamilyTurn"];
  rules: Rules;
  clock: Clock;
  photos: Pick<AttachmentFlow, "name">;
  /** Whom a visit can be sent to. */
  workers: () => Promise<readonly Sent[]>;
  /** It is stored so. */
  changed: (held: Held) => void;
}): IncidentSteps {
  const { store, rules, clock, inFamilyTurn } = ask;
  /** The newest step of an incident, as long as it may be taken back. */
  const undoable = new Map<string, Undoable>();

  function beforeOf({ incident }: Held, actor: Actor, now: number) {
    const newest = undoable.get(incident.id);
    const isTheirs =
      newest?.rev === incident.rev &&
      newest.login === actor.login &&
      now <= newest.until;
    return isTheirs ? newest.before : null;
  }

  function forget(now: number): void {
    for (const [id, { until }] of undoable)
      if (until < now) undoable.delete(id);
      else break;
  }

  /** Which incident it goes into by this step, or null. */
  function intoOf(held: Held, { step, body }: Step, before: Held | null) {
    if (step === "merge") return body.into;
    return step === "undo" && before ? mergedAgain(held, before) : null;
  }

  const take: IncidentSteps["take"] = async (
    found,
    { rev, step },
    actor,
    { see, account, witness },
  ) => {
    const now = clock.now();
    const { number } = found.incident;
    forget(now);
    const first = found.history.find(
      (line) => line.rev > rev && !BY_ITSELF.has(line.who),
    );
    if (rev > found.incident.rev)
      throw refusal("/rev", say("revisionMissing", { number, rev }));
    if (first) throw new Conflict(number, first);
    const held: Held = { incident: found.incident, dossier: found.dossier };
    const before = beforeOf(held, actor, now);
    const into = intoOf(held, step, before);
    const taken = async () => {
      const other = into === null ? null : await see(into);
      const after = decide(held, step, { now, actor, rules, other, before });
      const sent = workerOf(step);
      if (sent !== null)
        expectReached(sent, summed(after, rules), await ask.workers());
      await ask.photos.name(photosOf(step), account, "/body/photos");
      await witness(after);
      const line = stepLine(held, after, {
        ...{ at: now, who: actor.login, name: actor.name },
        ...{ what: step.step, facts: { ...(step.body as object) } },
      });
      const first = await store.incidents.step(after, line);
      if (first) throw new Conflict(number, first);
      return after;
    };
    const isOfFamily =
      step.step === "merge" ||
      step.step === "unmerge" ||
      (step.step === "undo" &&
        before !== null &&
        before.incident.parent !== held.incident.parent);
    const after = await (isOfFamily ? inFamilyTurn(taken) : taken());
    const { id } = after.incident;
    undoable.delete(id);
    const until = now + UNDO_WITHIN;
    const mayUndo = STEPS[step.step].undo;
    if (mayUndo)
      undoable.set(id, {
        ...{ rev: after.incident.rev, login: actor.login },
        ...{ until, before: held },
      });
    ask.changed(after);
    return { held: after, undoUntil: mayUndo ? until : null };
  };

  return {
    take,

    legal: (held, actor) => {
      const now = clock.now();
      const before = beforeOf(held, actor, now);
      return legalSteps(held, { now, actor, rules, other: null, before });
    },
  };
}
