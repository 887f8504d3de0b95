import { z } from "zod";
import { defineDoor } from "./door.ts";
import { Duration, HOUR, Instant } from "./time.ts";

/** One key of a feed; the key itself is told once and kept as SHA-256. */
export const FeedKey = z.object({
  id: z.string(),
  /** Null: of before that was written down. */
  createdAt: Instant.nullable(),
  createdBy: z.string(),
  /** Opens the feed until then; null = until it is revoked. */
  until: Instant.nullable(),
  usedAt: Instant.nullable(),
  usedFrom: z.string(),
});
export type FeedKey = z.infer<typeof FeedKey>;

export const feedKeyDoors = {
  listFeedKeys: defineDoor({
    method: "GET",
    path: "/api/feeds/{id}/keys",
    summary: "The keys that open a feed",
    permission: "configureFeeds",
    reply: z.object({
      items: z.array(FeedKey),
      /** Is there a secret that its messages are signed with? */
      hasSecret: z.boolean(),
    }),
  }),
  rotateFeedKey: defineDoor({
    method: "POST",
    path: "/api/feeds/{id}/keys",
    summary: "A new key, told once; the former ones open for a while still",
    permission: "configureFeeds",
    body: z.object({
      /** ms that the former keys still open the feed. */
      overlap: Duration.max(31 * 24 * HOUR).default(24 * HOUR),
    }),
    reply: z.object({ key: z.string(), id: z.string() }),
  }),
  revokeFeedKey: defineDoor({
    method: "DELETE",
    path: "/api/feeds/{id}/keys/{key}",
    summary: "A key opens nothing from now on",
    permission: "configureFeeds",
    reply: z.object({}),
  }),
  /** For feeds with `signed`; sealed with the server's key. */
  newFeedSecret: defineDoor({
    method: "POST",
    path: "/api/feeds/{id}/secret",
    summary: "A new secret to sign messages with, told once",
    permission: "configureFeeds",
    reply: z.object({ secret: z.string() }),
  }),
};
