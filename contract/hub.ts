import { z } from "zod";
import { defineDoor } from "./door.ts";

/** How the hub itself fares, for those who keep it running. */
export const HubState = z.object({
  version: z.string(),
  /** Seconds since it started. */
  uptime: z.number(),
  store: z.object({
    engine: z.string(),
    /** Why it cannot write, in a sentence; null where it can. */
    trouble: z.string().nullable(),
    /** Writes handed over that are not durable yet. */
    waiting: z.number().int(),
  }),
  /** What systems are still to be told of their incidents, and what was given up. */
  outbox: z.object({ waiting: z.number().int(), dead: z.number().int() }),
  /** What learns from closed incidents and suggests: how often it ended unasked, and why it suggests nothing now; null where it does. */
  learner: z.object({
    ended: z.number().int(),
    trouble: z.string().nullable(),
  }),
  sensors: z.number().int(),
  series: z.number().int(),
  /** Open browser connections and the rooms they follow. */
  clients: z.number().int(),
  rooms: z.number().int(),
  /** Resident bytes of the process. */
  memory: z.number(),
  /** ms by which the hub's own turn came late, 99th percentile of the last ten seconds. */
  delay: z.number(),
});
export type HubState = z.infer<typeof HubState>;

export const hubDoors = {
  getHub: defineDoor({
    method: "GET",
    path: "/api/hub",
    summary: "How the hub fares: store, queue, connections, memory",
    permission: "runFeeds",
    reply: HubState,
  }),
};
