import { IncidentReport } from "../../../contract/incident.ts";
import { defineOwnFormat } from "../own.ts";

/** `incidents/1`: what happened, as another system reports it. */
export const format = defineOwnFormat({
  id: "incidents/1",
  schema: IncidentReport,
  toFact: (item) => ({ type: "incident", item }),
});
