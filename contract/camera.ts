import { z } from "zod";
import { defineDoor } from "./door.ts";
import { defineTopic } from "./live.ts";
import { Instant } from "./time.ts";
import { text } from "./text.ts";

export const StreamKind = z.enum(["hls", "mp4", "flv", "whep", "snapshot"]);

/** One item of `cameras/1`: one camera, one file (domain.md §10). */
export const Camera = z.object({
  /** GB/T 28181 20-digit code, or the sender's own code. */
  id: text(64).min(1),
  name: text(200).min(1),
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  district: text(40).optional(),
  department: text(40).optional(),
  scene: text(80).default(""),
  industry: text(40).default(""),
  shareScope: text(40).default(""),
  address: text(300).default(""),
  ptzType: z.number().int().min(1).max(4).optional(),
  direction: z.number().min(0).max(360).optional(),
  online: z.boolean().default(true),
  /** What a player opens: a reference, never credentials. */
  stream: z
    .object({
      kind: StreamKind,
      url: text(1000),
    })
    .optional(),
});
export type Camera = z.infer<typeof Camera>;

/** Where a picture plays from is told by `openCamera` alone. */
export const CameraView = Camera.omit({ stream: true }).extend({
  /** `feed/id`: no feed speaks of another's cameras. */
  id: z.string(),
  feed: z.string(),
  district: z.string().nullable(),
  updatedAt: Instant,
  /** How its picture comes; null where there is none. */
  plays: StreamKind.nullable(),
});
export type CameraView = z.infer<typeof CameraView>;

/** Online state of cameras; names and places come from the `cameraPoints` door. */
export const cameraStatesTopic = defineTopic({
  name: "cameraStates",
  params: z.object({ ids: z.array(text(128)).max(200).optional() }),
  item: z.object({ id: z.string(), online: z.boolean(), at: Instant }),
  hot: true,
});

export const cameraDoors = {
  cameraPoints: defineDoor({
    method: "GET",
    path: "/api/cameras/points",
    summary: "Every camera's id, name, place and state, as columns",
    permission: "watch",
    reply: z.object({
      id: z.array(z.string()),
      name: z.array(z.string()),
      lng: z.array(z.number()),
      lat: z.array(z.number()),
      online: z.array(z.number()),
    }),
  }),
  listCameras: defineDoor({
    method: "GET",
    path: "/api/cameras",
    summary: "Cameras, a page at a time, or the nearest to a point",
    permission: "watch",
    query: z.object({
      ids: text(20000).optional().describe("comma-separated ids, `feed/id`"),
      district: text(40).optional(),
      near: text(80).optional().describe("lng,lat"),
      limit: z.coerce.number().int().min(1).max(500).default(50),
      cursor: text(1000).optional(),
    }),
    reply: z.object({
      items: z.array(CameraView),
      cursor: z.string().nullable(),
    }),
  }),
  /** Opening is audited, and so is its refusal. */
  openCamera: defineDoor({
    method: "POST",
    path: "/api/cameras/open",
    summary: "Where a camera's picture plays from",
    permission: "openVideo",
    body: z.object({ id: text(128) }),
    reply: z.object({ kind: StreamKind, url: z.string() }),
  }),
};
