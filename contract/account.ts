import { z } from "zod";
import { DataScope } from "./data-scope.ts";
import { defineDoor } from "./door.ts";
import { RoleCode } from "./role.ts";
import { SENTENCES } from "./sentences.ts";
import { Login } from "./session.ts";
import { said, text } from "./text.ts";
import { Instant } from "./time.ts";

/** A reason that is kept: a word is none. */
export const Reason = said(500, 4, SENTENCES.reasonShort);

/** One person's account. Roles and scope change by two persons only (contract/rights.ts). */
export const Account = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  /** Number of the person in the city's staff: nobody has two accounts. */
  staffNo: z.string(),
  roles: z.array(RoleCode),
  scope: DataScope,
  enabled: z.boolean(),
  /** Who vouches for the person: the hub itself, or the single sign-on. */
  origin: z.enum(["local", "singleSignOn"]),
  hasPassword: z.boolean(),
  hasSecondFactor: z.boolean(),
  createdAt: Instant,
  signedInAt: Instant.nullable(),
  /** Too many failures; signs in again from then on. */
  lockedUntil: Instant.nullable(),
  rev: z.number().int(),
});
export type Account = z.infer<typeof Account>;

/** A one-time link is told once, and opens the account's first sign-in. */
export const OneTimeLink = z.object({ url: z.string(), until: Instant });
export type OneTimeLink = z.infer<typeof OneTimeLink>;

export const accountDoors = {
  listAccounts: defineDoor({
    method: "GET",
    path: "/api/accounts",
    summary: "Accounts, by login, a page at a time",
    permission: "readAccounts",
    query: z.object({
      /** Part of a login, a name or a staff number. */
      search: text(80).optional(),
      role: RoleCode.optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
      cursor: text(1000).optional(),
    }),
    reply: z.object({
      items: z.array(Account),
      cursor: z.string().nullable(),
    }),
  }),
  /** Without rights until a change that asks for them is confirmed. */
  createAccount: defineDoor({
    method: "POST",
    path: "/api/accounts",
    summary: "Add a person's account; it has no rights yet",
    permission: "manageAccounts",
    body: z.object({
      login: Login,
      name: said(80),
      staffNo: text(40).min(1),
    }),
    reply: z.object({ account: Account, link: OneTimeLink }),
  }),
  editAccount: defineDoor({
    method: "PATCH",
    path: "/api/accounts/{id}",
    summary: "Correct a name or a staff number",
    permission: "manageAccounts",
    body: z.object({
      rev: z.number().int(),
      name: said(80).optional(),
      staffNo: text(40).min(1).optional(),
    }),
    reply: Account,
  }),
  disableAccount: defineDoor({
    method: "POST",
    path: "/api/accounts/{id}/disable",
    summary: "Cut a leaver off at once, open sockets included",
    permission: "manageAccounts",
    body: z.object({ reason: Reason }),
    reply: Account,
  }),
  /** Of an account with one of the three separated roles: only as a change by two (`reset`). */
  newLink: defineDoor({
    method: "POST",
    path: "/api/accounts/{id}/link",
    summary: "Forget password and second factor; a new one-time link",
    permission: "manageAccounts",
    body: z.object({ reason: Reason }),
    reply: OneTimeLink,
  }),
  unlockAccount: defineDoor({
    method: "POST",
    path: "/api/accounts/{id}/unlock",
    summary: "End the wait after too many failures",
    permission: "manageAccounts",
    body: z.object({ reason: Reason }),
    reply: Account,
  }),
};
