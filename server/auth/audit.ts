/** What everybody who writes the audit is given. */
import type { AuditResult } from "../../contract/audit.ts";

export interface AuditEntry {
  /** Login, `device/…`, `feed/…`; empty for strangers. */
  who: string;
  roles: readonly string[];
  address: string;
  act: string;
  object: string;
  result: AuditResult;
  detail?: string;
  /** What holds before and after, kept as JSON; no secrets. */
  before?: unknown;
  after?: unknown;
}

export interface Audit {
  /**
   * Durable when it resolves. Whoever acts waits for it first: an act without
   * its line is refused. @throws StoreDown
   */
  write(entry: AuditEntry): Promise<void>;
}
