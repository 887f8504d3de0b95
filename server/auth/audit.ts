/** What everybody who writes the audit is given. */
import type { AuditResult } from "../../contract/audit.ts";
import type { Sentence } from "../../contract/sentence.ts";
import type { Principal } from "./principal.ts";

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

/** Leaves a line about one act in the audit; what follows it takes effect. */
export type Tell = (line: {
  object: string;
  detail?: string;
  before?: unknown;
  after?: unknown;
  /** Where it is not who asks: whoever signs in by it. */
  who?: Pick<Principal, "login" | "roles">;
}) => Promise<void>;

/** Sentences as a line's detail keeps them: in English, behind semicolons. */
export const noted = (...sentences: Sentence[]): string =>
  sentences.map(({ message }) => message).join("; ");

export interface Audit {
  /**
   * Durable when it resolves. Whoever acts waits for it first: an act without
   * its line is refused. @throws StoreDown
   */
  write(entry: AuditEntry): Promise<void>;
}
