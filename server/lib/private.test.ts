import {
  chmodSync,
  mkdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { makeFolder } from "../../test/kit/folder.ts";
import { keepPrivate } from "./private.ts";

const folder = makeFolder("private");
const before = process.umask();
afterEach(async () => {
  process.umask(before);
  await folder.remove();
});

it("closes a folder to others, with what is in it, and makes nothing open after", async () => {
  const data = join(folder.path, "data");
  const mode = (path: string) => statSync(path).mode & 0o777;
  const inside = (name: string) => join(data, name);
  mkdirSync(inside("city"), { recursive: true });
  for (const name of ["db", "run"]) writeFileSync(inside(name), "");
  for (const name of ["", "city", "run"]) chmodSync(inside(name), 0o755);
  const foreign = join(folder.path, "foreign");
  writeFileSync(foreign, "", { mode: 0o644 });
  symlinkSync(foreign, inside("link"));
  expect(await keepPrivate(data)).toEqual([]);
  writeFileSync(inside("new"), "");
  expect(["", "city", "db", "run", "new"].map((n) => mode(inside(n)))).toEqual([
    ...[0o700, 0o700, 0o600, 0o700, 0o600],
  ]);
  expect(mode(foreign)).toBe(0o644);
});

it("leaves a folder of everybody's alone, and says what to do", async () => {
  mkdirSync(folder.path, { recursive: true });
  chmodSync(folder.path, 0o1777);
  await expect(keepPrivate(folder.path)).rejects.toThrow(
    /shared by everybody on this machine: name a folder of its own/,
  );
});
