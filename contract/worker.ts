import { z } from "zod";
import { defineDoor } from "./door.ts";
import { LngLat } from "./place.ts";
import { text } from "./text.ts";
import { Instant } from "./time.ts";

/** A grid worker (网格员) who can be sent to look at something. */
export const Worker = z.object({
  login: z.string(),
  name: z.string(),
  /** Codes; null = of the whole city. */
  districts: z.array(z.string()).nullable(),
  /** On the shift that keeps the watch. */
  isOnShift: z.boolean(),
  /** Visits to them that wait for a result. */
  visits: z.number().int(),
  /** Where an object of kind `gridWorker` and of their login was last heard, from a system of their departments; null where none was. */
  at: LngLat.extend({ at: Instant }).nullable(),
  /** The incident that was asked about lies in their scope, so that a visit reaches them; null where none was asked about. */
  isReached: z.boolean().nullable(),
});
export type Worker = z.infer<typeof Worker>;

export const workerDoors = {
  listWorkers: defineDoor({
    method: "GET",
    path: "/api/workers",
    summary: "Grid workers of one's scope, who can be sent to a visit",
    permission: "triage",
    query: z.object({
      incident: text(64)
        .min(1)
        .optional()
        .describe("whom a visit to this incident reaches is told as well"),
    }),
    reply: z.object({
      items: z.array(Worker),
      /** A visit to it reaches at least one, be he outside one's scope; null where no incident was asked about. */
      isSomebodyReached: z.boolean().nullable(),
    }),
  }),
};
