import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readKeys, readMockOptions } from "./options.ts";

let dir = "";
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "chengshu-keys-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function keyFile(text: string, mode: number): Promise<string> {
  const file = join(dir, "keys.json");
  await writeFile(file, text);
  await chmod(file, mode);
  return file;
}

it("reads feed keys that only their owner can read", async () => {
  const file = await keyFile('{"air-stations":"k"}', 0o600);
  expect(await readKeys(file)).toEqual({ "air-stations": "k" });
});

it("refuses feed keys that others can read", async () => {
  const file = await keyFile("{}", 0o644);
  await expect(readKeys(file)).rejects.toThrow(/can be read by others/);
});

it("refuses a key file of another shape", async () => {
  const file = await keyFile('{"air-stations":1}', 0o600);
  await expect(readKeys(file)).rejects.toThrow(
    /the key of the feed air-stations is not a text/,
  );
});

const read = (...args: string[]) =>
  readMockOptions(args, ["air", "traffic", "hotline"]);

it("speaks to the hub on the port that it is told, as the demo does", () => {
  expect(readMockOptions([], [], "18080").hub).toBe("http://127.0.0.1:18080");
  expect(readMockOptions([], []).hub).toBe("http://127.0.0.1:8080");
});

it("runs all departments at the city's own speed where nothing is said", () => {
  expect(read("--keys", "k.json")).toMatchObject({
    only: null,
    seed: 42,
    speed: 1,
    hour: null,
    keys: "k.json",
    story: null,
  });
});

it.each([
  [
    ["--only", "air,trafic"],
    /--only trafic is not known; choose from air, traffic/,
  ],
  [["--speed", "fast"], /--speed fast is not a number from/],
  [
    ["--hub", "localhost"],
    /--hub localhost is not an address that begins with http/,
  ],
  [["--story", "flood"], /--story flood is not known; choose from storm/],
])("answers %s with a sentence", (args, sentence) => {
  expect(() => read(...args)).toThrow(sentence);
});
