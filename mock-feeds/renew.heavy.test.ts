/** A demo's folder of before gets the accounts, rosters and feeds of now. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openCity } from "./city-model.ts";
import type { City, Feed } from "./city/types.ts";
import { ownFolder } from "./control.ts";
import { renewPack } from "./renew.ts";

const SEED = 42;
const DAY = 86_400_000;
const AT = Date.parse("2026-11-27T08:00:00+08:00");
let city: City;
let models: string;
let dir: string;
let drawn = 0;
beforeAll(async () => {
  city = await openCity(
    SEED,
    await ownFolder(join(tmpdir(), "chengshu-models")),
  );
  models = await mkdtemp(join(tmpdir(), "chengshu-renew-"));
  dir = join(models, "city");
  await mkdir(dir);
});
afterAll(() => rm(models, { recursive: true, force: true }));

const renew = (at: number) =>
  renewPack({
    ...{ dir, models, seed: SEED, at },
    draw: () => (drawn++, city),
  });
const read = (name: string) => readFile(join(dir, name), "utf8");

it("writes a pack of another version anew, but for feeds that somebody changed", async () => {
  const [first] = city.feeds;
  await writeFile(join(dir, "city.json"), "{}");
  await writeFile(join(dir, "accounts.csv"), "login,role,nameZh\n");
  const changed = { ...first!, nameZh: "改过的" };
  await writeFile(join(dir, "feeds.json"), JSON.stringify([changed]));
  await renew(AT);
  expect(await read("accounts.csv")).toContain("staff-dutyofficer");
  const feeds = JSON.parse(await read("feeds.json")) as Feed[];
  expect(feeds).toHaveLength(city.feeds.length);
  expect(feeds[0]!.nameZh).toBe("改过的");
  expect(drawn).toBe(1);
});

it("plans on around today without drawing the city again, and leaves the rest", async () => {
  await writeFile(join(dir, "limits.csv"), "changed by hand\n");
  await renew(AT + 100 * DAY);
  expect(drawn).toBe(1);
  expect(await read("roster.csv")).toMatch(/DIST-0\d,2027-04-/);
  expect(await read("limits.csv")).toBe("changed by hand\n");
});
