/**
 * What the hub asks of its store. Two engines answer: SQLite (embedded) and
 * PostgreSQL; `openStore` picks by URL. Everything is async: the hub never
 * waits on a disk inside its own thread (decisions D4).
 */
import type {
  AccountStore,
  DeviceStore,
  RightsStore,
  SessionStore,
} from "./account-store.ts";
import type { AlarmStore } from "./alarm-store.ts";
import type { AttachmentStore } from "./attachment-store.ts";
import type { AuditLog } from "./audit-store.ts";
import type { CameraStore } from "./camera-store.ts";
import type {
  AlgorithmStore,
  DepartmentStore,
  FactStore,
  RuleStore,
} from "./city-store.ts";
import type { DutyStore } from "./duty-store.ts";
import type { FeedKeyStore, FeedStore, QuarantineStore } from "./feed-store.ts";
import type { FilterStore } from "./filter-store.ts";
import type { IncidentStore, ShowTexts } from "./incident-store.ts";
import type { IndicatorStore } from "./indicator-store.ts";
import type { OutboxStore } from "./outbox-store.ts";
import type { PositionStore } from "./position-store.ts";
import type { ReadingLog, SensorStore, SeriesStore } from "./reading-store.ts";
import type { CallerStore, StatisticsStore } from "./statistics-store.ts";
import type { Vault } from "./vault.ts";
import type { WarningStore } from "./warning-store.ts";

export type * from "./account-store.ts";
export type * from "./alarm-store.ts";
export type * from "./attachment-store.ts";
export type * from "./audit-store.ts";
export type * from "./camera-store.ts";
export type * from "./city-store.ts";
export type * from "./duty-store.ts";
export type * from "./feed-store.ts";
export type * from "./filter-store.ts";
export type * from "./incident-store.ts";
export type * from "./indicator-store.ts";
export type * from "./outbox-store.ts";
export type * from "./page.ts";
export type * from "./position-store.ts";
export type * from "./reading-store.ts";
export type * from "./statistics-store.ts";
export type * from "./warning-store.ts";
export { LAUNCHER } from "./feed-store.ts";
export type { Vault } from "./vault.ts";

export interface Store {
  engine: "sqlite" | "postgres";
  readings: ReadingLog;
  series: SeriesStore;
  sensors: SensorStore;
  indicators: IndicatorStore;
  attachments: AttachmentStore;
  incidents: IncidentStore;
  statistics: StatisticsStore;
  callers: CallerStore;
  filters: FilterStore;
  outbox: OutboxStore;
  alarms: AlarmStore;
  warnings: WarningStore;
  cameras: CameraStore;
  positions: PositionStore;
  feeds: FeedStore;
  feedKeys: FeedKeyStore;
  quarantine: QuarantineStore;
  accounts: AccountStore;
  sessions: SessionStore;
  rights: RightsStore;
  devices: DeviceStore;
  departments: DepartmentStore;
  duty: DutyStore;
  algorithms: AlgorithmStore;
  rules: RuleStore;
  audit: AuditLog;
  facts: FactStore;
  /** Removes what is older than its retention; safe to call at any time. */
  prune(now: number, keep: Retention): Promise<void>;
  /** Resolves when a write can be made (a probe); rejects with the reason. */
  probe(): Promise<void>;
  close(): Promise<void>;
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
