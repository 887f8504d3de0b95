import { z } from "zod";
import { defineDoor } from "./door.ts";
import { defineTopic } from "./live.ts";
import { Instant } from "./time.ts";

/** Somebody who has an incident open at this moment; `types`: and writes something about it. */
export const Present = z.object({
  login: z.string(),
  name: z.string(),
  does: z.enum(["looks", "types"]),
  since: Instant,
});
export type Present = z.infer<typeof Present>;

/** Who has which incident open, of those that somebody has; `id` is the incident's. */
export const presenceTopic = defineTopic({
  name: "presence",
  params: z.object({}),
  item: z.object({ id: z.string(), people: z.array(Present) }),
});

export const presenceDoors = {
  /** Said again every twenty seconds as long as it is open; silence ends it. No act: the audit is not told. */
  bePresent: defineDoor({
    method: "PUT",
    path: "/api/incidents/{id}/presence",
    summary: "Say that one has an incident open, or leaves it",
    permission: "working",
    audited: false,
    body: z.object({ does: z.enum(["looks", "types", "leaves"]) }),
    reply: z.object({ people: z.array(Present) }),
  }),
};
