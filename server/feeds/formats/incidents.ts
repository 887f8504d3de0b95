import { IncidentReport } from "../../../contract/incident.ts";
import { defineJsonFormat } from "../json-format.ts";

/** `incidents/1`: what happened, as another system reports it. */
export const format = defineJsonFormat({
  id: "incidents/1",
  schema: IncidentReport,
  toFact: (item) => ({ type: "incident", item }),
});
