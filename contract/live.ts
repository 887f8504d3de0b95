import type { z } from "zod";

/** What a topic's declaration fixes for both sides of the wire. */
export interface Topic<
  P extends z.ZodType = z.ZodType,
  I extends z.ZodType<{ id: string | number }> = z.ZodType<{
    id: string | number;
  }>,
> {
  name: string;
  params: P;
  /** Items are held and replaced by `id`. */
  item: I;
  /** Hot topics are conflated (R5); the others flush at once. */
  hot: boolean;
}

/** Declares a live topic. `permission` to follow is `view` plus the session's scope (R6). */
export function defineTopic<
  P extends z.ZodType,
  I extends z.ZodType<{ id: string | number }>,
>(topic: { name: string; params: P; item: I; hot?: boolean }): Topic<P, I> {
  return { hot: false, ...topic };
}

export type ParamsOf<T> =
  T extends Topic<infer P, infer _I> ? z.input<P> : never;
export type ItemOf<T> =
  T extends Topic<infer _P, infer I> ? z.output<I> : never;

/** A list among a topic's params is a set: said twice or in another order, it asks for the same room. */
export const asSet = (param: unknown): unknown =>
  Array.isArray(param) ? [...new Set<unknown>(param)].sort() : param;
