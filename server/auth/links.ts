import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SignInLink } from "./sessions.ts";

/**
 * Leaves the sign-in links where only the hub's user can read them; they never
 * reach a log. The token stands in the fragment, which browsers do not send.
 * @returns the file's path.
 */
export async function leaveLinks(
  dataDir: string,
  url: string,
  links: SignInLink[],
): Promise<string> {
  const file = join(dataDir, "sign-in-links.json");
  const told = links.map(({ token, ...role }) => ({
    ...role,
    url: `${url}/#token=${token}`,
  }));
  await writeFile(file, JSON.stringify(told, null, 2), { mode: 0o600 });
  return file;
}
