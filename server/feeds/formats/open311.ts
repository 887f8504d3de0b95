import { z } from "zod";
import { IncidentReport } from "../../../contract/incident.ts";
import { defineJsonFormat } from "../json-format.ts";

/** A service request as a city's Open311 server tells it (wiki.open311.org/GeoReport_v2). */
const Request = z.object({
  service_request_id: z.string(),
  status: z.enum(["open", "closed"]),
  service_code: z.string().nullish(),
  service_name: z.string().min(1),
  description: z.string().nullish(),
  requested_datetime: z.string(),
  updated_datetime: z.string().nullish(),
  address: z.string().nullish(),
  lat: z.number().nullish(),
  long: z.number().nullish(),
  media_url: z.string().nullish(),
});

/** `open311/2`: Open311 GeoReport v2 requests, JSON. A request becomes an incident. */
export const format = defineJsonFormat({
  id: "open311/2",
  schema: Request.transform(toReport).pipe(IncidentReport),
  toFact: (item) => ({ type: "incident", item }),
});

function toReport(
  request: z.output<typeof Request>,
): z.input<typeof IncidentReport> {
  return {
    externalId: request.service_request_id,
    source: "open311",
    category: request.service_code ?? undefined,
    title: request.service_name,
    description: request.description ?? undefined,
    lng: request.long ?? undefined,
    lat: request.lat ?? undefined,
    address: request.address ?? undefined,
    reportedAt: request.requested_datetime,
    // The standard has no closing time: a closed request's last change is it.
    closedAt:
      request.status === "closed"
        ? (request.updated_datetime ?? undefined)
        : undefined,
    attachments: request.media_url
      ? [{ url: request.media_url, kind: "photo" }]
      : [],
  };
}
