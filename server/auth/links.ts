import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { linkTo } from "../../contract/link.ts";
import type { FirstLink } from "./first.ts";

export const linksFile = (dataDir: string) =>
  join(dataDir, "sign-in-links.json");

/** Links of the demo's staff: whoever runs it is given these and no others. */
export const staffFile = (dataDir: string) => join(dataDir, "staff-links.json");

/**
 * Leaves the sign-in links where only the hub's user can read them; they never
 * reach a log. Without any the file of a former start goes.
 */
export async function leaveLinks(
  dataDir: string,
  url: string,
  links: FirstLink[],
): Promise<void> {
  const visitors = links.filter(({ isStaff }) => !isStaff);
  const staff = links.filter(({ isStaff }) => isStaff);
  await leave(linksFile(dataDir), url, visitors);
  await leave(staffFile(dataDir), url, staff);
}

async function leave(
  file: string,
  url: string,
  links: FirstLink[],
): Promise<void> {
  if (links.length === 0) return rm(file, { force: true });
  const told = links.map(({ token, isStaff: _isStaff, ...role }) => ({
    ...role,
    url: linkTo(url, token),
  }));
  // Renamed when whole: no reader finds half of it, or an older file's rights.
  const made = `${file}.new`;
  await rm(made, { force: true });
  await writeFile(made, JSON.stringify(told, null, 2), {
    ...{ mode: 0o600, flag: "wx" },
  });
  await rename(made, file);
}
