/** The three of a city that is no demo, as they first come in: link, password, second factor. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "otplib";
import type { Session } from "../../contract/session.ts";
import type { Hub } from "./hub.ts";
import { ask, enterByLink } from "./staff.ts";

/** Sets up a second factor for a session that lacks one. @returns the cookie of the complete session */
export async function enrol(hub: Hub, cookie: string): Promise<string> {
  const { body: factor } = await ask<{ secret: string }>(
    ...([hub, "POST", "/api/session/factor"] as const),
    { cookie, body: {} },
  );
  const confirmed = await ask<{ session: Session }>(
    ...([hub, "POST", "/api/session/factor/confirm"] as const),
    { cookie, body: { code: await generate({ secret: factor.secret }) } },
  );
  if (confirmed.body.session?.stage !== "complete")
    throw new Error(JSON.stringify(confirmed.body));
  return confirmed.cookie!;
}

/** @returns the cookie of a complete session */
export async function enterAs(
  hub: Hub,
  role: "sysAdmin" | "secAdmin" | "auditAdmin",
): Promise<string> {
  const links = JSON.parse(
    readFileSync(join(hub.dataDir, "sign-in-links.json"), "utf8"),
  ) as { role: string; url: string }[];
  const link = links.find((one) => one.role === role)!;
  return enrol(hub, await enterByLink(hub, link));
}
