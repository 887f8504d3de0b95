/** Incidents and their places beside each other: merged, taken out again, passed down and up. */
import { say } from "../../../../contract/sentence.ts";
import { finish } from "./ending.ts";
import type { Effect } from "./effect.ts";
import { refusal } from "../refusal.ts";

export const merge: Effect<"merge"> = ({ incident, dossier }, { into }) => {
  // Its clocks stay as they are: taken out again, it is as if it had never been merged (decisions I3).
  dossier.before = incident.status;
  incident.parent = into;
};

export const unmerge: Effect<"unmerge"> = ({ incident, dossier }) => {
  incident.status = dossier.before ?? "reported";
  incident.parent = null;
  dossier.before = null;
};

const voided: Effect<"void"> = (held, _body, moment) => {
  for (const order of held.dossier.orders)
    if (order.status !== "returned") order.status = "withdrawn";
  held.incident.closedAt = moment.now;
  finish(held, moment, "calledOff");
};
export { voided as void };

export const passDown: Effect<"passDown"> = (
  { incident, dossier },
  { centre },
  { rules },
) => {
  if (!rules.centres.has(centre))
    throw refusal("/body/centre", say("centreMissing", { department: centre }));
  if (incident.centre === centre)
    throw refusal("/body/centre", say("centreHasIt", { department: centre }));
  incident.centre = centre;
  dossier.centres = [...new Set([...dossier.centres, centre])];
};

export const passUp: Effect<"passUp"> = ({ incident }) => {
  incident.centre = null;
};
