import { z } from "zod";
import { NotIn } from "./not-in.ts";
import type { Action } from "./role.ts";
import { FieldSentence, Sentence } from "./sentence.ts";

/**
 * Who may ask. `known`: any session, finished or not, or paired wall. `entering`:
 * a person's session, even one that still lacks a code or a password. `inside`:
 * a complete session or a wall. `own`: a person's complete session, about
 * itself. `working`: one of the actions that steps of incidents ask for. Else an
 * action that one of the caller's roles allows.
 */
export type Permission =
  "public" | "known" | "entering" | "inside" | "own" | "working" | Action;

/** One HTTP door: the server mounts it, the browser calls it, OpenAPI prints it. */
export interface Door<
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path with `{name}` parameters. */
  path: string;
  summary: string;
  permission: Permission;
  /** Leaves a line in the audit before it takes effect: whatever changes something, and what shows much. */
  audited: boolean;
  /** Path of the page that tells a person's browser what this door refused, as `?why=` (contract/not-in.ts); null = whoever asks reads the problem. */
  refusedAt: string | null;
  query: Q;
  body: B;
  /** The body is `Bytes`, not JSON: at most so many. */
  bytes?: number;
  reply: R;
}

const nothing = z.object({});

/** A parameter that is misspelt would silently narrow nothing: a query takes what it names alone, unless it says otherwise. */
const closed = (query: z.ZodType): z.ZodType =>
  query instanceof z.ZodObject && query.def.catchall === undefined
    ? query.strict()
    : query;

/** Body of a door that takes a file as it is. */
export const Bytes = z.custom<Uint8Array>(
  (given) => given instanceof Uint8Array,
);

/** Declares a door; a missing query or body means an empty one, a query names all it takes, and what is no GET is audited. */
export function defineDoor<
  R extends z.ZodType,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = typeof nothing,
>(door: {
  method: Door["method"];
  path: string;
  summary: string;
  permission: Permission;
  audited?: boolean;
  refusedAt?: string;
  query?: Q;
  body?: B;
  bytes?: number;
  reply: R;
}): Door<Q, B, R> {
  return {
    ...door,
    audited: door.audited ?? door.method !== "GET",
    refusedAt: door.refusedAt ?? null,
    query: closed(door.query ?? nothing) as Q,
    body: door.body ?? (nothing as unknown as B),
  };
}

/** RFC 9457 problem, the body of every error reply. */
export const Problem = z.object({
  type: z.string().default("about:blank"),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  /** What `detail` says, for a reader of another language. */
  code: Sentence.shape.code,
  facts: Sentence.shape.facts,
  errors: z.array(FieldSentence).optional(),
  /** Why whoever asks is not in; one that this version does not know is none. */
  why: NotIn.optional().catch(undefined),
});
export type Problem = z.infer<typeof Problem>;
