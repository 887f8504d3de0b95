import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SignInLink } from "./sessions.ts";

export const linksFile = (dataDir: string) =>
  join(dataDir, "sign-in-links.json");

/**
 * Leaves the sign-in links where only the hub's user can read them; they never
 * reach a log. The token stands in the fragment, which browsers do not send.
 */
export async function leaveLinks(
  dataDir: string,
  url: string,
  links: SignInLink[],
): Promise<void> {
  const file = linksFile(dataDir);
  const told = links.map(({ token, ...role }) => ({
    ...role,
    url: `${url}/#token=${token}`,
  }));
  // Renamed when whole: no reader finds half of it, or an older file's rights.
  const made = `${file}.new`;
  await rm(made, { force: true });
  await writeFile(made, JSON.stringify(told, null, 2), {
    ...{ mode: 0o600, flag: "wx" },
  });
  await rename(made, file);
}
