/** What a sender's report makes of a row: a new one, or a change of one that is known. Pure. */
import { supervisedOf, type Dossier } from "../../contract/dossier.ts";
import { ENDED, type IncidentStatus } from "../../contract/incident-status.ts";
import type { HistoryLine } from "../../contract/incident.ts";
import { storable } from "./db.ts";
import { dossierOf, type Stored, type Told } from "./incident-row.ts";
import type { IncidentInput } from "./store.ts";

/** A row on its way into the store. */
export interface Draft {
  row: Stored;
  /** As it is stored. */
  before: Stored | null;
  /** Lines not yet stored. */
  history: HistoryLine[];
}

export type Outcome = "new" | "updated" | "duplicate";

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
  report: IncidentInput,
): { draft: Draft; outcome: Outcome } {
  const { row } = draft;
  const stored = dossierOf(row.dossier);
  const item = endedAs(stored, report);
  const fields = told(item);
  // Told without a time it was now; told once more it is still as it was first.
  if (item.reportedAt === item.receivedAt) fields.reported_at = row.reported_at;
  // Who told of its course before and is silent about it now says nothing new of it.
  const isSilent = item.status === null && hasCourse(stored);
  if (isSilent) fields.closed_at = row.closed_at;
  const status = isSilent ? row.status : statusOf(item);
  const changed = (Object.keys(fields) as (keyof Told)[]).filter(
    (field) => fields[field] !== row[field],
  );
  const { elsewhere } = item.dossier;
  const hasMoved =
    elsewhere !== undefined &&
    // The report's dossier is that of the status that it comes to.
    status === statusOf(item) &&
    JSON.stringify(elsewhere) !== JSON.stringify(stored.elsewhere);
  if (changed.length === 0 && !hasMoved) return { draft, outcome: "duplicate" };
  const rev = row.rev + 1;
  const isSenders = !stored.isTaken;
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

/** Did its sender tell how far its own system is with it? */
const hasCourse = ({ elsewhere }: Dossier) =>
  elsewhere !== undefined && elsewhere.status !== null;

/** An end without a status is the end of a course that was told: nobody has it any more. */
function endedAs(stored: Dossier, item: IncidentInput): IncidentInput {
  if (item.status !== null || item.closedAt === null || !hasCourse(stored))
    return item;
  const elsewhere = { ...stored.elsewhere!, status: "closed" as const };
  const dossier = { ...item.dossier, clocks: [], elsewhere };
  return { ...item, status: "closed", dossier };
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
