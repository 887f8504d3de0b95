import type { IncomingHttpHeaders } from "node:http";

const OURS = new Set(["same-origin", "none"]);

/**
 * True where a browser asks on behalf of another site's page, so that our
 * cookie must not speak for it. Programs that are no browser say nothing and
 * carry no cookie by accident. `publicUrl` is where browsers find us behind a
 * proxy that changes the host.
 */
export function isForeign(
  headers: IncomingHttpHeaders,
  publicUrl: string | null,
): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return !OURS.has(String(site));
  const { origin, host } = headers;
  if (origin === undefined) return false;
  if (!URL.canParse(origin)) return true;
  const from = new URL(origin).host;
  return (
    from !== host && (publicUrl === null || from !== new URL(publicUrl).host)
  );
}
