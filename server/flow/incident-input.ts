/** What a report becomes on its way into the store, and why one is refused. */
import type { IncidentReport } from "../../contract/incident.ts";
import { ENDED } from "../../contract/incident-status.ts";
import { say } from "../../contract/sentence.ts";
import type { Feed } from "../../contract/feed.ts";
import { statusTold, type SystemReport } from "../../contract/system-report.ts";
import { dossierFrom } from "../hub/incidents/elsewhere.ts";
import type { Rules } from "../hub/incidents/held.ts";
import { judgeUrl, type Allowed } from "../lib/outbound.ts";
import type { IncidentInput } from "../store/store.ts";
import { tooFarAhead } from "./future.ts";
import { outside, type Place } from "./place.ts";

/** Where reports come from: a feed, or the desk. */
export type Source = Pick<Feed, "id" | "department" | "historic" | "clock">;

export function refusal(
  feed: Source,
  item: IncidentReport,
  place: Place,
  now: number,
): { path: string; message: string } | null {
  for (const when of ["reportedAt", "closedAt"] as const) {
    const ahead = tooFarAhead(feed, item[when] ?? now, now, `/${when}`);
    if (ahead) return ahead;
  }
  const { lng, lat } = item;
  if (lng === undefined && lat === undefined) return null;
  // What one half says would be lost, and nobody told.
  if (lng === undefined || lat === undefined)
    return {
      path: lng === undefined ? "/lng" : "/lat",
      message: say("halfPoint").message,
    };
  return outside(place, { lng, lat });
}

export const isOver = (item: SystemReport): boolean =>
  item.closedAt !== undefined || ENDED.has(statusTold(item) ?? "reported");

export function unknownDepartment(
  { department }: SystemReport,
  { departments }: Rules,
): { path: string; message: string } | null {
  return department === undefined || departments.has(department)
    ? null
    : {
        path: "/department",
        message: `the city has no department ${department}`,
      };
}

export function unopenable(
  { attachments }: IncidentReport,
  allowed: Allowed,
): { path: string; message: string } | null {
  for (const [i, { url }] of attachments.entries()) {
    const message = judgeUrl(url, allowed);
    if (message !== null) return { path: `/attachments/${i}/url`, message };
  }
  return null;
}

export function inputOf(
  feed: Source,
  item: SystemReport,
  place: Place,
  moment: { now: number; rules: Rules },
): IncidentInput {
  const { now } = moment;
  const category = item.category ?? null;
  const { historic } = feed;
  const located = item.lng !== undefined && item.lat !== undefined;
  return {
    feed: feed.id,
    department: feed.department,
    externalId: item.externalId,
    source: item.source,
    category,
    title: item.title,
    description: item.description ?? "",
    priority: item.level ?? null,
    lng: located ? item.lng! : null,
    lat: located ? item.lat! : null,
    district: located ? place.districtAt(item.lng!, item.lat!) : null,
    address: item.address ?? "",
    reportedAt: item.reportedAt,
    receivedAt: now,
    closedAt: item.closedAt ?? null,
    status: statusTold(item),
    reporter: item.reporter
      ? {
          ...(item.reporter.name !== undefined && { name: item.reporter.name }),
          ...(item.reporter.phone !== undefined && {
            phone: item.reporter.phone,
          }),
        }
      : null,
    attachments: item.attachments,
    sensor: item.sensor ?? null,
    camera: item.camera ?? null,
    confidence: item.confidence ?? null,
    historic,
    dossier: dossierFrom(item, feed, moment),
  };
}
