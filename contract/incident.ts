import { z } from "zod";
import { AreaName } from "./area.ts";
import { AttachmentId, attachmentPath } from "./attachment.ts";
import { Reason } from "./account.ts";
import { defineDoor } from "./door.ts";
import { Priority } from "./level.ts";
import { defineTopic } from "./live.ts";
import { Dossier } from "./dossier.ts";
import { IncidentStatus } from "./incident-status.ts";
import { Sentence } from "./sentence.ts";
import { SENTENCES } from "./sentences.ts";
import { STEP_NAMES, StepAsked } from "./step.ts";
import { Limit, LimitStage, MatterClass } from "./limit.ts";
import { EARLIEST, Instant, InstantAsked, InstantIn } from "./time.ts";
import { Search } from "./search.ts";
import { said, text } from "./text.ts";

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

/**
 * The clock that an incident is pressed by now: its stage's. A browser tells the
 * light from the instants alone: yellow from `yellowAt`, red after `dueAt`.
 */
export const Due = z.object({
  stage: LimitStage,
  limit: Limit,
  startedAt: Instant,
  /** Null while a pause keeps it open. */
  yellowAt: Instant.nullable(),
  dueAt: Instant.nullable(),
  /** Without the extensions that were granted. */
  firstDueAt: Instant.nullable(),
  pausedAt: Instant.nullable(),
});
export type Due = z.infer<typeof Due>;

/** A clock that runs or is paused, of the incident or of one of its orders. */
export const RunningClock = Due.extend({
  /** Number of the work order; null = the incident's own. */
  order: z.number().int().nullable(),
});
export type RunningClock = z.infer<typeof RunningClock>;

/** What is stored of an incident beside its dossier. Who reported it is told by `revealIncident` alone; texts are masked by role. */
export const IncidentRecord = z.object({
  /** UUIDv7. */
  id: z.string(),
  /** City-wide running number, never reused (decisions C4). */
  number: z.string(),
  feed: z.string(),
  externalId: z.string(),
  source: z.string(),
  department: z.string(),
  category: z.string().nullable(),
  matterClass: MatterClass,
  title: z.string(),
  description: z.string(),
  priority: Priority.nullable(),
  status: IncidentStatus,
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  district: z.string().nullable(),
  address: z.string(),
  /** The district's centre that it was passed down to, a department; null = the city's own. */
  centre: z.string().nullable(),
  /** Id of the incident that it was merged into. */
  parent: z.string().nullable(),
  reportedAt: Instant,
  receivedAt: Instant,
  closedAt: Instant.nullable(),
  sensor: z.string().nullable(),
  camera: z.string().nullable(),
  confidence: z.number().nullable(),
  historic: z.boolean(),
  rev: z.number().int(),
});
export type IncidentRecord = z.infer<typeof IncidentRecord>;

/** An incident with its dossier, as it is stored and decided about. */
export interface Held {
  incident: IncidentRecord;
  dossier: Dossier;
}

/** An incident as lists tell it: with what its dossier comes to. */
export const Incident = IncidentRecord.extend({
  /** Whose it is: its source's, of every order it had, and of centres that it was passed to (decisions C2). */
  departments: z.array(z.string()),
  /** Departments that have it now, the lead first. */
  handlers: z.array(z.string()),
  /** The smallest of the city's areas that it lies in: a grid, else a town; null where none holds it. */
  grid: z.string().nullable(),
  due: Due.nullable(),
  /** Level of the supervision that waits for an answer; 0 = none. */
  supervised: z.number().int(),
  /** A leader's instruction waits for an answer: it presses like a supervision of level 3. */
  instructed: z.boolean(),
  /** Kinds of requests that wait for somebody's agreement. */
  waiting: z.array(z.string()),
  returns: z.number().int(),
  reworks: z.number().int(),
  urges: z.number().int(),
});
export type Incident = z.infer<typeof Incident>;

/** Who writes into a history without being anybody: nobody is too late because of them. */
export const BY_ITSELF: ReadonlySet<string> = new Set(["clock", "alarm"]);

/** One line of an incident's history, which nobody changes. */
export const HistoryLine = z.object({
  rev: z.number().int(),
  at: Instant,
  /** Login, `feed:…`, or one of BY_ITSELF. */
  who: z.string(),
  name: z.string(),
  /** A step of contract/step.ts, or what a sender's report did. */
  what: z.string(),
  from: IncidentStatus.nullable(),
  to: IncidentStatus.nullable(),
  detail: z.string(),
  /** What was given with the step, and the clocks that it changed. */
  facts: z.record(z.string(), z.unknown()),
});
export type HistoryLine = z.infer<typeof HistoryLine>;

/** Open incidents, worst and newest first; ended ones leave the topic. */
export const incidentsTopic = defineTopic({
  name: "incidents",
  params: z.object({
    district: text(40).optional(),
    limit: z.number().int().min(1).max(2000).default(200),
  }),
  item: Incident,
});

/** What a list at a desk tells of an incident; the rest is asked for when it is opened. */
export const QueueRow = Incident.omit({
  feed: true,
  externalId: true,
  description: true,
  receivedAt: true,
  closedAt: true,
  sensor: true,
  camera: true,
  historic: true,
}).extend({
  /** How many were merged into it. */
  children: z.number().int(),
});
export type QueueRow = z.infer<typeof QueueRow>;

/** Every open incident of one's scope: a desk orders, filters and counts them itself. */
export const queueTopic = defineTopic({
  name: "queue",
  params: z.object({}),
  item: QueueRow,
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

/** What an officer or a grid worker enters by hand. */
export const OwnReport = z
  .object({
    /** Made by the page that sends it, so that sending it again reports nothing twice. */
    key: text(64).min(8),
    source: z.enum(["dutyOfficer", "hotline", "gridWorker", "instruction"]),
    title: said(300),
    description: text(5000).default(""),
    category: text(64).nullable().default(null),
    priority: Priority.nullable().default(null),
    lng: z.number().min(-180).max(180).optional(),
    lat: z.number().min(-90).max(90).optional(),
    address: text(300).default(""),
    reporter: z
      .object({ name: text(80).optional(), phone: text(40).optional() })
      .optional(),
    /** Attachments that the same person sent before. */
    photos: z.array(AttachmentId).max(20).default([]),
    /** When it was seen; absent = now. */
    reportedAt: Instant.min(EARLIEST).optional(),
  })
  .refine(({ lng, lat }) => (lng === undefined) === (lat === undefined), {
    message: SENTENCES.halfPoint,
    path: ["lng"],
  });
export type OwnReport = z.infer<typeof OwnReport>;

/** An incident that the one who asks reported or went to look at. */
export const OwnMatter = Incident.pick({
  ...{ id: true, number: true, title: true, address: true, status: true },
  ...{ reportedAt: true, closedAt: true, handlers: true, rev: true },
}).extend({
  /** Key of their report; null where they did not report it. */
  key: z.string().nullable(),
  /** What they found, the newest first. */
  visits: z.array(
    z.object({
      step: z.enum(["verified", "check"]),
      at: Instant,
      /** As contract/step.ts has it; empty where a step told none. */
      result: z.string(),
    }),
  ),
});
export type OwnMatter = z.infer<typeof OwnMatter>;

/** A step that the one who asks may take, or what holds it up. */
export const LegalStep = z.object({
  step: z.enum(STEP_NAMES),
  order: z.number().int().nullable(),
  request: z.number().int().nullable(),
  obstacle: Sentence.nullable(),
});
export type LegalStep = z.infer<typeof LegalStep>;

/** All about one incident, for whoever works on it. */
export const IncidentView = z.object({
  incident: Incident,
  dossier: Dossier,
  /** Those that nothing stopped; only the hub knows the working calendar that they count in. */
  clocks: z.array(RunningClock),
  attachments: z.array(z.object({ url: z.string(), kind: z.string() })),
  /** The oldest first. */
  history: z.array(HistoryLine),
  legal: z.array(LegalStep),
  /** That it lies in and who answers for them, the smallest first. */
  areas: z.array(AreaName),
  /** What it was merged into; null too where the reader may not see that. */
  parent: Incident.pick({ id: true, number: true, title: true }).nullable(),
  /** What was merged into it. */
  children: z.array(Incident.pick({ id: true, number: true, title: true })),
});
export type IncidentView = z.infer<typeof IncidentView>;

/** A picture of an incident, and what it shows: how it was found, what a visit saw, what was done. */
export interface Picture {
  url: string;
  of: "report" | "verify" | "check" | "feedback";
  /** Who did it; null but for feedback. */
  department: string | null;
}

/** Its pictures: of the report, then of what was seen and what was done, in the order in which that was told. */
export function picturesOf({
  incident,
  attachments,
  dossier,
}: Pick<IncidentView, "incident" | "attachments" | "dossier">): Picture[] {
  const told = [
    ...dossier.visits.map(({ kind, photos, doneAt }) => ({
      ...{ of: kind, department: null, photos, at: doneAt ?? Infinity },
    })),
    ...dossier.orders.map(({ department, feedback }) => ({
      ...{ of: "feedback" as const, department },
      ...{ photos: feedback?.photos ?? [], at: feedback?.at ?? Infinity },
    })),
  ];
  return [
    // Pictures of other systems are links that open there.
    ...attachments
      .filter(({ url }) => url.startsWith("/api/"))
      .map(({ url }) => ({ url, of: "report" as const, department: null })),
    ...told
      .sort((a, b) => a.at - b.at)
      .flatMap(({ of, department, photos }) =>
        photos.map((name) => ({
          ...{ url: attachmentPath(incident.id, name), of, department },
        })),
      ),
  ];
}

export const incidentDoors = {
  listIncidents: defineDoor({
    method: "GET",
    path: "/api/incidents",
    summary: "Incidents, newest first, a page at a time",
    permission: "watch",
    query: z.object({
      status: text(200)
        .transform((listed) => listed.split(","))
        .pipe(z.array(IncidentStatus))
        .optional()
        .describe("one or several, with commas between"),
      open: z.enum(["true", "false"]).optional(),
      priority: z.coerce.number().pipe(Priority).optional(),
      category: text(64).optional(),
      source: text(64).optional(),
      department: text(40)
        .optional()
        .describe("its source's, of an order, or of a centre that had it"),
      centre: text(40).optional(),
      supervised: z
        .enum(["true", "false"])
        .optional()
        .describe("does a supervision wait for an answer?"),
      district: text(40).optional(),
      feed: text(64).optional(),
      from: InstantAsked.optional(),
      to: InstantAsked.optional().describe("reported before then"),
      search: Search.optional().describe(
        "words of title, description and address, or how the number begins",
      ),
      limit: z.coerce.number().int().min(1).max(500).default(50),
      cursor: text(1000).optional(),
    }),
    reply: z.object({
      items: z.array(Incident),
      cursor: z.string().nullable(),
      /** Of a search: only what was reported from then on is found yet; null = all. */
      foundFrom: Instant.nullable(),
    }),
  }),
  getIncident: defineDoor({
    method: "GET",
    path: "/api/incidents/{id}",
    summary: "One incident: its dossier, its history, and what may be done",
    permission: "watch",
    reply: IncidentView,
  }),
  listOwnMatters: defineDoor({
    method: "GET",
    path: "/api/own-incidents",
    summary:
      "What one reported and went to look at, as far as one still sees it",
    permission: "working",
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    reply: z.object({ items: z.array(OwnMatter) }),
  }),
  reportIncident: defineDoor({
    method: "POST",
    path: "/api/incidents",
    summary: "Enter an incident by hand",
    permission: "report",
    body: OwnReport,
    reply: Incident,
  }),
  /** Which right a step asks for stands in contract/step.ts. */
  takeStep: defineDoor({
    method: "POST",
    path: "/api/incidents/{id}/steps",
    summary: "Do something with an incident",
    permission: "working",
    body: z.object({ rev: z.number().int(), asked: StepAsked }),
    reply: z.object({
      incident: Incident,
      /** Until when the one who took it may take it back. */
      undoUntil: Instant.nullable(),
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
