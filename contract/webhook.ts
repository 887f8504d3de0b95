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

/** A system with how telling it fares. */
export const WebhookView = Webhook.extend({
  /** Messages that are to be sent, and those given up after too many tries. */
  waiting: z.number().int(),
  dead: z.number().int(),
  /** Of the message that was tried most often among those that wait. */
  tries: z.number().int(),
  /** When the next is sent; null where none waits. */
  nextAt: Instant.nullable(),
  /** When one was last taken. */
  toldAt: Instant.nullable(),
  /** When one was last not taken, and why. */
  failedAt: Instant.nullable(),
  failure: z.string(),
});
export type WebhookView = z.infer<typeof WebhookView>;

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
  /** Departments that have it, the lead first; of a merged one, those of the one it was merged into. */
  handlers: z.array(z.string()),
  /** Of one that is merged: it ends with this one, or goes on with it again. Absent when it is merged, and of any other. */
  parent: z
    .object({
      number: z.string(),
      status: IncidentStatus,
      rev: z.number().int(),
    })
    .optional(),
});
export type StatusNotice = z.infer<typeof StatusNotice>;

export const webhookDoors = {
  retryWebhook: defineDoor({
    method: "POST",
    path: "/api/webhooks/{system}/retry",
    summary: "Send at once what a system has not taken, what was given up too",
    permission: "configureFeeds",
    reply: z.object({
      /** Messages that are sent again. */
      again: z.number().int(),
    }),
  }),
  dropWebhook: defineDoor({
    method: "DELETE",
    path: "/api/webhooks/{system}",
    summary: "Tell a system nothing any more; what waits for it is dropped",
    permission: "configureFeeds",
    reply: Webhook,
  }),
  listWebhooks: defineDoor({
    method: "GET",
    path: "/api/webhooks",
    summary: "Which systems are told of changes of status, and where",
    permission: "configureFeeds",
    reply: z.object({ items: z.array(WebhookView) }),
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
