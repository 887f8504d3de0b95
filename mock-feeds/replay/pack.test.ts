import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { readCityPack } from "../../server/city/pack.ts";
import { REPLAY_FEEDS, writeReplayPack } from "./pack.ts";

let dir = "";
afterEach(() => rm(dir, { recursive: true, force: true }));

it("writes a city pack that the hub can read", async () => {
  dir = await mkdtemp(join(tmpdir(), "chengshu-pack-"));
  await writeReplayPack(dir);
  const pack = await readCityPack(dir);
  expect(pack.city.nameZh).toBe("录制数据回放");
  expect(pack.feeds.map(({ id }) => id)).toEqual(REPLAY_FEEDS);
  expect(pack.districts.map(({ code }) => code)).toEqual([
    "BJ",
    "LA",
    "BOS",
    "LDN",
    "CAP",
  ]);
  expect(pack.indicators.map(({ id }) => id)).toEqual(
    expect.arrayContaining(["bj.pm25", "la.speed"]),
  );
});

it("keeps the source's own time, and Boston's requests without clocks", async () => {
  dir = await mkdtemp(join(tmpdir(), "chengshu-pack-"));
  await writeReplayPack(dir);
  const { feeds } = await readCityPack(dir);
  const feed = (id: string) => feeds.find((one) => one.id === id)!;
  expect(feed("bj-air")).toMatchObject({
    clock: "source",
    timeZone: "Asia/Shanghai",
  });
  expect(feed("la-loops")).toMatchObject({
    clock: "source",
    timeZone: "America/Los_Angeles",
  });
  expect(feed("boston-311")).toMatchObject({
    historic: true,
    timeZone: "America/New_York",
  });
});
