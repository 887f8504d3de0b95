/** The audit: its lines, and the seal over them. */
import type { AuditLine } from "../../contract/audit.ts";
import type { Page } from "./page.ts";

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
