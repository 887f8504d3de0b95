import { z } from "zod";
import { Bytes, defineDoor } from "./door.ts";

/** Bytes of the largest picture, video or recording that is taken. */
export const LARGEST_ATTACHMENT = 12 * 1024 * 1024;

/** What is taken: told from the bytes, whatever their sender calls them. */
export const AttachmentType = z.enum([
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/heic",
  "video/mp4",
  "audio/mp4",
]);
export type AttachmentType = z.infer<typeof AttachmentType>;

/** SHA-256 of the bytes as they are kept, hex: the same picture is kept once. */
export const AttachmentId = z.string().regex(/^[0-9a-f]{64}$/);

export const Attachment = z.object({
  id: AttachmentId,
  type: AttachmentType,
  /** Bytes as they are kept: what told of the place inside a picture is gone. */
  size: z.number().int(),
});
export type Attachment = z.infer<typeof Attachment>;

/** How an incident's record writes down one of our own; no feed can send such a URL. */
export const OWN_ATTACHMENT = "attachment:";

const path = "/api/incidents/{id}/attachments/{name}";

/** Where an incident's attachment is found; `name` is what a step or a report says of it. */
export const attachmentPath = (incident: string, name: string): string =>
  path
    .replace("{id}", encodeURIComponent(incident))
    .replace("{name}", encodeURIComponent(name));

export const attachmentDoors = {
  /**
   * Sending the same bytes again is answered alike and keeps nothing twice.
   * Only who sent it may name it, in a report or a step; what nobody names
   * within a day is removed.
   */
  putAttachment: defineDoor({
    method: "POST",
    path: "/api/attachments",
    summary: "Send a picture, video or recording, to be named by a step",
    permission: "working",
    body: Bytes,
    bytes: LARGEST_ATTACHMENT,
    reply: Attachment,
  }),
  getAttachment: defineDoor({
    method: "GET",
    path,
    summary: "A picture, video or recording that an incident names",
    permission: "watch",
    reply: z.unknown(),
  }),
};
