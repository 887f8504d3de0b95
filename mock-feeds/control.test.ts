import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { controlFolder, openControl, ownFolder, tellStory } from "./control.ts";

let dir = "";
beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), "chengshu-control-")), "mock");
});
afterEach(() => rm(join(dir, ".."), { recursive: true, force: true }));

it("tells departments that are already running that the storm begins", async () => {
  let heard: ((at: number) => void) | undefined;
  const storm = new Promise<number>((done) => (heard = done));
  const control = await openControl(dir, ({ at }) => heard?.(at));
  expect(await tellStory(dir, { story: "storm", at: 5000 })).toBe(1);
  expect(await storm).toBe(5000);
  await control.close();
});

it("lets nobody but the owner into the folder of the sockets", async () => {
  const control = await openControl(dir, () => undefined);
  expect((await stat(dir)).mode & 0o777).toBe(0o700);
  await control.close();
});

it("hears of nobody where no departments run, and clears what a killed one left", async () => {
  expect(await tellStory(dir, { story: "storm", at: 0 })).toBe(0);
  await ownFolder(dir);
  await writeFile(join(dir, "4711.sock"), "");
  expect(await tellStory(dir, { story: "storm", at: 0 })).toBe(0);
  expect(await readdir(dir)).toEqual([]);
});

it("leaves nothing behind when the departments stop", async () => {
  const control = await openControl(dir, () => undefined);
  await control.close();
  expect(await readdir(join(dir, ".."))).toEqual([]);
});

it("has one folder for each hub", () => {
  expect(controlFolder("http://127.0.0.1:8080")).not.toBe(
    controlFolder("http://127.0.0.1:8081"),
  );
});
