import { z } from "zod";
import { defineDoor, Permission } from "./door.ts";

/** Who is looking. Roles become accounts later; until then a sign-in link carries one role. */
export const Session = z.object({
  role: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  permissions: z.array(Permission),
});
export type Session = z.infer<typeof Session>;

export const sessionDoors = {
  signIn: defineDoor({
    method: "POST",
    path: "/api/session",
    summary: "Exchange a sign-in link's token for a session cookie",
    permission: "public",
    body: z.object({ token: z.string().min(20).max(200) }),
    reply: Session,
  }),
  whoAmI: defineDoor({
    method: "GET",
    path: "/api/session",
    summary: "The present session",
    permission: "view",
    reply: Session,
  }),
  signOut: defineDoor({
    method: "DELETE",
    path: "/api/session",
    summary: "End the session",
    permission: "view",
    reply: z.object({}),
  }),
};
