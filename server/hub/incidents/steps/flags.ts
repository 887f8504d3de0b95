/** What is said about an incident and does not move it. */
import { say } from "../../../../contract/sentence.ts";
import type { Held } from "../../../../contract/incident.ts";
import type { Instruction } from "../../../../contract/dossier.ts";
import type { Moment } from "../held.ts";
import { refusal } from "../refusal.ts";
import type { Effect } from "./effect.ts";

function tell(
  { dossier }: Held,
  said: Pick<Instruction, "kind" | "level" | "text" | "dueAt">,
  { now, actor }: Moment,
): void {
  if (said.dueAt !== null && said.dueAt <= now)
    throw refusal("/body/dueAt", say("dueOver"));
  dossier.instructions.push({
    no: dossier.instructions.length + 1,
    ...said,
    ...{ by: actor.login, name: actor.name, at: now, answer: null },
  });
}

export const supervise: Effect<"supervise"> = (held, body, moment) =>
  tell(held, { kind: "supervise", ...body }, moment);

export const instruct: Effect<"instruct"> = (held, body, moment) =>
  tell(held, { kind: "instruct", level: null, ...body }, moment);

export const answer: Effect<"answer"> = (
  { dossier },
  { instruction, text },
  { now, actor },
) => {
  const said = dossier.instructions.find(({ no }) => no === instruction)!;
  said.answer = { by: actor.login, at: now, text };
};

export const urge: Effect<"urge"> = ({ dossier }) => {
  dossier.urges++;
};

/** The history says it all. */
export const note: Effect<"note"> = () => undefined;
