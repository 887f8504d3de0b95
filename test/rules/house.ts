/** A small copy of the house in a temporary folder, to plant violations in. */
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeFolder, type Folder } from "../kit/folder.ts";

export const ROOT = join(import.meta.dirname, "../..");

const COPIED = [
  "eslint.config.js",
  ".dependency-cruiser.cjs",
  "package.json",
  "tsconfig.base.json",
  "web/tsconfig.test.json",
  ...["contract", "server", "web", "mock-feeds", "test", "bench"].map(
    (folder) => `${folder}/tsconfig.json`,
  ),
];

/** @param files path → source text */
export function buildHouse(files: Record<string, string>): Folder {
  const house = makeFolder("house");
  for (const file of COPIED)
    cpSync(join(ROOT, file), join(house.path, file), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(house.path, "node_modules"));
  for (const [path, source] of Object.entries(files)) {
    const file = join(house.path, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, source);
  }
  return house;
}
