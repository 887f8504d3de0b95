import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readReplayOptions } from "./options.ts";

let dir = "";
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "chengshu-recorded-"));
  await mkdir(join(dir, "metr-la"));
  await writeFile(join(dir, "keys.json"), '{"la-loops":"k"}', { mode: 0o600 });
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const read = (...args: string[]) =>
  readReplayOptions(["--from", dir, "--only", "metr", ...args]);

it("takes a folder of recordings, a speed and the keys of its feeds", async () => {
  expect(
    await read("--speed", "3600", "--keys", join(dir, "keys.json")),
  ).toMatchObject({
    from: dir,
    speed: 3600,
    only: ["metr"],
    keys: { "la-loops": "k" },
  });
});

it("needs no keys where it is only asked whether the words will do", async () => {
  expect(await read("--check")).toBeNull();
  await expect(read()).rejects.toThrow(/--keys names the file/);
});

it("says in a sentence what is wrong with its words", async () => {
  const said = (...args: string[]) =>
    readReplayOptions([...args, "--check"]).then(
      () => "",
      (error: unknown) => String(error),
    );
  expect(await said()).toMatch(/--from names the folder.*it is missing/);
  expect(await said("--from", join(dir, "away"))).toMatch(
    /away is not a folder that can be read/,
  );
  expect(await said("--from", join(dir, "keys.json"))).toMatch(
    /keys\.json is not a folder/,
  );
  expect(await said("--from", dir)).toMatch(
    /has no folder beijing-air-quality; leave beijing out with --only/,
  );
  expect(await said("--from", dir, "--only", "mars")).toMatch(/mars/);
  const here = ["--from", dir, "--only", "metr"];
  expect(await said(...here, "--speed", "fast")).toMatch(
    /--speed fast is neither max nor a number/,
  );
  expect(await said(...here, "--limit", "0")).toMatch(/--limit 0/);
});
