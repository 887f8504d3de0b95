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
});
export type Clock = z.infer<typeof Clock>;
