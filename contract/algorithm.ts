import { z } from "zod";
import { defineDoor } from "./door.ts";
import { text } from "./text.ts";

/** What looks at pictures for the city; a new store begins with those of the pack's `algorithms.csv`. */
export const Algorithm = z.object({
  code: text(64).min(1),
  nameZh: text(80),
  nameEn: text(80),
  version: text(40),
  /** What it is less sure of than that is not taken; 0–1. */
  threshold: z.number().min(0).max(1),
  enabled: z.boolean(),
});
export type Algorithm = z.infer<typeof Algorithm>;

/** Where in its picture something was seen: shares of width and height, from the upper left corner. */
export const Box = z
  .object({
    x: z.number().min(0).max(1),
    y: z.number().min(0).max(1),
    width: z.number().min(0).max(1),
    height: z.number().min(0).max(1),
  })
  .refine(({ x, y, width, height }) => x + width <= 1 && y + height <= 1, {
    message: "the box reaches beyond its picture",
  });

/** What an algorithm saw, and what a person found of it. */
export const Sighting = z.object({
  algorithmCode: text(64).min(1),
  box: Box,
  /** Null until somebody judged it: registered, or declined as a false positive. */
  verdict: z.enum(["true", "falsePositive"]).nullable(),
});
export type Sighting = z.infer<typeof Sighting>;

export const algorithmDoors = {
  putAlgorithm: defineDoor({
    method: "PUT",
    path: "/api/algorithms/{code}",
    summary: "Add an algorithm, change it, or switch it off",
    permission: "configureRules",
    body: Algorithm.omit({ code: true }).extend({
      nameZh: text(80).min(1),
      nameEn: text(80).min(1),
      version: text(40).min(1),
    }),
    reply: Algorithm,
  }),
  listAlgorithms: defineDoor({
    method: "GET",
    path: "/api/algorithms",
    summary: "What looks at pictures for the city, and how often it was wrong",
    permission: "runFeeds",
    reply: z.object({
      items: z.array(
        Algorithm.extend({
          /** Sightings that a person judged, and those of them that were false. */
          judged: z.number().int(),
          falsePositives: z.number().int(),
          /** Share of the judged, 0–1; null where none was. */
          falsePositiveRate: z.number().nullable(),
        }),
      ),
    }),
  }),
};
