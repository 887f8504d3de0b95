import { z } from "zod";
import { Reason } from "./account.ts";
import { defineDoor } from "./door.ts";
import { Priority } from "./level.ts";
import { defineTopic } from "./live.ts";
import { Instant, InstantIn } from "./time.ts";
import { text } from "./text.ts";

/** Status of domain.md §4. This table grows actions with the dispatch desk. */
export const IncidentStatus = z.enum([
  "reported",
  "verifying",
  "declined",
  "registered",
  "dispatched",
  "handling",
  "suspended",
  "fedBack",
  "checking",
  "closed",
  "evaluated",
  "merged",
  "voided",
]);
export type IncidentStatus = z.infer<typeof IncidentStatus>;

/** Statuses in which an incident is over. */
export const ENDED: ReadonlySet<IncidentStatus> = new Set([
  "declined",
  "closed",
  "evaluated",
  "merged",
  "voided",
]);

/** Characters of all attachments of one report: they are links, not the pictures themselves. */
const LONGEST_ATTACHMENTS = 10_000;
const lengthOf = (attachments: { url: string; kind: string }[]) =>
  attachments.reduce((sum, { url, kind }) => sum + url.length + kind.length, 0);

/** One item of `incidents/1`; feed + externalId is unique, sending it again updates. */
export const IncidentReport = z.object({
  externalId: text(128).min(1),
  source: text(64).min(1),
  category: text(64).optional(),
  title: text(300).min(1),
  description: text(5000).optional(),
  /** Priority 1–4 as the sender judged it. */
  level: Priority.optional(),
  lng: z.number().min(-180).max(180).optional(),
  lat: z.number().min(-90).max(90).optional(),
  address: text(300).optional(),
  reportedAt: InstantIn,
  /** When the sender's own system ended it (historic imports). */
  closedAt: InstantIn.optional(),
  reporter: z
    .object({
      name: text(80).optional(),
      phone: text(40).optional(),
    })
    .optional(),
  attachments: z
    .array(z.object({ url: text(1000), kind: text(40) }))
    .max(20)
    .refine((given) => lengthOf(given) <= LONGEST_ATTACHMENTS, {
      message: `the attachments together are longer than ${LONGEST_ATTACHMENTS} characters`,
    })
    .default([]),
  sensor: text(200).optional(),
  camera: text(40).optional(),
  confidence: z.number().min(0).max(1).optional(),
});
export type IncidentReport = z.infer<typeof IncidentReport>;

/** Who reported an incident, as far as was said; empty where it was not. */
export const Reporter = z.object({ name: z.string(), phone: z.string() });
export type Reporter = z.infer<typeof Reporter>;

/** An incident as the hub holds it. Who reported it is told by `revealIncident` alone; texts are masked by role. */
export const Incident = z.object({
  /** UUIDv7. */
  id: z.string(),
  /** City-wide running number, never reused (decisions C4). */
  number: z.string(),
  feed: z.string(),
  externalId: z.string(),
  source: z.string(),
  department: z.string(),
  category: z.string().nullable(),
  title: z.string(),
  description: z.string(),
  priority: Priority.nullable(),
  status: IncidentStatus,
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  district: z.string().nullable(),
  address: z.string(),
  reportedAt: Instant,
  receivedAt: Instant,
  closedAt: Instant.nullable(),
  sensor: z.string().nullable(),
  camera: z.string().nullable(),
  confidence: z.number().nullable(),
  historic: z.boolean(),
  rev: z.number().int(),
});
export type Incident = z.infer<typeof Incident>;

/** Open incidents, worst and newest first; ended ones leave the topic. */
export const incidentsTopic = defineTopic({
  name: "incidents",
  params: z.object({
    district: text(40).optional(),
    limit: z.number().int().min(1).max(2000).default(200),
  }),
  item: Incident,
});

/** Counts of open incidents, kept in memory. One item per facet value; `id` is `facet:value`. */
export const incidentCountsTopic = defineTopic({
  name: "incidentCounts",
  params: z.object({ district: text(40).optional() }),
  item: z.object({
    id: z.string(),
    facet: z.enum([
      "total",
      "priority",
      "status",
      "district",
      "source",
      "category",
    ]),
    value: z.string(),
    open: z.number().int(),
    /** Reported since midnight in city time. */
    today: z.number().int(),
  }),
  hot: true,
});

export const incidentDoors = {
  listIncidents: defineDoor({
    method: "GET",
    path: "/api/incidents",
    summary: "Incidents, newest first, a page at a time",
    permission: "watch",
    query: z.object({
      status: text(40).optional(),
      district: text(40).optional(),
      feed: text(64).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(50),
      cursor: text(1000).optional(),
    }),
    reply: z.object({
      items: z.array(Incident),
      cursor: z.string().nullable(),
    }),
  }),
  getIncident: defineDoor({
    method: "GET",
    path: "/api/incidents/{id}",
    summary: "One incident with its history",
    permission: "watch",
    reply: z.object({
      incident: Incident,
      history: z.array(
        z.object({
          at: Instant,
          who: z.string(),
          what: z.string(),
          detail: z.string(),
        }),
      ),
    }),
  }),
  /** Whatever was masked; the reason is kept in the audit. */
  revealIncident: defineDoor({
    method: "POST",
    path: "/api/incidents/{id}/reveal",
    summary: "Who reported it, and its texts unmasked, for a reason",
    permission: "reveal",
    body: z.object({ reason: Reason }),
    reply: z.object({
      reporter: Reporter.nullable().describe("null where nobody gave a name"),
      title: z.string(),
      description: z.string(),
      address: z.string(),
    }),
  }),
};
