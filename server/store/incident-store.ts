/** Incidents, their history, and who reported them. */
import type { Counted } from "../../contract/counted.ts";
import type { DataScope, Masking } from "../../contract/data-scope.ts";
import type { Dossier } from "../../contract/dossier.ts";
import type { IncidentStatus } from "../../contract/incident-status.ts";
import type {
  Held,
  HistoryLine,
  IncidentRecord,
  Reporter,
} from "../../contract/incident.ts";
import type { Notices } from "./outbox-store.ts";
import type { Page } from "./page.ts";

/** An incident with all that is known of it but who reported it. */
export interface StoredIncident extends Held {
  attachments: { url: string; kind: string }[];
  /** The oldest first. */
  history: HistoryLine[];
}

export interface IncidentsAsked {
  /** One of these. */
  statuses?: readonly IncidentStatus[];
  /** Is it not over? */
  open?: boolean;
  priority?: number;
  category?: string;
  source?: string;
  /** Whose it is: its source's, of an order, or of a centre that had it. */
  department?: string;
  centre?: string;
  /** Does a supervision wait for an answer? */
  supervised?: boolean;
  district?: string;
  feed?: string;
  /** Reported in [from, to). */
  from?: number;
  to?: number;
  /** Words of the texts, or how the number begins; found in what this masking shows. */
  search?: { text: string; masking: Masking };
  within?: DataScope;
  limit: number;
  cursor?: string;
}

export interface IncidentInput {
  feed: string;
  department: string;
  externalId: string;
  source: string;
  category: string | null;
  title: string;
  description: string;
  priority: number | null;
  lng: number | null;
  lat: number | null;
  district: string | null;
  address: string;
  reportedAt: number;
  receivedAt: number;
  closedAt: number | null;
  /** What its sender says it is; null = over from `closedAt` on, reported before. */
  status: IncidentStatus | null;
  reporter: { name?: string; phone?: string } | null;
  attachments: { url: string; kind: string }[];
  sensor: string | null;
  camera: string | null;
  confidence: number | null;
  historic: boolean;
  /** What a first report begins with. */
  dossier: Dossier;
}

type Texts = Pick<IncidentRecord, "title" | "description" | "address">;

/** Texts as somebody is shown them who may see no more of personal data. */
export type ShowTexts = (
  texts: Texts,
  reporter: Reporter | null,
  masking: Masking,
) => Texts;

export interface IncidentStore {
  /**
   * Registers or updates by (feed, externalId), all or none. Numbers are
   * given in the transaction. After a resend only the sender's own fields change.
   */
  report(
    items: IncidentInput[],
    /** What statistics keep of each, written with it. */
    count?: (held: Held, line: HistoryLine | null) => Counted,
    /** What systems are told of each that changed, written with it: by the status that it had before. */
    also?: (held: Held, line: HistoryLine) => Promise<Notices>,
  ): Promise<
    {
      index: number;
      outcome: "new" | "updated" | "duplicate";
      held: Held;
      /** To mask its texts by; told to nobody. */
      reporter: Reporter | null;
    }[]
  >;
  open(): Promise<Held[]>;
  get(id: string): Promise<StoredIncident | null>;
  /**
   * What somebody reported by hand, and what they went to look at, by their
   * newest act first.
   * @param asked reports of a feed whose external ids begin `prefix/`; results of visits by `login`
   */
  own(asked: {
    feed: string;
    prefix: string;
    login: string;
    limit: number;
  }): Promise<
    {
      held: Held;
      /** What follows the prefix; null where they did not report it. */
      key: string | null;
      /** The newest first. */
      visits: { step: "verified" | "check"; at: number; result: string }[];
    }[]
  >;
  /** Id of the incident of a number. */
  numbered(number: string): Promise<string | null>;
  /**
   * Stores what a step made of an incident, with its line, all or none.
   * @returns the line of whoever was first with this revision, or null
   */
  step(
    held: Held,
    line: HistoryLine,
    /** Written with it. */
    also?: Notices,
    counted?: Counted,
  ): Promise<HistoryLine | null>;
  /** What was merged into an incident, in the order of the reports. */
  children(id: string): Promise<Held[]>;
  /** All that were merged into another, in no order. */
  merged(): Promise<Pick<IncidentRecord, "id" | "parent">[]>;
  /** Newest first; of a scope only what lies within it, and pages of it are full. */
  page(asked: IncidentsAsked): Promise<
    Page<Held> & {
      /** Where something was looked for: only what was reported from then on is found yet; null = all. */
      foundFrom: number | null;
    }
  >;
  /**
   * Brings what an older version stored into the index that `page` looks
   * into, bit by bit; called at a start, and nobody waits for it.
   */
  completeIndex(signal: AbortSignal): Promise<void>;
  /**
   * Counts anew what statistics keep: of all incidents where an older version
   * stored some or towns have other borders, of the open ones where deadlines
   * moved since.
   * @param calendar what deadlines are computed by, as text that is compared
   * @param towns their borders, likewise
   */
  completeCounted(ask: {
    signal: AbortSignal;
    calendar: string;
    towns: string;
    count: (
      held: Held,
      history: readonly HistoryLine[],
    ) => Omit<Counted, "undone">;
  }): Promise<void>;
  /** Every incident with its history, a batch at a time, in the order of their ids. */
  each(): AsyncIterable<{ held: Held; history: HistoryLine[] }[]>;
  /** Who reported them, by id; those of whom nothing is known are absent. */
  reporters(ids: readonly string[]): Promise<Map<string, Reporter>>;
  /** Seals who reported what was stored before there was a vault. */
  sealReporters(): Promise<void>;
  /** Takes out who reported what is over and was reported before then. */
  forgetReporters(before: number): Promise<void>;
  /** What people found of what each algorithm saw. */
  verdicts(): Promise<
    { algorithm: string; judged: number; falsePositives: number }[]
  >;
  /** Counts by feed, for the replay's ledger. */
  countByFeed(feed: string): Promise<number>;
}
