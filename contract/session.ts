import { z } from "zod";
import { DataScope } from "./data-scope.ts";
import { defineDoor } from "./door.ts";
import { Action, RoleCode } from "./role.ts";
import { SENTENCES } from "./sentences.ts";
import { text } from "./text.ts";
import { Instant } from "./time.ts";

/**
 * How far a sign-in has come. `code`: the second factor is asked for.
 * `password`: a new one must be chosen. `enrol`: a second factor must be set
 * up. `locked`: idle too long; the socket stays, the doors ask for the password.
 */
export const Stage = z.enum([
  "code",
  "password",
  "enrol",
  "complete",
  "locked",
]);
export type Stage = z.infer<typeof Stage>;

/** Who is looking: a person's session, or a wall's. */
export const Session = z.object({
  kind: z.enum(["person", "device"]),
  /** The account's login; a device's id. */
  login: z.string(),
  name: z.string(),
  stage: Stage,
  roles: z.array(RoleCode),
  /** What the roles allow together; nothing before the sign-in is complete. */
  permissions: z.array(Action),
  scope: DataScope,
  /** Screens that a device shows, the first at once; null for people. */
  screens: z.array(z.string()).nullable(),
  /** ms without a hand on the desk after which it locks; null = never. */
  idleAfter: z.number().nullable(),
  secondFactor: z.boolean(),
});
export type Session = z.infer<typeof Session>;

export const Login = text(64).regex(
  /^[a-z0-9][a-z0-9._-]{1,63}$/,
  SENTENCES.loginShape,
);
const Password = z.string().max(200);
/** Six digits of the app, or one of the recovery codes. */
const Code = z.string().min(6).max(20);

/** One of a person's sessions, as lists show it. */
export const SessionRow = z.object({
  /** Names it; opens nothing. */
  id: z.string(),
  account: z.string(),
  login: z.string(),
  name: z.string(),
  stage: Stage,
  openedAt: Instant,
  /** The last act of a hand. */
  activeAt: Instant,
  until: Instant,
  /** Where it was opened from. */
  address: z.string(),
  browser: z.string(),
  /** Is it the one that asks? */
  own: z.boolean(),
  /** Open sockets. */
  sockets: z.number().int(),
});
export type SessionRow = z.infer<typeof SessionRow>;

export const sessionDoors = {
  /** A wrong name, a wrong password and a locked account answer alike. */
  signIn: defineDoor({
    method: "POST",
    path: "/api/session",
    summary: "Sign in by name and password, or by a one-time link's token",
    permission: "public",
    body: z.union([
      z.object({ token: z.string().min(20).max(200) }),
      z.object({ login: z.string().min(1).max(64), password: Password }),
    ]),
    reply: Session,
  }),
  /** What the sign-in page offers. */
  signInWays: defineDoor({
    method: "GET",
    path: "/api/session/ways",
    summary: "How one may sign in here",
    permission: "public",
    reply: z.object({
      /** The single sign-on's name, or null where there is none. */
      singleSignOn: z.string().nullable(),
      demo: z.boolean(),
      /** What a new password needs at least. */
      password: z.object({ length: z.number(), kinds: z.number() }),
    }),
  }),
  /** Answers with a redirect to the single sign-on's own page. */
  startSingleSignOn: defineDoor({
    method: "GET",
    path: "/api/oidc/start",
    summary: "Sign in where the city's single sign-on is",
    permission: "public",
    refusedAt: "/login",
    query: z.object({ next: text(500).optional() }),
    reply: z.unknown(),
  }),
  /** Where the single sign-on sends the browser back to; answers with a page that leads on. */
  finishSingleSignOn: defineDoor({
    method: "GET",
    path: "/api/oidc/callback",
    summary: "Come back from the single sign-on",
    permission: "public",
    audited: true,
    refusedAt: "/login",
    query: z.looseObject({ state: text(500).optional() }),
    reply: z.unknown(),
  }),
  whoAmI: defineDoor({
    method: "GET",
    path: "/api/session",
    summary: "The present session",
    permission: "known",
    reply: Session,
  }),
  signOut: defineDoor({
    method: "DELETE",
    path: "/api/session",
    summary: "End the session",
    permission: "entering",
    reply: z.object({}),
  }),
  giveCode: defineDoor({
    method: "POST",
    path: "/api/session/code",
    summary: "Give the second factor's code",
    permission: "entering",
    body: z.object({ code: Code }),
    reply: Session,
  }),
  changePassword: defineDoor({
    method: "POST",
    path: "/api/session/password",
    summary: "Choose a new password; the other sessions of the account end",
    permission: "entering",
    body: z.object({
      /** The present one; not asked for at a first sign-in by link. */
      old: Password.optional(),
      password: Password,
    }),
    reply: Session,
  }),
  startSecondFactor: defineDoor({
    method: "POST",
    path: "/api/session/factor",
    summary: "Begin to set up a second factor (TOTP)",
    permission: "entering",
    body: z.object({
      /** Asked for where the sign-in is complete already. */
      password: Password.optional(),
    }),
    reply: z.object({
      /** Base32, to type in where no camera is. */
      secret: z.string(),
      /** `otpauth://totp/…`, to be drawn as a QR code. */
      uri: z.string(),
    }),
  }),
  confirmSecondFactor: defineDoor({
    method: "POST",
    path: "/api/session/factor/confirm",
    summary: "Prove the new second factor by a first code",
    permission: "entering",
    body: z.object({ code: Code }),
    reply: z.object({
      session: Session,
      /** Each signs in once where the telephone is lost; told this once. */
      recoveryCodes: z.array(z.string()),
    }),
  }),
  unlock: defineDoor({
    method: "POST",
    path: "/api/session/unlock",
    summary: "Unlock a desk that was idle",
    permission: "entering",
    body: z.object({ password: Password }),
    reply: Session,
  }),
  stayActive: defineDoor({
    method: "POST",
    path: "/api/session/active",
    summary: "A hand moved at this desk: it does not lock yet",
    permission: "own",
    audited: false,
    reply: z.object({}),
  }),
  ownSessions: defineDoor({
    method: "GET",
    path: "/api/session/own",
    summary: "Where this account is signed in",
    permission: "own",
    reply: z.object({ items: z.array(SessionRow) }),
  }),
  endOwnSession: defineDoor({
    method: "DELETE",
    path: "/api/session/own/{id}",
    summary: "End one of this account's sessions",
    permission: "own",
    reply: z.object({}),
  }),
  listSessions: defineDoor({
    method: "GET",
    path: "/api/sessions",
    summary: "Every open session",
    permission: "readAccounts",
    query: z.object({ account: text(64).optional() }),
    reply: z.object({ items: z.array(SessionRow) }),
  }),
  endSession: defineDoor({
    method: "DELETE",
    path: "/api/sessions/{id}",
    summary: "End somebody's session and its sockets",
    permission: "manageAccounts",
    reply: z.object({}),
  }),
};
