import { z } from "zod";
import { Limit } from "./limit.ts";
import { Instant } from "./time.ts";

/** Per cent of a limit at which those who must act are urged (催办). */
export const MARKS = [50, 80, 100] as const;
export const Mark = z.literal(MARKS);
export type Mark = z.infer<typeof Mark>;

/** From this share of its limit, in per cent, a clock's light is yellow. */
export const YELLOW: Mark = 80;

/** `red` is overdue; `grey` is paused before it was overdue: nobody is late meanwhile. */
export const Light = z.enum(["green", "yellow", "red", "grey"]);
export type Light = z.infer<typeof Light>;

/** What a clock came to when it stopped: kept with it, since a changed calendar would move it. */
export const Judgement = z.object({
  /** Deadlines of the limit in force and of the first; null where a pause kept them open. */
  dueAt: Instant.nullable(),
  firstDueAt: Instant.nullable(),
  isKept: z.boolean(),
  /** Was the limit that it began with kept, whatever was granted later? */
  isFirstKept: z.boolean(),
  /** ms of working time that it ran. */
  worked: z.number().int(),
  /** Its step was done; else it was called off: returned, voided, begun anew. */
  isDone: z.boolean(),
});
export type Judgement = z.infer<typeof Judgement>;

/**
 * The clock of one step of an incident, as it is stored. It keeps the limit it
 * began with; every instant that it is asked for is computed anew.
 */
export const Clock = z.object({
  limit: Limit,
  /** By extension, in place of `limit` and counted from the same start; `limit` stays for statistics. */
  granted: Limit.nullable(),
  startedAt: Instant,
  /** In order; the last one may still last (`to` null), also in a clock that was stopped meanwhile. */
  pauses: z.array(z.object({ from: Instant, to: Instant.nullable() })),
  stoppedAt: Instant.nullable(),
  /** Marks that were urged at, of the limit in force. */
  told: z.array(Mark),
  /** Absent while it runs, and in clocks that stopped before they were judged. */
  judgement: Judgement.optional(),
});
export type Clock = z.infer<typeof Clock>;
