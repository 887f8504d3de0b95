/**
 * The two signatures over the audit's chain: the seal, kept beside the lines,
 * and the anchor, a file outside the store. Whoever can write the store alone
 * can neither make a seal nor set the anchor back.
 */
import { open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { AuditSeal } from "../store/store.ts";
import type { Seal } from "./seal.ts";

/** Which lines there are: what a seal is made over. */
export type Span = Omit<AuditSeal, "mac">;
export type Keys = Pick<Seal, "mac">;

const Anchor = z.object({
  last: z.number(),
  head: z.string(),
  mac: z.string(),
});
export type AuditAnchor = z.infer<typeof Anchor>;

/** A file that is no anchor reads as one that nobody signed. */
const DAMAGED: AuditAnchor = { last: 0, head: "", mac: "" };

export const auditFile = (dataDir: string) =>
  join(dataDir, "audit-anchor.json");

export function sealed(span: Span, keys: Keys): AuditSeal {
  const { first, firstPrevious, last, head } = span;
  const text = JSON.stringify(["seal", first, firstPrevious, last, head]);
  return { first, firstPrevious, last, head, mac: keys.mac("audit", text) };
}

export function anchored(
  { last, head }: Pick<Span, "last" | "head">,
  keys: Keys,
): AuditAnchor {
  const text = JSON.stringify(["anchor", last, head]);
  return { last, head, mac: keys.mac("audit", text) };
}

/** Was it signed with the server's key, as it stands? */
export function isMade<T extends { mac: string }>(
  given: T | null,
  make: (given: T, keys: Keys) => T,
  keys: Keys,
): given is T {
  return given !== null && make(given, keys).mac === given.mac;
}

/** @returns null where there is no file */
export async function readAnchor(file: string): Promise<AuditAnchor | null> {
  const text = await readFile(file, "utf8").catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    },
  );
  if (text === null) return null;
  try {
    return Anchor.parse(JSON.parse(text));
  } catch {
    return DAMAGED;
  }
}

/** Durable when it resolves; whoever reads meanwhile finds the old or the new one, whole. */
export async function writeAnchor(
  file: string,
  anchor: AuditAnchor,
): Promise<void> {
  const made = `${file}.new`;
  await rm(made, { force: true });
  await withFile(made, "wx", async (handle) => {
    await handle.writeFile(`${JSON.stringify(anchor)}\n`);
    await handle.sync();
  });
  await rename(made, file);
  await withFile(dirname(file), "r", (folder) => folder.sync());
}

async function withFile(
  path: string,
  flags: string,
  work: (handle: Awaited<ReturnType<typeof open>>) => Promise<void>,
): Promise<void> {
  const handle = await open(path, flags, 0o600);
  try {
    await work(handle);
  } finally {
    await handle.close();
  }
}
