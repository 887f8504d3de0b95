import { createHash } from "node:crypto";
import { readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeFolder } from "../../test/kit/folder.ts";
import { openContentFiles, type ContentFiles } from "./content-files.ts";

const home = makeFolder("content-files");
let files: ContentFiles;
beforeAll(async () => {
  files = await openContentFiles(join(home.path, "attachments"));
});
afterAll(() => home.remove());

const bytes = (text: string) => new TextEncoder().encode(text);
const put = (text: string) =>
  files.put(bytes(text), (name) => Promise.resolve(name));
const all = async () =>
  (await readdir(files.folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
/** Everything is older than that. */
const LATER = Date.now() + 3_600_000;

it("keeps the same bytes once, under their SHA-256, for its user alone", async () => {
  const [one, again] = await Promise.all([put("井盖"), put("井盖")]);
  const name = createHash("sha256").update(bytes("井盖")).digest("hex");
  expect([one, again]).toEqual([name, name]);
  expect(await all()).toEqual([name]);
  const path = join(files.folder, files.pathOf(name));
  expect(await readFile(path, "utf8")).toBe("井盖");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(files.folder)).mode & 0o777).toBe(0o700);
});

it("leaves nothing behind of what could not be kept", async () => {
  const before = await all();
  const shard = join(
    files.folder,
    await put("there").then((n) => n.slice(0, 2)),
  );
  await expect(
    files.put(bytes("not wanted"), () => Promise.reject(new Error("no store"))),
  ).rejects.toThrow("no store");
  expect((await readdir(shard)).some((name) => name.endsWith(".part"))).toBe(
    false,
  );
  expect(before.every((name) => !name.endsWith(".part"))).toBe(true);
});

it("removes what is unknown and old, half-written files too, and nothing else", async () => {
  const known = await put("known");
  const unknown = await put("unknown");
  const half = join(files.folder, files.pathOf(known)) + ".1-1.part";
  await writeFile(half, "half");
  const knows = (names: string[]) =>
    Promise.resolve(new Set(names.filter((name) => name === known)));
  // Of this very moment: somebody may be about to name it.
  expect(await files.sweep(Date.now() - 3_600_000, knows)).toBe(0);
  expect(await all()).toContain(unknown);
  expect(await files.sweep(LATER, knows)).toBeGreaterThan(0);
  expect(await all()).toEqual([known]);
});

it("never removes what is sent again while it looks", async () => {
  const name = await put("sent again");
  await utimes(join(files.folder, files.pathOf(name)), 1, 1);
  const known = new Set<string>();
  const sweeping = files.sweep(Date.now() - 3_600_000, (names) =>
    Promise.resolve(new Set(names.filter((each) => known.has(each)))),
  );
  await files.put(bytes("sent again"), (given) =>
    Promise.resolve(known.add(given)),
  );
  await sweeping;
  expect(await all()).toContain(name);
});
