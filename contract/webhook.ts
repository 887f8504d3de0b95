import { z } from "zod";
import { defineDoor } from "./door.ts";
import { IncidentStatus } from "./incident-status.ts";
import { Instant } from "./time.ts";
import { text } from "./text.ts";

/** Where a system is told what became of the incidents that its feeds brought. */
export const Webhook = z.object({
  system: text(64).min(1),
  url: text(1000).min(1),
  enabled: z.boolean(),
});
export type Webhook = z.infer<typeof Webhook>;

/** `status/1`: one change of one incident's status, as its system is told it. */
export const StatusNotice = z.object({
  /** The same however often it is sent: whoever knows it has it. */
  key: z.string(),
  feed: z.string(),
  externalId: z.string(),
  /** The incident's number here. */
  number: z.string(),
  from: IncidentStatus.nullable(),
  status: IncidentStatus,
  at: Instant,
  /** Grows with every change of the incident. */
  rev: z.number().int(),
  /** Departments that have it, the lead first. */
  handlers: z.array(z.string()),
});
export type StatusNotice = z.infer<typeof StatusNotice>;

export const webhookDoors = {
  listWebhooks: defineDoor({
    method: "GET",
    path: "/api/webhooks",
    summary: "Which systems are told of changes of status, and where",
    permission: "configureFeeds",
    reply: z.object({ items: z.array(Webhook) }),
  }),
  putWebhook: defineDoor({
    method: "PUT",
    path: "/api/webhooks/{system}",
    summary: "Say where a system is told of changes of status",
    permission: "configureFeeds",
    body: Webhook.omit({ system: true }).extend({
      /** A new secret in place of the former one; the first is made anyway. */
      newSecret: z.boolean().default(false),
    }),
    reply: z.object({
      webhook: Webhook,
      /** What messages are signed with, told once; null where it is the former one. */
      secret: z.string().nullable(),
    }),
  }),
};
