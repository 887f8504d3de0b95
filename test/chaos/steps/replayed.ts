/** An incident's history taken again from its first line, by the pure decisions alone. */
import type {
  Held,
  HistoryLine,
  IncidentRecord,
} from "../../../contract/incident.ts";
import { STEPS, WORKING, type Step } from "../../../contract/step.ts";
import { decide } from "../../../server/hub/incidents/decide.ts";
import {
  firstDossier,
  type Rules,
} from "../../../server/hub/incidents/held.ts";
import { urged } from "../../../server/hub/incidents/urging.ts";

/** What the history says the incident must be; `first` is it as it was reported. */
export function replayed(
  first: IncidentRecord,
  history: readonly HistoryLine[],
  rules: Rules,
): Held {
  const states: Held[] = [
    {
      incident: { ...first, status: "reported", closedAt: null, rev: 1 },
      dossier: firstDossier(first, { now: first.receivedAt, rules }),
    },
  ];
  for (const line of history.slice(1)) {
    const held = states.at(-1)!;
    states.push(after(held, states.at(-2) ?? null, line, rules));
  }
  return states.at(-1)!;
}

function after(
  held: Held,
  before: Held | null,
  line: HistoryLine,
  rules: Rules,
): Held {
  if (line.who === "clock") return urged(held, rules.calendar, line.at)!.held;
  const name = line.what as Step["step"];
  const body: unknown = STEPS[name].body.parse(line.facts);
  return decide(held, { step: name, body } as Step, {
    now: line.at,
    actor: {
      ...{
        login: line.who,
        name: line.name,
        departments: null,
        districts: null,
      },
      actions: new Set(WORKING),
    },
    ...{ rules, other: null, before },
  });
}
