/** What an incident is like: open ones that may be the same matter, and what closed ones speak for. Nothing decides by it. */
import { z } from "zod";
import { defineDoor } from "./door.ts";
import { IncidentStatus } from "./incident-status.ts";

/** An open incident that may be the same matter (疑似重复). */
export const Candidate = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  status: IncidentStatus,
  /** 0…1. */
  score: z.number(),
  /** Metres; null where one of the two has no location. */
  distance: z.number().nullable(),
  /** Minutes between the two reports. */
  apart: z.number(),
  sameCategory: z.boolean(),
  /** What both say, rarest first. */
  words: z.array(z.string()),
});
export type Candidate = z.infer<typeof Candidate>;

/** `count` of `of` closed incidents had what is suggested; `share` is 0…1. */
const counted = { count: z.number(), of: z.number(), share: z.number() };

/** What led to a suggestion, as somebody at the desk can check it: nothing is named or counted that he may not see. */
export const SuggestionReason = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("words"), words: z.array(z.string()) }),
  z.object({ kind: z.literal("address"), words: z.array(z.string()) }),
  /** Of those within `radius` metres; the nearest by their ids. */
  z.object({
    kind: z.literal("place"),
    radius: z.number(),
    ids: z.array(z.string()),
    ...counted,
  }),
  z.object({
    kind: z.literal("history"),
    by: z.enum(["area", "source", "hour", "category"]),
    /** Null for whoever does not see the whole city: it was counted there. */
    counted: z.object(counted).nullable(),
  }),
  /** More often than usual among those that closed last. */
  z.object({ kind: z.literal("lately") }),
]);
export type SuggestionReason = z.infer<typeof SuggestionReason>;

export const Suggestion = z.object({
  /** Code of the category or department. */
  value: z.string(),
  /** 0…1: how often such a suggestion is right. */
  confidence: z.number(),
  /** What led to it most first; empty where it is merely the usual one. */
  reasons: z.array(SuggestionReason),
});
export type Suggestion = z.infer<typeof Suggestion>;

export const Likeness = z.object({
  /** Likeliest first. */
  duplicates: z.array(Candidate),
  /** Likeliest first; empty where nothing is sure enough. */
  category: z.array(Suggestion),
  department: z.array(Suggestion),
});
export type Likeness = z.infer<typeof Likeness>;

export const likenessDoors = {
  getLikeness: defineDoor({
    method: "GET",
    path: "/api/incidents/{id}/likeness",
    summary: "Near duplicates of an incident, and what is suggested for it",
    permission: "working",
    reply: Likeness,
  }),
};
