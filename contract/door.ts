import { z } from "zod";

/** What a caller must be allowed to do; roles map to these in server/auth. */
export const Permission = z.enum(["public", "view", "operate", "configure"]);
export type Permission = z.infer<typeof Permission>;

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
  query: Q;
  body: B;
  reply: R;
}

const nothing = z.object({});

/** Declares a door; a missing query or body means an empty one. */
export function defineDoor<
  R extends z.ZodType,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = typeof nothing,
>(door: {
  method: Door["method"];
  path: string;
  summary: string;
  permission: Permission;
  query?: Q;
  body?: B;
  reply: R;
}): Door<Q, B, R> {
  return {
    ...door,
    query: door.query ?? (nothing as unknown as Q),
    body: door.body ?? (nothing as unknown as B),
  };
}

/** RFC 9457 problem, the body of every error reply. */
export const Problem = z.object({
  type: z.string().default("about:blank"),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  errors: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .optional(),
});
export type Problem = z.infer<typeof Problem>;
