import { z } from "zod";
import { defineDoor } from "./door.ts";
import { LngLat } from "./place.ts";
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
});
export type Worker = z.infer<typeof Worker>;

export const workerDoors = {
  listWorkers: defineDoor({
    method: "GET",
    path: "/api/workers",
    summary: "Grid workers of one's scope, who can be sent to a visit",
    permission: "triage",
    reply: z.object({ items: z.array(Worker) }),
  }),
};
