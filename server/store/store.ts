/**
 * What the hub asks of its store. Two engines answer: SQLite (embedded) and
 * PostgreSQL; `openStore` picks by URL. Everything is async: the hub never
 * waits on a disk inside its own thread (decisions D4).
 */
import type { Attachment, AttachmentType } from "../../contract/attachment.ts";
import type { Alarm, PastAlarm } from "../../contract/alarm.ts";
import type { Algorithm } from "../../contract/algorithm.ts";
import type { AuditLine } from "../../contract/audit.ts";
import type { Camera } from "../../contract/camera.ts";
import type { Account } from "../../contract/account.ts";
import type { Department } from "../../contract/city.ts";
import type { DataScope, Masking } from "../../contract/data-scope.ts";
import type { Edition, RuleTable } from "../../contract/rule-table.ts";
import type { MatterClass } from "../../contract/limit.ts";
import type { Device } from "../../contract/device.ts";
import type {
  DutyEntry,
  HandOver,
  RosterRow,
  ShiftKey,
} from "../../contract/duty.ts";
import type {
  Act,
  Counted,
  Counting,
  MeasuredStage,
} from "../../contract/counted.ts";
import type { Percentiles } from "../../contract/statistics.ts";
import type { Feed, Quarantined } from "../../contract/feed.ts";
import type { Dossier } from "../../contract/dossier.ts";
import type { IncidentStatus } from "../../contract/incident-status.ts";
import type {
  HistoryLine,
  IncidentRecord,
  Reporter,
  Held,
} from "../../contract/incident.ts";
import type { QueueFilter } from "../../contract/filter.ts";
import type { FeedKey } from "../../contract/feed-key.ts";
import type { Indicator, IndicatorValue } from "../../contract/indicator.ts";
import type { State } from "../../contract/level.ts";
import type { PositionView } from "../../contract/position.ts";
import type { ReadingRows, RollupBucket } from "../../contract/reading.ts";
import type { ChangeRequest } from "../../contract/rights.ts";
import type { Action, RoleCode } from "../../contract/role.ts";
import type { SessionRow } from "../../contract/session.ts";
import type { Sensor } from "../../contract/sensor.ts";
import type { Vault } from "./vault.ts";
import type { Webhook, WebhookView } from "../../contract/webhook.ts";
import type { WarningStanding, WarningView } from "../../contract/warning.ts";

export type { Vault } from "./vault.ts";

export interface Page<T> {
  items: T[];
  /** Opaque; null at the end. */
  cursor: string | null;
}

/** A series is sensor × metric; `no` is dense from 0, given by the hub, never reused. */
export interface SeriesRow {
  no: number;
  system: string;
  sensor: string;
  metric: string;
}

/** A catalogue entry as stored; unregistered sensors have `sensor: null` fields where unknown. */
export interface SensorRow extends Omit<Sensor, "lng" | "lat" | "metrics"> {
  system: string;
  registered: boolean;
  lng: number | null;
  lat: number | null;
  metrics: Sensor["metrics"];
}

/** What the store knows at instants that it was asked about. */
export interface KnownReadings {
  /** NaN where it knows nothing. */
  value: Float64Array;
  /** Index into `Quality.options`. */
  quality: Uint8Array;
}

export interface ReadingLog {
  /**
   * Appends rows; resolves when they are durable (SQLite FULL; PostgreSQL
   * commit). Group commit: at once when idle, at most 20 ms when busy. Calls
   * commit in the order made. The arrays are handed over: do not touch them again.
   * Rejects when the store cannot write; the rows are then not stored.
   */
  append(rows: ReadingRows): Promise<void>;
  /** What is stored at each (series, at). Sees every `append` made before it. */
  existing(series: Int32Array, at: Float64Array): Promise<KnownReadings>;
  /** Rows of some series in [from, to), by (series, at); of corrections the last one. */
  range(
    series: Int32Array,
    from: number,
    to: number,
    /** Every correction too, in the order they came. */
    corrections?: boolean,
  ): Promise<ReadingRows>;
  /** Roll-up buckets of one series in [from, to), oldest first; gaps are absent, bad readings left out. */
  rollup(
    series: number,
    level: "minute" | "hour" | "day",
    from: number,
    to: number,
  ): Promise<RollupBucket[]>;
  /** How many readings the buckets that begin in [from, to) hold, and their sum, of many series together. */
  total(
    series: Int32Array,
    level: "minute" | "hour" | "day",
    from: number,
    to: number,
  ): Promise<{ count: number; sum: number }>;
  /**
   * Saves the hub's state as it is after every `append` made before this call,
   * so that a restart needs only `checkpoint` + `tail`. Parts not named keep
   * their former content. Log rows before it may then be folded away. The
   * blobs are handed over: do not touch them again.
   */
  saveCheckpoint(parts: { name: string; blob: Uint8Array }[]): Promise<void>;
  checkpoint(): Promise<Map<string, Uint8Array>>;
  /** Every committed row after the last checkpoint, in commit order, in batches. */
  tail(each: (rows: ReadingRows) => void): Promise<void>;
  /** Number of reading rows kept (raw), and bytes they take: for counts and benches. */
  stats(): Promise<{ rows: number; bytes: number; unfolded: number }>;
  /** Folds and rolls up everything now, before its time: before a backup, in tests. */
  settle(): Promise<void>;
}

export type QuarantineEntry = Omit<Quarantined, "replayed" | "times">;

/** Who made the keys that a launcher's file brings; no login is written so. */
export const LAUNCHER = "(launcher)";

/** A kept filter of the queue, with the account that keeps it. */
export interface FilterRow {
  id: string;
  account: string;
  /** Name of whoever kept it last. */
  by: string;
  name: string;
  shared: boolean;
  filter: QueueFilter;
  savedAt: number;
}

/** A key of a feed, or what is left of one. */
export interface FeedKeyRow extends FeedKey {
  feed: string;
  /** SHA-256 of the key, hex. */
  hash: string;
}

/** A stored feed. */
export interface FeedRow {
  feed: Feed;
  counts: {
    accepted: number;
    duplicates: number;
    missing: number;
    rejected: number;
  };
  lastAt: number | null;
}

/** An account with what proves its person; none of the secrets is plain. */
export interface AccountRecord extends Omit<
  Account,
  "hasPassword" | "hasSecondFactor"
> {
  /** `issuer#subject` of the single sign-on. */
  subject: string | null;
  /** A slow hash; null = none yet. */
  password: string | null;
  passwordAt: number | null;
  /** A new password is asked for at the next sign-in. */
  mustChange: boolean;
  /** Slow hashes of former passwords, the newest first. */
  former: string[];
  /** The second factor's secret, sealed. */
  factor: string | null;
  /** The newest 30 s step whose code was used: no code counts twice. */
  factorStep: number;
  /** SHA-256 of the recovery codes that are left. */
  recovery: string[];
  failures: number;
}

export type SessionRecord = Omit<
  SessionRow,
  "login" | "name" | "own" | "sockets"
>;

export type ChangeRecord = Omit<ChangeRequest, "obstacle" | "half"> & {
  /** The account that asked, and whether it had the action `permit` then. */
  byAccount: string;
  byPermits: boolean;
};

/** A paired wall; `token` and `former` are SHA-256. */
export interface DeviceRecord extends Omit<Device, "state"> {
  enabled: boolean;
  revoked: boolean;
  token: string;
  /** The token before, while the wall may not have taken the new one. */
  former: string | null;
  formerUntil: number | null;
}

/** What the hub answers for of the audit: which lines it wrote, signed with a key that the store lacks. */
export interface AuditSeal {
  first: number;
  /** Hash of the line before the first. */
  firstPrevious: string;
  last: number;
  /** Hash of the last line. */
  head: string;
  mac: string;
}

export interface AuditFilter {
  /** Instants: `from` ≤ at < `to`. */
  from?: number;
  to?: number;
  who?: string;
  act?: string;
  object?: string;
  result?: AuditLine["result"];
}

export interface AuditLog {
  /** Lines and the seal over them, all or none. Fails where one of the numbers is taken. */
  append(lines: AuditLine[], seal: AuditSeal): Promise<void>;
  /** Newest first. */
  page(
    filter: AuditFilter & { limit: number; cursor?: string },
  ): Promise<Page<AuditLine>>;
  /** Oldest first, in batches; `first` and `last` are numbers of lines, both included. */
  each(
    filter: AuditFilter & { first?: number; last?: number },
  ): AsyncGenerator<AuditLine[]>;
  /** Which lines there are, and the seal as it was at the same moment. */
  ends(): Promise<{
    lowest: number | null;
    highest: number | null;
    seal: AuditSeal | null;
  }>;
  /** Every act that some line tells of, by name. */
  acts(): Promise<string[]>;
  /** Removes the lines before a number, and keeps the seal over the rest. */
  prune(below: number, seal: AuditSeal): Promise<void>;
}

/** What can be asked of the audit without writing. */
export type AuditReader = Omit<AuditLog, "append" | "prune">;

/** A camera's record with where it plays from, which no list tells. */
export type StoredCamera = Omit<Camera, "district"> & {
  feed: string;
  district: string | null;
  updatedAt: number;
};

/** A published value of an indicator at a scope. */
export interface IndicatorPoint {
  indicator: string;
  scope: string;
  at: number;
  value: number | null;
  state: State;
}

/** An alarm put aside: it counts for whatever stands at its scope until then. */
export interface Shelf {
  until: number;
  by: string;
  reason: string;
}

/** An alarm as it stands, or the shelf that waits for it; a record of neither is removed. */
export interface AlarmRecord {
  id: string;
  alarm: Alarm | null;
  shelf: Shelf | null;
}

/** A change of status, on its way to the system that brought the incident. */
export interface Notice {
  /** Its key: the same for every try. */
  id: string;
  incident: string;
  rev: number;
  system: string;
  /** JSON. */
  body: string;
  dueAt: number;
}

/** What a step adds to the outbox, and whose notice it takes back. */
export interface Notices {
  notices: Notice[];
  withdrawn: { incident: string; rev: number } | null;
}

export interface StoredNotice extends Pick<
  Notice,
  "id" | "incident" | "system" | "body"
> {
  tries: number;
}

/** `secret` is sealed. */
export interface StoredWebhook extends Webhook {
  secret: string;
}

/** The duty of one centre: its roster, its log, its hand-overs. */
export interface CentreDuty {
  /** D6: a day that somebody edited is not overwritten. */
  importRoster(rows: RosterRow[]): Promise<void>;
  /** From one date to another, both included, and how often people changed the roster. */
  roster(from: string, to: string): Promise<{ rev: number; rows: RosterRow[] }>;
  /**
   * Replaces the days that the rows name, and empties those of `days` that
   * they do not; what the log tells of it is written with it.
   * @returns the new revision, or null where `rev` is no longer current
   */
  putRoster(
    rows: RosterRow[],
    change: {
      rev: number;
      who: string;
      at: number;
      days?: readonly string[];
      entry?: Omit<DutyEntry, "correctedBy"> | null;
    },
  ): Promise<number | null>;
  add(entry: Omit<DutyEntry, "correctedBy">): Promise<void>;
  entry(id: string): Promise<DutyEntry | null>;
  /** Newest first; of one shift where it is named. */
  log(
    filter: Partial<ShiftKey> & { limit: number; cursor?: string },
  ): Promise<Page<DutyEntry>>;
  /** How many entries of each kind a shift has. */
  entries(of: ShiftKey): Promise<Record<string, number>>;
  /** @returns false where another handed this shift over, or it is received already */
  handOver(given: HandOver): Promise<boolean>;
  /** @returns false where it is received already */
  receive(
    id: string,
    at: number,
    receipt: Pick<HandOver, "receivedBy" | "receivedByName" | "remarks">,
  ): Promise<boolean>;
  handOverOf(shift: ShiftKey): Promise<HandOver | null>;
  getHandOver(id: string): Promise<HandOver | null>;
  /** Newest first. */
  handOvers(filter: {
    limit: number;
    cursor?: string;
  }): Promise<Page<HandOver>>;
}

export interface Store {
  engine: "sqlite" | "postgres";
  readings: ReadingLog;

  series: {
    /** Durable before any later `append` that uses the numbers. */
    add(rows: SeriesRow[]): Promise<void>;
    /** All, in order of `no`, in batches (a million fit in seconds). */
    each(batch: (rows: SeriesRow[]) => void): Promise<void>;
  };
  sensors: {
    put(rows: SensorRow[]): Promise<void>;
    /** Attributes longer than the contract allows are left out. */
    each(batch: (rows: SensorRow[]) => void): Promise<void>;
    get(system: string, ids: string[]): Promise<SensorRow[]>;
    /** Who they are; what they are like stands in the hub's memory. */
    page(filter: {
      kind?: string;
      district?: string;
      system?: string;
      /** Of these alone; null = of any. */
      systems?: readonly string[] | null;
      /** In these alone; null = in any or none. */
      districts?: readonly string[] | null;
      registered?: boolean;
      limit: number;
      cursor?: string;
    }): Promise<Page<Pick<SensorRow, "system" | "id">>>;
  };
  indicators: {
    /** Imports catalogue rows; a row an admin edited is never overwritten (D6). */
    import(rows: Indicator[]): Promise<void>;
    all(): Promise<Indicator[]>;
    /** @returns the new row, or null where `rev` is no longer current. The old version is kept. */
    edit(
      row: Indicator,
      expectedRev: number,
      who: string,
      at: number,
    ): Promise<Indicator | null>;
    /** Values that departments report. Same (indicator, scope, at) and value = duplicate; another value = correction, both kept. */
    report(
      values: (IndicatorValue & { feed: string; receivedAt: number })[],
    ): Promise<
      { index: number; outcome: "new" | "duplicate" | "correction" }[]
    >;
    /** Newest reported value per (indicator, scope). */
    reported(): Promise<(IndicatorValue & { receivedAt: number })[]>;
    /** Published points; the same (indicator, scope, at) replaces. */
    publish(points: IndicatorPoint[]): Promise<void>;
    history(
      indicator: string,
      scope: string,
      from: number,
      to: number,
      points: number,
    ): Promise<IndicatorPoint[]>;
    /** Mean of published values at the same weekday and city hour over the 4 weeks before `at`. Null with fewer than 4. */
    weekdayMean(
      indicator: string,
      scope: string,
      at: number,
      timeZone: string,
    ): Promise<number | null>;
  };
  /** Who sent which file; the files themselves are content-files of the flow. */
  attachments: {
    put(sent: Attachment & { account: string; at: number }): Promise<void>;
    /**
     * Marks those that the account sent as named, so that they are kept.
     * @returns their types; ids that it did not send are absent
     */
    name(
      ids: readonly string[],
      account: string,
    ): Promise<Map<string, AttachmentType>>;
    get(id: string): Promise<Attachment | null>;
    /** Bytes that an account sent and nothing names. */
    unnamedBytes(account: string): Promise<number>;
    /** Forgets who sent before then what nothing names. */
    forgetUnnamed(before: number): Promise<void>;
    /** Those of them that somebody sent. */
    known(ids: readonly string[]): Promise<Set<string>>;
  };
  incidents: {
    /**
     * Registers or updates by (feed, externalId), all or none. Numbers are
     * given in the transaction. After a resend only the sender's own fields change.
     */
    report(
      items: IncidentInput[],
      /** What statistics keep of each, written with it. */
      count?: (held: Held, line: HistoryLine | null) => Counted,
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
    children(id: string): Promise<IncidentRecord[]>;
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
  };
  /** Counts and times of a period, of what is within a scope (server/hub/statistics makes figures of them). */
  statistics: {
    /** Limits decided in the period, by the limit in force or by the first one. */
    settled(
      asked: StatisticsAsked,
      by: "granted" | "first",
    ): Promise<SettledCell[]>;
    acts(asked: StatisticsAsked): Promise<ActCell[]>;
    /** Of stages that were done in the period, by stage; by parts, of orders' handling. */
    times(
      asked: StatisticsAsked,
      by: "stage" | keyof CellParts,
    ): Promise<TimeCell[]>;
    /** The rows that a counting is the number of, each with its incident, the latest first. */
    counted(
      asked: StatisticsAsked & { limit: number; cursor?: string },
      counting: Counting,
    ): Promise<Page<CountedRow>>;
    /** What is kept of one incident; its rows name one town. */
    rowsOf(
      incident: string,
    ): Promise<Pick<Counted, "stages" | "acts"> & { towns: Counted["town"][] }>;
  };
  /** Who called is known by a keyed hash alone, and never told. */
  callers: {
    /** Of the sources' incidents of the period that have caller and category: which had one of both the same within the 30 days before. */
    repeats(asked: {
      from: number;
      to: number;
      sources: readonly string[];
    }): Promise<{ n: number; of: number }>;
    /** Once, in short turns: those of the last 60 days that an older version stored. */
    complete(now: number, signal: AbortSignal): Promise<void>;
  };
  filters: {
    /**
     * Keeps it; of one account's own, or of those for everybody, one with the
     * same name is replaced and keeps its id.
     * @returns as it is kept
     */
    put(row: FilterRow): Promise<FilterRow>;
    get(id: string): Promise<FilterRow | null>;
    /** An account's own and those for everybody, by name. */
    of(account: string): Promise<FilterRow[]>;
    drop(id: string): Promise<void>;
  };
  outbox: {
    /** What is due, the oldest first, and of one incident one at a time. */
    due(now: number, limit: number): Promise<StoredNotice[]>;
    /** Counts a try before it is made. @returns false where it was taken back */
    begin(id: string): Promise<boolean>;
    told(id: string, at: number): Promise<void>;
    /** It was not taken, and is due again then; null = it is given up. */
    again(
      id: string,
      dueAt: number | null,
      failure: { at: number; why: string },
    ): Promise<void>;
    /** What was tried before is due now, be it given up. @returns how many */
    retry(system: string, now: number): Promise<number>;
    standings(): Promise<WebhookView[]>;
    counts(): Promise<{ waiting: number; dead: number }>;
    webhooks(): Promise<StoredWebhook[]>;
    putWebhook(row: StoredWebhook): Promise<void>;
    /** With all that waits for it. */
    dropWebhook(system: string): Promise<void>;
  };
  alarms: {
    /** @param past what stood there before and is over */
    put(record: AlarmRecord, past?: PastAlarm | null): Promise<void>;
    all(): Promise<AlarmRecord[]>;
    /** Those that are over since an instant, the newest first, batch by batch. */
    past(from: number): AsyncGenerator<PastAlarm[]>;
  };
  warnings: {
    /**
     * Keeps them, all or none; none of them is awaited any more. With `also`
     * what one of them does to others: which now stand differently, and which
     * it ends that have not come yet.
     */
    put(
      items: WarningView[],
      also?: {
        by: WarningView;
        awaits: string[];
        changed?: WarningStanding[];
      },
    ): Promise<void>;
    /** Messages that came before this one and end it. */
    awaiting(id: string): Promise<WarningStanding[]>;
    /** Those of the city that are not expired, not cancelled, not superseded at `now`, in the order they were sent. */
    inForce(now: number, batch: (items: WarningView[]) => void): Promise<void>;
    /** How those of them stand that are known. */
    standing(ids: string[]): Promise<WarningStanding[]>;
    count(feed: string): Promise<number>;
  };
  cameras: {
    /** By `id`, which is the view's: `feed/code`. */
    put(items: StoredCamera[]): Promise<void>;
    all(): Promise<StoredCamera[]>;
  };
  positions: {
    /**
     * Appends history and keeps the newest per object; resolves when durable.
     * @param corrections those of the items whose instant has a position already
     */
    append(
      items: PositionView[],
      receivedAt: number,
      corrections?: ReadonlySet<PositionView>,
    ): Promise<void>;
    latest(since: number): Promise<PositionView[]>;
    track(id: string, from: number, to: number): Promise<PositionView[]>;
  };
  feeds: {
    /** D6: a feed an admin edited is not overwritten by an import. */
    import(rows: Feed[]): Promise<void>;
    /** @param key its first one */
    put(feed: Feed, key?: FeedKeyRow): Promise<void>;
    all(): Promise<FeedRow[]>;
    saveCounts(
      rows: { id: string; counts: FeedRow["counts"]; lastAt: number | null }[],
    ): Promise<void>;
  };
  feedKeys: {
    /** Ended ones too. */
    all(): Promise<FeedKeyRow[]>;
    /**
     * Keys that a launcher brings, one a feed: another than last time takes
     * that one's place, the same again changes nothing, revoked or not.
     */
    import(keys: FeedKeyRow[]): Promise<void>;
    /** Adds a key; the feed's others open it until `until` at the longest. */
    rotate(
      key: FeedKeyRow,
      times: { now: number; until: number },
    ): Promise<void>;
    revoke(id: string, at: number): Promise<void>;
    /** When they were last used, and from where. */
    saveUses(used: FeedKeyRow[]): Promise<void>;
    /** Sealed secrets by feed. */
    secrets(): Promise<Map<string, string>>;
    putSecret(feed: string, sealed: string): Promise<void>;
  };
  quarantine: {
    /** @param again how often entries came once more, by id */
    add(
      entries: QuarantineEntry[],
      again?: ReadonlyMap<string, number>,
    ): Promise<void>;
    page(
      feed: string,
      limit: number,
      cursor?: string,
    ): Promise<Page<Quarantined>>;
    get(feed: string, ids?: string[]): Promise<Quarantined[]>;
    /** @returns how many of them had not been replayed before */
    markReplayed(ids: string[], at: number): Promise<number>;
    /** Entries kept per feed that were not replayed. */
    counts(): Promise<Map<string, number>>;
  };
  accounts: {
    /** @returns false where the login, the staff number or the subject is taken */
    add(record: AccountRecord): Promise<boolean>;
    get(id: string): Promise<AccountRecord | null>;
    byLogin(login: string): Promise<AccountRecord | null>;
    bySubject(subject: string): Promise<AccountRecord | null>;
    byStaffNo(staffNo: string): Promise<AccountRecord | null>;
    page(filter: {
      search?: string;
      role?: RoleCode;
      limit: number;
      cursor?: string;
    }): Promise<Page<AccountRecord>>;
    /** Enabled accounts with a role. */
    holders(role: RoleCode): Promise<AccountRecord[]>;
    /** @returns the account as it is now; null where there is none, or not at `rev` any more */
    change(
      id: string,
      fields: Partial<Omit<AccountRecord, "id" | "roles" | "rev">>,
      rev?: number,
    ): Promise<AccountRecord | null>;
    /** Rejects where an account would have two of the separated roles. */
    setAccess(id: string, roles: RoleCode[], scope: DataScope): Promise<void>;
    /**
     * Counts a try before it is judged, so that many at once count as many.
     * @returns failures in a row, this one among them; null while the account
     * waits: the try does not count then
     */
    countTry(
      id: string,
      now: number,
      lockAfter: number,
      lockFor: number,
    ): Promise<number | null>;
    /** A try that was counted was right: it counts no more, nor does the wait that it began. */
    forgiveTry(id: string, lockAfter: number): Promise<void>;
    /** Of two with the same code one succeeds. */
    spendStep(id: string, step: number): Promise<boolean>;
    spendRecovery(
      id: string,
      before: string[],
      left: string[],
    ): Promise<boolean>;
    /** Former links of the account end. */
    addLink(hash: string, account: string, until: number): Promise<void>;
    /** @returns the account that the link would open, or null */
    byLink(hash: string, now: number): Promise<AccountRecord | null>;
    /** Of two with the same link one succeeds. */
    spendLink(hash: string, now: number): Promise<boolean>;
    dropLinks(account: string): Promise<void>;
  };
  sessions: {
    put(rows: SessionRecord[]): Promise<void>;
    remove(ids: string[]): Promise<void>;
    all(): Promise<SessionRecord[]>;
  };
  rights: {
    put(change: ChangeRecord): Promise<void>;
    /** @returns the change as decided; null where it was decided before */
    decide(
      id: string,
      state: ChangeRecord["state"],
      decided: Pick<ChangeRecord, "decidedBy" | "decidedAt">,
    ): Promise<ChangeRecord | null>;
    get(id: string): Promise<ChangeRecord | null>;
    /** Newest first; asked for from `from` on, and before `to`. */
    page(filter: {
      state?: ChangeRecord["state"];
      from?: number;
      to?: number;
      limit: number;
      cursor?: string;
    }): Promise<Page<ChangeRecord>>;
    /** Of the roles that differ from what the product ships. */
    roleActions(): Promise<Map<RoleCode, Action[]>>;
    setRoleActions(role: RoleCode, actions: Action[]): Promise<void>;
  };
  devices: {
    put(rows: DeviceRecord[]): Promise<void>;
    all(): Promise<DeviceRecord[]>;
  };
  departments: {
    /** D6: what an admin edited is not overwritten. */
    import(rows: Department[]): Promise<void>;
    put(row: Department): Promise<void>;
    all(): Promise<Department[]>;
  };
  duty: {
    /** What one centre keeps. @param centre a district's, by its department; null = the city's */
    of(centre: string | null): CentreDuty;
    /** What came in, was registered and was closed from one instant to another, within a scope. */
    became(from: number, to: number, within: DataScope): Promise<Became>;
  };
  algorithms: {
    /** D6: what an admin edited is not overwritten. */
    import(rows: readonly Algorithm[]): Promise<void>;
    put(row: Algorithm): Promise<void>;
    all(): Promise<Algorithm[]>;
  };
  /** What the city took as its tables of rules. */
  rules: {
    /** Newest first. */
    editions(table: RuleTable, limit: number): Promise<Edition[]>;
    rows(table: RuleTable, no: number): Promise<unknown[] | null>;
    /** @returns false where another took this edition first */
    put(
      table: RuleTable,
      edition: { no: number; at: number; who: string },
      rows: readonly unknown[],
    ): Promise<boolean>;
  };
  audit: AuditLog;
  /** Small named JSON values: city pack version, epoch, demo flag, open alarms, … */
  facts: {
    get(name: string): Promise<unknown>;
    set(name: string, value: unknown): Promise<void>;
  };
  /** Removes what is older than its retention; safe to call at any time. */
  prune(now: number, keep: Retention): Promise<void>;
  /** Resolves when a write can be made (a probe); rejects with the reason. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

/** Incidents that came in within a span, counted by what they are, and what became of those of any time. */
export interface Became {
  reported: {
    source: string;
    priority: number | null;
    district: string | null;
    n: number;
  }[];
  registered: number;
  closed: number;
}

/** How long each level is kept, ms. */
export interface Retention {
  raw: number;
  minute: number;
  hour: number;
  day: number;
  positions: number;
  quarantine: number;
  alarms: number;
  /** How long a message that ends another waits for it. */
  awaited: number;
}

/** An incident with all that is known of it but who reported it. */
export interface StoredIncident extends Held {
  attachments: { url: string; kind: string }[];
  /** The oldest first. */
  history: HistoryLine[];
}

/** Which incidents; those that meet all that is given. */
export interface StatisticsAsked {
  /** [from, to). */
  from: number;
  to: number;
  /** What is due later is not settled yet. */
  now: number;
  district?: string;
  town?: string;
  department?: string;
  source?: string;
  matterClass?: MatterClass;
  /** Any of these. */
  categories?: readonly string[];
  /** None of these categories. */
  otherThan?: readonly string[];
  /** Tells cells apart by category as well. */
  byCategory?: boolean;
  /** Tells cells apart by town alone. */
  byTown?: boolean;
  within: DataScope;
}

/** What cells are told apart by. Empty = none is known, or nobody's yet. */
export interface CellParts {
  department: string;
  district: string;
  source: string;
  matterClass: string;
}
/** A cell's category and town; empty where they are not asked for, or none is known. */
export interface CellExtras {
  category: string;
  town: string;
}
export interface SettledCell extends CellParts, CellExtras {
  stage: MeasuredStage;
  n: number;
  kept: number;
}
export interface ActCell extends CellParts, CellExtras {
  act: Act;
  n: number;
}
export interface TimeCell {
  key: string;
  n: number;
  natural: Percentiles;
  worked: Percentiles | null;
}

/** One counted row; `dueAt` and `isKept` by the limit that was asked about. */
export interface CountedRow {
  held: Held;
  department: string;
  order: number | null;
  at: number;
  act: Act | null;
  dueAt: number | null;
  stoppedAt: number | null;
  isKept: boolean | null;
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

export interface StoreOptions {
  /** `sqlite:PATH` or `postgres://…` */
  url: string;
  /** The city's zone: days of roll-ups, years of incident numbers. Asia/Shanghai where not given. */
  timeZone?: string;
  /** Seals what tells of persons; without it such columns are stored as they are. */
  vault?: Vault;
  /** Masks the texts of incidents that are looked for; without it they are found as they are. */
  show?: ShowTexts;
  /** Called when the log was folded, for metrics. */
  onFold?: (rows: number, ms: number) => void;
}
