/** An incident as a row, and what a sender's resend makes of it. */
import { ENDED, type IncidentStatus } from "../../contract/incident-status.ts";
import type {
  HistoryLine,
  IncidentRecord,
  Reporter,
  Held,
} from "../../contract/incident.ts";
import {
  EMPTY_DOSSIER,
  supervisedOf,
  type Dossier,
} from "../../contract/dossier.ts";
import type { MatterClass } from "../../contract/limit.ts";
import { storable, type Value } from "./db.ts";
import type { IncidentInput } from "./store.ts";
import type { Sealed } from "./vault.ts";

/** What the sender says; a resend may change it. */
interface Told {
  source: string;
  category: string | null;
  title: string;
  description: string;
  priority: number | null;
  lng: number | null;
  lat: number | null;
  district: string | null;
  address: string;
  reported_at: number;
  closed_at: number | null;
  sensor: string | null;
  camera: string | null;
  confidence: number | null;
  reporter_name: string | null;
  reporter_phone: string | null;
  /** JSON. */
  attachments: string;
}

export interface Stored extends Told {
  /** With `year`, the incident's number; 0 until the transaction gives it. */
  running: number;
  year: number;
  id: string;
  feed: string;
  external_id: string;
  department: string;
  received_at: number;
  status: IncidentStatus;
  /** 1 where the status is one of ENDED. */
  ended: number;
  historic: number;
  matter_class: MatterClass;
  centre: string | null;
  parent: string | null;
  /** JSON; empty where nothing was ever done. */
  dossier: string;
  /** Level of the supervision that waits for an answer. */
  supervised: number;
  rev: number;
}

/** What the first report fixes. `running` leads: it is computed, not given. */
const FIXED = [
  "running",
  "id",
  "year",
  "feed",
  "external_id",
  "department",
  "received_at",
  "historic",
] as const;
type Fixed = Pick<Stored, (typeof FIXED)[number]>;

/** What a resend or a change of status may rewrite. */
export const CHANGING: (keyof Stored)[] = [
  "source",
  "category",
  "title",
  "description",
  "priority",
  "status",
  "ended",
  "lng",
  "lat",
  "district",
  "address",
  "reported_at",
  "closed_at",
  "sensor",
  "camera",
  "confidence",
  "reporter_name",
  "reporter_phone",
  "attachments",
  "matter_class",
  "centre",
  "parent",
  "dossier",
  "supervised",
  "rev",
];

export const COLUMNS: (keyof Stored)[] = [...FIXED, ...CHANGING];

/** What only a resend and the reporter's own doors need. */
const UNREAD = [
  "ended",
  "supervised",
  "reporter_name",
  "reporter_phone",
  "attachments",
] as const;
export type Readable = Omit<Stored, (typeof UNREAD)[number]>;

/** What `read` reads. */
export const READABLE = COLUMNS.filter(
  (column) => !(UNREAD as readonly string[]).includes(column),
).join(", ");

/** The same, where other tables are read beside. */
export const SHOWN = READABLE.split(", ")
  .map((column) => `incidents.${column}`)
  .join(", ");

export const byNewest = (a: Readable, b: Readable): number =>
  b.reported_at - a.reported_at || (a.id < b.id ? 1 : -1);

/** A row on its way into the store. */
export interface Draft {
  row: Stored;
  /** As it is stored. */
  before: Stored | null;
  /** Lines not yet stored. */
  history: HistoryLine[];
}

export type Outcome = "new" | "updated" | "duplicate";

const dossierOf = (text: string): Dossier =>
  text === "" ? structuredClone(EMPTY_DOSSIER) : (JSON.parse(text) as Dossier);

/** The reporter's data stays in the row: an incident has none. */
export function read(row: Readable): Held {
  return { incident: recordOf(row), dossier: dossierOf(row.dossier) };
}

function recordOf(row: Readable): IncidentRecord {
  return {
    id: row.id,
    number: `${row.year}-${String(row.running).padStart(7, "0")}`,
    feed: row.feed,
    externalId: row.external_id,
    source: row.source,
    department: row.department,
    category: row.category,
    matterClass: row.matter_class,
    title: row.title,
    description: row.description,
    priority: row.priority,
    status: row.status,
    lng: row.lng,
    lat: row.lat,
    district: row.district,
    address: row.address,
    centre: row.centre,
    parent: row.parent,
    reportedAt: row.reported_at,
    receivedAt: row.received_at,
    closedAt: row.closed_at,
    sensor: row.sensor,
    camera: row.camera,
    confidence: row.confidence,
    historic: row.historic === 1,
    rev: row.rev,
  };
}

/** Null where nobody said who reported it. */
export function reporterOf(
  row: Pick<Stored, "reporter_name" | "reporter_phone">,
): Reporter | null {
  const { reporter_name: name, reporter_phone: phone } = row;
  return name || phone ? { name: name ?? "", phone: phone ?? "" } : null;
}

/** Who reported something is sealed on the disk, and nowhere else. */
export function values(
  row: Stored,
  columns: (keyof Stored)[],
  sealed: Sealed,
): Value[] {
  return columns.map((column) =>
    column === "reporter_name" || column === "reporter_phone"
      ? sealed.close(row[column])
      : row[column],
  );
}

/** A row as it was before it was stored. */
export function opened<
  R extends Pick<Stored, "reporter_name" | "reporter_phone">,
>(row: R, sealed: Sealed): R {
  return {
    ...row,
    reporter_name: sealed.open(row.reporter_name),
    reporter_phone: sealed.open(row.reporter_phone),
  };
}

/** The report with its text as it will be stored, to know it again by. */
export function asStored(item: IncidentInput): IncidentInput {
  return JSON.parse(JSON.stringify(item), (_key, value: unknown) =>
    typeof value === "string" ? storable(value) : value,
  ) as IncidentInput;
}

/** A first report. @param made the id, and the city's year that numbers it */
export function first(
  item: IncidentInput,
  made: { id: string; year: number },
): Draft {
  const status = statusOf(item);
  const row: Stored = {
    ...made,
    ...told(item),
    running: 0,
    feed: item.feed,
    external_id: item.externalId,
    department: item.department,
    received_at: item.receivedAt,
    historic: Number(item.historic),
    ...{ matter_class: "A", centre: null, parent: null },
    dossier: JSON.stringify(item.dossier),
    supervised: supervisedOf(item.dossier),
    status,
    ended: Number(ENDED.has(status)),
    rev: 1,
  };
  const reported = line(row, item, { what: status, from: null }, "");
  const history = [{ ...reported, facts: begunWith(item.dossier) }];
  return { row, before: null, history };
}

/**
 * A report of an incident that is known. As long as no officer took it over,
 * the sender's fields change; afterwards only its history grows (decisions I3).
 */
export function again(
  draft: Draft,
  item: IncidentInput,
): { draft: Draft; outcome: Outcome } {
  const { row } = draft;
  const fields = told(item);
  const changed = (Object.keys(fields) as (keyof Told)[]).filter(
    (field) => fields[field] !== row[field],
  );
  const stored = dossierOf(row.dossier);
  const { elsewhere } = item.dossier;
  const hasMoved =
    elsewhere !== undefined &&
    JSON.stringify(elsewhere) !== JSON.stringify(stored.elsewhere);
  if (changed.length === 0 && !hasMoved) return { draft, outcome: "duplicate" };
  const rev = row.rev + 1;
  const isSenders = !stored.isTaken;
  const status = statusOf(item);
  const dossier = !hasMoved
    ? row.dossier
    : JSON.stringify(isSenders ? item.dossier : { ...stored, elsewhere });
  const ended = Number(ENDED.has(status));
  const next: Stored = isSenders
    ? { ...row, ...fields, status, ended, dossier, rev }
    : { ...row, dossier, rev };
  const what = next.status === row.status ? "updated" : next.status;
  const history = [
    ...draft.history,
    {
      ...line(
        ...([next, item, { what, from: row.status }] as const),
        detail(fields, changed),
      ),
      facts: {
        ...(hasMoved && { elsewhere }),
        // Its orders and clocks are the sender's now, be there none.
        ...(hasMoved &&
          isSenders && {
            orders: item.dossier.orders,
            clocks: item.dossier.clocks,
          }),
      },
    },
  ];
  return { draft: { ...draft, row: next, history }, outcome: "updated" };
}

/** What no later line tells of an incident's beginning: with it the history says all that is counted. */
const begunWith = ({ orders, clocks }: Dossier): HistoryLine["facts"] => ({
  ...(orders.length > 0 && { orders }),
  ...(clocks.length > 0 && { clocks }),
});

const statusOf = ({ status, closedAt }: IncidentInput): IncidentStatus =>
  status ?? (closedAt === null ? "reported" : "closed");

function told(item: IncidentInput): Told {
  return {
    source: item.source,
    category: item.category,
    title: item.title,
    description: item.description,
    priority: item.priority,
    lng: item.lng,
    lat: item.lat,
    district: item.district,
    address: item.address,
    reported_at: item.reportedAt,
    closed_at: item.closedAt,
    sensor: item.sensor,
    camera: item.camera,
    confidence: item.confidence,
    reporter_name: item.reporter?.name ?? null,
    reporter_phone: item.reporter?.phone ?? null,
    attachments: JSON.stringify(item.attachments),
  };
}

function line(
  row: Stored,
  item: IncidentInput,
  { what, from }: Pick<HistoryLine, "what" | "from">,
  detail: string,
): HistoryLine {
  return {
    rev: row.rev,
    at: item.receivedAt,
    who: `feed:${item.feed}`,
    name: "",
    ...{ what, from, to: row.status },
    detail,
    facts: {},
  };
}

/** What an officer's step writes of an incident. */
export function stepped({
  incident,
  dossier,
}: Held): Omit<
  Stored,
  keyof Fixed | "reporter_name" | "reporter_phone" | "attachments"
> {
  return {
    source: incident.source,
    category: incident.category,
    title: incident.title,
    description: incident.description,
    priority: incident.priority,
    status: incident.status,
    ended: Number(ENDED.has(incident.status)),
    lng: incident.lng,
    lat: incident.lat,
    district: incident.district,
    address: incident.address,
    reported_at: incident.reportedAt,
    closed_at: incident.closedAt,
    sensor: incident.sensor,
    camera: incident.camera,
    confidence: incident.confidence,
    matter_class: incident.matterClass,
    centre: incident.centre,
    parent: incident.parent,
    dossier: JSON.stringify(dossier),
    supervised: supervisedOf(dossier),
    rev: incident.rev,
  };
}

/** What changed, with its new value; of the reporter only that it did. */
function detail(fields: Told, changed: (keyof Told)[]): string {
  return changed
    .map((field) =>
      field === "reporter_name" || field === "reporter_phone"
        ? field
        : `${field}: ${fields[field]}`,
    )
    .join("; ");
}
