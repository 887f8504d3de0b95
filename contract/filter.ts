import { z } from "zod";
import { defineDoor } from "./door.ts";
import { said, text } from "./text.ts";
import { Instant } from "./time.ts";

/** How a queue is ordered: by the time that is left, by priority, or the newest first. */
export const QueueOrder = z.enum(["timeLeft", "priority", "newest"]);
export type QueueOrder = z.infer<typeof QueueOrder>;

/** By what a queue is counted and narrowed. */
export const QueueFacet = z.enum([
  /** `mine`, `soon`, `overdue`, `supervised`, `waiting`. */
  "need",
  "status",
  "priority",
  "source",
  "district",
  /** Of its category; nothing in a city without domains. */
  "domain",
  "category",
  "department",
]);
export type QueueFacet = z.infer<typeof QueueFacet>;

/** What a desk's queue shows, and in which order. */
export const QueueFilter = z.object({
  /** Words that a row must hold, all of them. */
  text: text(200).default(""),
  order: QueueOrder.default("timeLeft"),
  /** Of a facet's values one is enough; every facet named must hold. */
  chosen: z
    .partialRecord(QueueFacet, z.array(text(64).min(1)).max(50))
    .default({}),
});
export type QueueFilter = z.infer<typeof QueueFilter>;

/** A filter that somebody keeps for themselves, or for everybody at a desk. */
export const SavedFilter = z.object({
  /** UUIDv7. */
  id: z.string(),
  name: z.string(),
  shared: z.boolean(),
  filter: QueueFilter,
  /** Is it of whoever asks? */
  own: z.boolean(),
  /** Name of whoever keeps it. */
  by: z.string(),
  savedAt: Instant,
});
export type SavedFilter = z.infer<typeof SavedFilter>;

/** Filters that one account may keep. */
export const MOST_FILTERS = 50;

export const filterDoors = {
  listFilters: defineDoor({
    method: "GET",
    path: "/api/filters",
    summary: "Filters of the queue: one's own and those for everybody",
    permission: "working",
    reply: z.object({ items: z.array(SavedFilter) }),
  }),
  /** For everybody by who may rule. The same name again replaces. */
  saveFilter: defineDoor({
    method: "POST",
    path: "/api/filters",
    summary: "Keep a filter of the queue under a name",
    permission: "working",
    body: z.object({
      name: said(40).trim(),
      shared: z.boolean().default(false),
      filter: QueueFilter,
    }),
    reply: SavedFilter,
  }),
  /** One's own, or one for everybody by who may rule. */
  dropFilter: defineDoor({
    method: "DELETE",
    path: "/api/filters/{id}",
    summary: "Keep a filter no longer",
    permission: "working",
    reply: z.object({}),
  }),
};
