import { z } from "zod";
import { defineDoor } from "./door.ts";
import { text } from "./text.ts";

export const SCREEN_SCHEMA_VERSION = 1;

/** A widget placed on a screen. Place is in canvas pixels, rotation in degrees. */
export const PlacedWidget = z.object({
  id: text(80).min(1),
  type: text(80).min(1),
  /** Version of the widget's options; older ones are lifted by the widget's `upgrades`. */
  version: z.number().int().positive(),
  place: z.object({
    x: z.number(),
    y: z.number(),
    w: z.number().positive(),
    h: z.number().positive(),
    z: z.number().int().default(0),
    rotate: z.number().default(0),
  }),
  options: z.record(z.string(), z.unknown()).default({}),
  /** Reserved for data bindings shared by widgets of a screen. */
  data: z.record(z.string(), z.unknown()).default({}),
});
export type PlacedWidget = z.infer<typeof PlacedWidget>;

/** A screen document (F39): data, schema-versioned, drawn by web/screen. */
export const Screen = z.object({
  schemaVersion: z.literal(SCREEN_SCHEMA_VERSION),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  title: z.object({ zh: z.string(), en: z.string() }),
  /** Canvas in real pixels of the wall. */
  size: z.object({
    width: z.number().int().min(320).max(30_000),
    height: z.number().int().min(180).max(30_000),
  }),
  theme: z.enum(["dark", "light"]),
  /** Limits the whole screen to one district (row 107); null is the city. */
  scope: z.string().nullable().default(null),
  /** Indicators without which it has nothing to say: a city whose catalogue lacks one is not offered it. */
  needs: z.array(z.string()).default([]),
  widgets: z.array(PlacedWidget).max(300),
});
export type Screen = z.infer<typeof Screen>;

/** `upgrades[n]` takes a document of schema n to n + 1. */
export const screenUpgrades: Record<
  number,
  (old: Record<string, unknown>) => Record<string, unknown>
> = {};

/**
 * Lifts a stored document to the present schema and checks it.
 * @throws ZodError with the path of what is wrong.
 */
export function readScreen(document: unknown): Screen {
  let lifted = z
    .looseObject({ schemaVersion: z.number().int() })
    .parse(document) as Record<string, unknown>;
  for (
    let version = lifted["schemaVersion"] as number;
    screenUpgrades[version];
    version++
  )
    lifted = {
      ...screenUpgrades[version]!(lifted),
      schemaVersion: version + 1,
    };
  return Screen.parse(lifted);
}

export const screenDoors = {
  listScreens: defineDoor({
    method: "GET",
    path: "/api/screens",
    summary: "Screens this session may show",
    permission: "watch",
    reply: z.object({
      items: z.array(Screen.pick({ id: true, title: true, size: true })),
    }),
  }),
  getScreen: defineDoor({
    method: "GET",
    path: "/api/screens/{id}",
    summary: "One screen document",
    permission: "watch",
    reply: Screen,
  }),
};
