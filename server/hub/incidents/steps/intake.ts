/** From the report to its registration. */
import { say } from "../../../../contract/sentence.ts";
import type { Held } from "../../../../contract/incident.ts";
import type { Sighting } from "../../../../contract/algorithm.ts";
import type { Visit } from "../../../../contract/dossier.ts";
import { begin, end, endAll, type Moment } from "../held.ts";
import { refusal } from "../refusal.ts";
import { askFor, voidRequests } from "./asking.ts";
import type { Effect } from "./effect.ts";

export const edit: Effect<"edit"> = ({ incident }, body, { rules }) => {
  const { place, ...fields } = body;
  const { category } = fields;
  // A code of its own that a sender brought may stay.
  if (category && category !== incident.category && !rules.isCategory(category))
    throw refusal("/body/category", say("categoryMissing", { category }));
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined) Object.assign(incident, { [name]: value });
  if (!place) return;
  const district = rules.districtAt(place.lng, place.lat);
  if (district === null) throw refusal("/body/place", say("placeOutside"));
  Object.assign(incident, place, { district });
};

/** Sends somebody to look. */
export function sendVisit(
  { dossier }: Held,
  kind: Visit["kind"],
  { worker, note }: { worker: string | null; note: string },
  { now, actor }: Moment,
): void {
  dossier.visits.push({
    no: dossier.visits.length + 1,
    ...{ kind, worker, note, sentAt: now, sentBy: actor.login },
    ...{ doneAt: null, by: null, result: null, photos: [] },
  });
}

/** Writes down what was seen, of a visit that waits or of one that nobody was sent on. */
export function endVisit(
  held: Held,
  kind: Visit["kind"],
  found: Pick<Visit, "note" | "photos" | "fix"> & {
    result: NonNullable<Visit["result"]>;
  },
  moment: Moment,
): void {
  const { visits } = held.dossier;
  const isWaiting = (each: Visit) => each.kind === kind && each.result === null;
  if (!visits.some(isWaiting))
    sendVisit(held, kind, { worker: null, note: "" }, moment);
  const waiting = visits.findLast(isWaiting)!;
  Object.assign(waiting, found, {
    doneAt: moment.now,
    by: moment.actor.login,
  });
}

export const verify: Effect<"verify"> = (held, body, moment) => {
  sendVisit(held, "verify", body, moment);
  begin(held, "verify", moment);
};

export const verified: Effect<"verified"> = (held, body, moment) => {
  endVisit(held, "verify", body, moment);
  end(held, "verify", moment);
};

export const propose: Effect<"propose"> = (held, { reason }, moment) =>
  askFor(held, { kind: "register", order: null, reason }, moment);

/** What a person found of what an algorithm saw, where one did. */
function found({ dossier }: Held, verdict: Sighting["verdict"]): void {
  if (dossier.sighting) dossier.sighting.verdict = verdict;
}

export const register: Effect<"register"> = (held, _body, moment) => {
  found(held, "true");
  voidRequests(held, moment);
  end(held, "accept", moment);
  end(held, "verify", moment);
  begin(held, "dispatch", moment);
};

export const decline: Effect<"decline"> = (held, { reason }, moment) => {
  if (reason === "falsePositive") found(held, "falsePositive");
  voidRequests(held, moment);
  endAll(held, moment, "done");
  held.incident.closedAt = moment.now;
};
