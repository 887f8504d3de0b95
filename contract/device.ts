import { z } from "zod";
import { DataScope } from "./data-scope.ts";
import { defineDoor } from "./door.ts";
import { said, text } from "./text.ts";
import { Instant } from "./time.ts";

/** online: a socket is open; recently ≤ 15 min; stale ≤ 24 h; offline longer. Judged by the server. */
export const DeviceState = z.enum([
  "online",
  "recently",
  "stale",
  "offline",
  "disabled",
  "revoked",
]);
export type DeviceState = z.infer<typeof DeviceState>;

/** A paired wall: it needs no sign-in, and may only look at its screens, fully masked. */
export const Device = z.object({
  id: z.string(),
  name: z.string(),
  /** The first is shown at once. */
  screens: z.array(z.string()),
  scope: DataScope,
  state: DeviceState,
  pairedAt: Instant,
  pairedBy: z.string(),
  seenAt: Instant.nullable(),
  address: z.string(),
  browser: z.string(),
  /** When its token last changed. */
  tokenAt: Instant,
  rev: z.number().int(),
});
export type Device = z.infer<typeof Device>;

const Screens = z.array(text(80)).min(1).max(50);
const DeviceName = said(80);

export const deviceDoors = {
  requestPairing: defineDoor({
    method: "POST",
    path: "/api/pairing",
    summary: "A wall asks to be paired: a code for its screen",
    permission: "public",
    audited: false,
    reply: z.object({
      /** Shown on the wall; short, and without letters that look alike. */
      code: z.string(),
      /** Kept by the wall; claims the pairing when it is approved. */
      secret: z.string(),
      until: Instant,
    }),
  }),
  claimPairing: defineDoor({
    method: "POST",
    path: "/api/pairing/claim",
    summary: "A wall asks whether it is paired; sets its cookie when it is",
    permission: "public",
    audited: false,
    body: z.object({ secret: z.string().min(20).max(200) }),
    reply: z.object({
      state: z.enum(["waiting", "paired", "expired"]),
      screens: z.array(z.string()),
    }),
  }),
  listDevices: defineDoor({
    method: "GET",
    path: "/api/devices",
    summary: "Paired walls with their state",
    permission: "manageDevices",
    reply: z.object({ items: z.array(Device) }),
  }),
  approveDevice: defineDoor({
    method: "POST",
    path: "/api/devices",
    summary: "Pair the wall that shows this code",
    permission: "manageDevices",
    body: z.object({
      code: z.string().min(4).max(20),
      name: DeviceName,
      screens: Screens,
      scope: DataScope,
    }),
    reply: Device,
  }),
  editDevice: defineDoor({
    method: "PATCH",
    path: "/api/devices/{id}",
    summary: "Rename a wall, give it other screens, switch it off or on",
    permission: "manageDevices",
    body: z.object({
      rev: z.number().int(),
      name: DeviceName.optional(),
      screens: Screens.optional(),
      scope: DataScope.optional(),
      enabled: z.boolean().optional(),
    }),
    reply: Device,
  }),
  revokeDevice: defineDoor({
    method: "DELETE",
    path: "/api/devices/{id}",
    summary: "Revoke a wall for good: its sockets end within a second",
    permission: "manageDevices",
    reply: Device,
  }),
};
