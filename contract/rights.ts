import { z } from "zod";
import { OneTimeLink, Reason } from "./account.ts";
import { DataScope } from "./data-scope.ts";
import { defineDoor } from "./door.ts";
import { Action, Role, RoleCode } from "./role.ts";
import { Sentence } from "./sentence.ts";
import { text } from "./text.ts";
import { Duration, Instant, MINUTE } from "./time.ts";

/** Rules of sign-in that the security administrator sets (等保 §12 of domain.md). */
export const Policy = z.object({
  passwordLength: z.number().int().min(8).max(64),
  /** Of lower case, upper case, digits, other signs: how many kinds at least. */
  passwordKinds: z.number().int().min(1).max(4),
  /** Former passwords that may not come again. */
  passwordHistory: z.number().int().min(0).max(24),
  /** Days after which a new one must be chosen; 0 = never. */
  passwordDays: z.number().int().min(0).max(730),
  /** Failures in a row after which an account waits. */
  lockAfter: z.number().int().min(3).max(20),
  lockFor: Duration.min(MINUTE).max(24 * 60 * MINUTE),
  /** ms without a hand after which a desk locks; 0 = never. */
  idleAfter: Duration.max(24 * 60 * MINUTE),
  /** ms after which a session ends whatever is done in it. */
  sessionFor: Duration.min(5 * MINUTE).max(30 * 24 * 60 * MINUTE),
  /** A new sign-in ends the account's other sessions. */
  oneSession: z.boolean(),
  /** Days after which it is forgotten who reported an incident that is over; 0 = never. */
  reporterDays: z.number().int().min(0).max(3650),
  /** Days that the audit is kept: never less than half a year. */
  auditDays: z.number().int().min(183).max(3650),
});
export type Policy = z.infer<typeof Policy>;

/** What two persons may change together. */
export const RightsChange = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("access"),
    account: z.string(),
    roles: z.array(RoleCode).max(8),
    scope: DataScope,
  }),
  z.object({
    kind: z.literal("enable"),
    account: z.string(),
  }),
  /** A new one-time link for one of the separated administrators, in two halves. */
  z.object({ kind: z.literal("reset"), account: z.string() }),
  z.object({
    kind: z.literal("role"),
    role: RoleCode,
    actions: z.array(Action),
  }),
  z.object({ kind: z.literal("policy"), policy: Policy }),
]);
export type RightsChange = z.infer<typeof RightsChange>;

export const ChangeRequest = z.object({
  id: z.string(),
  change: RightsChange,
  /** The account's login and name, the role's code, or empty. */
  target: z.string(),
  /** What holds now, of the same shape; null where there is nothing to compare. */
  before: RightsChange.nullable(),
  reason: z.string(),
  by: z.string(),
  byName: z.string(),
  at: Instant,
  state: z.enum(["waiting", "confirmed", "refused", "withdrawn", "expired"]),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  /** May the one who asks confirm it? If not, why. */
  obstacle: Sentence.nullable(),
  /** Of a change after which the person comes in anew: the asker's half of the link, told to nobody else. */
  half: z.string().nullable(),
});
export type ChangeRequest = z.infer<typeof ChangeRequest>;

export const rightsDoors = {
  listRoles: defineDoor({
    method: "GET",
    path: "/api/roles",
    summary: "Roles and what each may do",
    permission: "own",
    reply: z.object({ items: z.array(Role) }),
  }),
  listChanges: defineDoor({
    method: "GET",
    path: "/api/rights/changes",
    summary: "Changes of rights: those that wait, and those decided",
    permission: "readAccounts",
    query: z.object({
      state: ChangeRequest.shape.state.optional(),
      limit: z.coerce.number().int().min(1).max(500).default(50),
      cursor: text(1000).optional(),
    }),
    reply: z.object({
      items: z.array(ChangeRequest),
      cursor: z.string().nullable(),
    }),
  }),
  requestChange: defineDoor({
    method: "POST",
    path: "/api/rights/changes",
    summary: "Ask for a change of rights; a second person confirms it",
    permission: "changeRights",
    body: z.object({ change: RightsChange, reason: Reason }),
    reply: ChangeRequest,
  }),
  confirmChange: defineDoor({
    method: "POST",
    path: "/api/rights/changes/{id}/confirm",
    summary: "Confirm another's change: it takes effect now",
    permission: "changeRights",
    reply: z.object({
      request: ChangeRequest,
      /** The confirmer's half, where the person comes in anew: a `reset`, or an `access` by which somebody becomes one of the three. */
      link: OneTimeLink.nullable(),
    }),
  }),
  /** One's own is withdrawn, another's refused. */
  refuseChange: defineDoor({
    method: "POST",
    path: "/api/rights/changes/{id}/refuse",
    summary: "Refuse a change of rights, or withdraw one's own",
    permission: "changeRights",
    body: z.object({ reason: Reason }),
    reply: ChangeRequest,
  }),
  getPolicy: defineDoor({
    method: "GET",
    path: "/api/rights/policy",
    summary: "The rules of sign-in",
    permission: "readAccounts",
    reply: Policy,
  }),
};
