/** An incident as a row: its columns, what is read of them, and what a step writes. */
import { ENDED, type IncidentStatus } from "../../contract/incident-status.ts";
import type {
  Held,
  IncidentRecord,
  Reporter,
} from "../../contract/incident.ts";
import {
  EMPTY_DOSSIER,
  supervisedOf,
  type Dossier,
} from "../../contract/dossier.ts";
import type { MatterClass } from "../../contract/limit.ts";
import type { Value } from "./db.ts";
import type { Sealed } from "./vault.ts";

/** What the sender says; a resend may change it. */
export interface Told {
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

export const dossierOf = (text: string): Dossier =>
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
