import { z } from "zod";
import { defineDoor } from "./door.ts";
import { text } from "./text.ts";
import { Instant, InstantAsked } from "./time.ts";

/** `done` is written before the act takes effect; `failed` follows where it then did not. */
export const AuditResult = z.enum(["done", "refused", "failed"]);
export type AuditResult = z.infer<typeof AuditResult>;

/** One line of the audit: who, when, where, what, of which object, from what to what. */
export const AuditLine = z.object({
  /** From 1, without gaps. */
  seq: z.number().int(),
  at: Instant,
  /** Login, device or feed; empty for strangers. */
  who: z.string(),
  roles: z.string(),
  /** Address the request came from. */
  address: z.string(),
  /** What was done: `signIn`, `revealIncident`, a door's name. */
  act: z.string(),
  /** `account/…`, `incident/…`, `feed/…`. */
  object: z.string(),
  result: AuditResult,
  /** A sentence or a reason; personal data are masked. */
  detail: z.string(),
  /** JSON of what held before and after, or empty. */
  before: z.string(),
  after: z.string(),
  /** SHA-256 of the line before, and of this one over it, hex. */
  previous: z.string(),
  hash: z.string(),
});
export type AuditLine = z.infer<typeof AuditLine>;

/** What people call something; `nameEn` is empty where there is one name for all. */
export const Named = z.object({ nameZh: z.string(), nameEn: z.string() });
export type Named = z.infer<typeof Named>;

const Filter = z.object({
  from: InstantAsked.optional(),
  to: InstantAsked.optional(),
  who: text(128).optional(),
  act: text(80).optional(),
  object: text(200).optional(),
  result: AuditResult.optional(),
});

export const auditDoors = {
  listAudit: defineDoor({
    method: "GET",
    path: "/api/audit",
    summary: "The audit, newest first, a page at a time",
    permission: "readAudit",
    query: Filter.extend({
      limit: z.coerce.number().int().min(1).max(500).default(100),
      cursor: text(1000).optional(),
    }),
    reply: z.object({
      items: z.array(AuditLine),
      cursor: z.string().nullable(),
      /** Present names of these lines' objects and of who did it (`account/…`), where they have one; no part of the audit. */
      names: z.record(z.string(), Named),
      /** Every act there is, for the filter. */
      acts: z.array(z.string()),
    }),
  }),
  exportAudit: defineDoor({
    method: "GET",
    path: "/api/audit/export",
    summary: "The audit as CSV, oldest first, with its hashes",
    permission: "readAudit",
    audited: true,
    query: Filter,
    reply: z.unknown(),
  }),
  verifyAudit: defineDoor({
    method: "POST",
    path: "/api/audit/verify",
    summary: "Check the whole chain, its seal and its anchor",
    permission: "readAudit",
    reply: z.object({
      lines: z.number().int(),
      first: z.number().int(),
      last: z.number().int(),
      /** Sentences; none where all is well. */
      findings: z.array(z.string()),
    }),
  }),
};
