import { z } from "zod";
import { SENTENCES } from "./sentences.ts";
import { text } from "./text.ts";

/**
 * In which time a limit counts (domain.md §5): `urgentHour` runs day and
 * night; `workHour` in working hours only; a `workDay` is as many work hours as
 * a working day has; a `naturalDay` ends at the same time of a later day.
 */
export const LimitType = z.enum([
  "urgentHour",
  "workHour",
  "workDay",
  "naturalDay",
]);
export type LimitType = z.infer<typeof LimitType>;

/** The least and the most of a limit's hours or days. */
export const [SHORTEST_LIMIT, LONGEST_LIMIT] = [0.01, 10_000];

/** The time that a step may take: so many hours or days, fractions allowed (0.25 h is 15 minutes). */
export const Limit = z.object({
  amount: z
    .number()
    .min(SHORTEST_LIMIT, SENTENCES.limitAmount)
    .max(LONGEST_LIMIT, SENTENCES.limitAmount),
  type: LimitType,
});
export type Limit = z.infer<typeof Limit>;

/** A 一般性 ordinary, B 工程性 needs works, C 特殊性 special. */
export const MatterClass = z.enum(["A", "B", "C"]);
export type MatterClass = z.infer<typeof MatterClass>;

/** The steps of an incident that have a clock each. */
export const LimitStage = z.enum([
  "accept",
  "verify",
  "dispatch",
  "sign",
  "handle",
  "check",
]);
export type LimitStage = z.infer<typeof LimitStage>;

/** A row of the city's limits; which of several holds is for the hub's `limitFor` to say. */
export const LimitRow = Limit.extend({
  /** Major or minor category; null is every category. */
  category: text(64).min(1).nullable(),
  /** null is every class. */
  matterClass: MatterClass.nullable(),
  stage: LimitStage,
});
export type LimitRow = z.infer<typeof LimitRow>;
