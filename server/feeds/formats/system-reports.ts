import { SystemReport } from "../../../contract/system-report.ts";
import { defineJsonFormat } from "../json-format.ts";

/** `incidents/2`: what happened, and how far its own system has come with it. */
export const format = defineJsonFormat({
  id: "incidents/2",
  schema: SystemReport,
  toFact: (item) => ({ type: "incident", item }),
});
