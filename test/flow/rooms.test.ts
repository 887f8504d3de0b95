/** Rooms hold what belongs to them, whenever it came and wherever it went; counts are the same after a restart. */
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ItemOf, ParamsOf } from "../../contract/live.ts";
import type { Topics } from "../../contract/topic.ts";
import { PLACES } from "../kit/city.ts";
import { openFollower, type Follower, type Room } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { FLOW_CITY, reading, told } from "./city.ts";

let hub: Hub;
let wall: Follower;
beforeAll(async () => {
  hub = await startHub({ city: FLOW_CITY });
  wall = await openFollower(hub.url, await hub.signIn());
});
afterAll(async () => {
  wall.close();
  await hub.stop();
});

const registered = (id: string, kind: string) => ({
  ...{ id, kind, name: `水尺 ${id}`, ...PLACES.west },
  metrics: [{ metric: "pm25", unit: "m" }],
});

it("a room of a kind that the city does not have yet shows its first sensor", async () => {
  const gauges = await wall.follow("sensors", { kind: "tideGauge" });
  const states = await wall.follow("sensorStates", { kinds: ["tideGauge"] });
  await told(hub, "catalogue", [registered("T-1", "tideGauge")]);
  await gauges.until((items) => items.has("test/T-1"));
  await told(hub, "air", [reading("T-1", Date.now(), 3)]);
  await states.until((items) => items.size === 1);
});

it("a sensor that changes its kind leaves the room of the old one", async () => {
  await told(hub, "catalogue", [registered("T-2", "rainGauge")]);
  const rain = await wall.follow("sensors", { kind: "rainGauge" });
  const snow = await wall.follow("sensors", { kind: "snowGauge" });
  await rain.until((items) => items.has("test/T-2"));
  await told(hub, "catalogue", [registered("T-2", "snowGauge")]);
  await snow.until((items) => items.has("test/T-2"));
  await rain.until((items) => items.size === 0);
});

const matter = (externalId: string, more: object = {}) => ({
  ...{
    externalId,
    source: "hotline",
    title: "积水",
    reportedAt: Date.now() - 1_000,
  },
  ...more,
});

it("a reading that comes twice in the payload that brings its sensor counts once", async () => {
  const at = Date.now();
  const same = reading("N-1", at - 60_000, 1);
  const reply = await told(hub, "air", [same, reading("N-1", at, 2), same]);
  expect(reply).toMatchObject({ accepted: 2, duplicates: 1 });
});

it("a feed that brings more words than a wall can list is told so, and its known ones pass", async () => {
  const items = Array.from({ length: 1_001 }, (_, i) =>
    matter(`word-${i}`, { category: `category ${i}` }),
  );
  const reply = await told(hub, "hotline", items);
  // The source is a word as well.
  expect(reply).toMatchObject({ accepted: 999, rejected: 2 });
  expect(reply.rejections[0]?.path).toBe("/999/category");
  const again = await told(hub, "hotline", [
    matter("word-again", { category: "category 7" }),
  ]);
  expect(again.accepted).toBe(1);
});

/** One whose words of the day are not used up. */
const FEED = "ahead";

/** A room holds what one that follows it only now is given, to the last revision. */
async function sameAsFresh<N extends "incidents" | "incidentCounts">(
  held: Room<ItemOf<Topics[N]>>,
  topic: N,
  params: ParamsOf<Topics[N]>,
): Promise<void> {
  const fresh = await openFollower(hub.url, await hub.signIn());
  const { items } = await fresh.follow(topic, params);
  fresh.close();
  const plain = (of: Map<string | number, unknown>) =>
    Object.fromEntries([...of].sort(([a], [b]) => (a < b ? -1 : 1)));
  await held.until((is) => isDeepStrictEqual(plain(is), plain(items)));
}

it("a district's room loses an incident that moved away and never has one without a place", async () => {
  const params = { district: "999001", limit: 200 };
  const west = await wall.follow("incidents", params);
  const city = await wall.follow("incidents", { limit: 2_000 });
  await told(hub, FEED, [
    matter("moves", PLACES.west),
    matter("loses its place", PLACES.west),
    matter("stays", PLACES.west),
    matter("has no place"),
  ]);
  const ids = (items: Map<unknown, { externalId: string }>) =>
    [...items.values()].map(({ externalId }) => externalId);
  await west.until((items) => items.size === 3);
  expect(ids(west.items)).not.toContain("has no place");
  await told(hub, FEED, [
    matter("moves", PLACES.east),
    matter("loses its place"),
  ]);
  await west.until((items) => items.size === 1);
  expect(ids(west.items)).toEqual(["stays"]);
  await sameAsFresh(west, "incidents", params);
  await sameAsFresh(city, "incidents", { limit: 2_000 });
});

it("a room with a limit has the worst at all times, whatever comes, ends or moves", async () => {
  const wanted = [
    { limit: 5 },
    { limit: 7 },
    { district: "999001", limit: 5 },
    { district: "999002", limit: 3 },
  ];
  const rooms = await Promise.all(
    wanted.map((params) => wall.follow("incidents", params)),
  );
  const same = async () => {
    for (const [i, room] of rooms.entries())
      await sameAsFresh(room, "incidents", wanted[i]!);
  };
  const reportedAt = Date.now() - 60_000;
  const many = Array.from({ length: 20 }, (_, i) =>
    matter(`limit-${i}`, {
      ...(i % 2 ? PLACES.west : PLACES.east),
      level: i < 5 ? 1 : 2,
      reportedAt: reportedAt + i,
    }),
  );
  await told(hub, FEED, many);
  await rooms[0]!.until((items) => items.size === 5);
  await same();
  // The five worst end; others of which nobody spoke take their place.
  await told(
    hub,
    FEED,
    many.slice(0, 5).map((each) => ({ ...each, closedAt: Date.now() })),
  );
  await same();
  expect(rooms.map(({ items }) => items.size)).toEqual([5, 7, 5, 3]);
  // One becomes worse, one moves, one opens again, two end: in one batch.
  await told(hub, FEED, [
    { ...many[6]!, level: 1 },
    { ...many[19]!, ...PLACES.east },
    many[0]!,
    { ...many[18]!, closedAt: Date.now() },
    { ...many[17]!, closedAt: Date.now() },
  ]);
  await same();
});

it("counts of a district without incidents are none, and those of the reopened are theirs", async () => {
  const counts = await wall.follow("incidentCounts", { district: "999002" });
  const today = () => counts.items.get("total:all")?.today;
  const before = today()!;
  const one = matter("again", { ...PLACES.east, category: "first" });
  const over = { ...one, category: "second", closedAt: Date.now() };
  await told(hub, FEED, [one]);
  await told(hub, FEED, [over]);
  await counts.until((items) => items.get("category:second")?.today === 1);
  await told(hub, FEED, [one]);
  await counts.until((items) => items.get("category:first")?.open === 1);
  expect(today()).toBe(before + 1);
  await sameAsFresh(counts, "incidentCounts", { district: "999002" });
  const empty = await wall.follow("incidentCounts", { district: "999003" });
  expect([...empty.items.values()]).toMatchObject([
    { id: "total:all", open: 0, today: 0 },
  ]);
});

it("an incident reopened after a restart is counted once, and counts stay as they were", async () => {
  const other = await startHub({ city: FLOW_CITY });
  try {
    const one = matter("1", PLACES.west);
    const over = { ...one, category: "drain", closedAt: Date.now() };
    await told(other, "hotline", [one, matter("2"), matter("3", PLACES.east)]);
    await told(other, "hotline", [over]);
    const counts = async () => {
      const follower = await openFollower(other.url, await other.signIn());
      const city = await follower.follow("incidentCounts", {});
      const east = await follower.follow("incidentCounts", {
        district: "999002",
      });
      follower.close();
      return [city, east].map(({ items }) =>
        [...items.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
      );
    };
    const before = await counts();
    await other.kill();
    await other.restart();
    expect(await counts()).toEqual(before);
    await told(other, "hotline", [one]);
    const [city] = await counts();
    expect(city).toContainEqual({
      ...{ id: "total:all", facet: "total", value: "all" },
      ...{ open: 3, today: 3 },
    });
    expect(city!.map(({ id }) => id)).not.toContain("category:drain");
  } finally {
    await other.stop();
  }
});

it("an incident that was over when it came is one of today's, after a restart as before", async () => {
  const archive = { id: "archive", format: "incidents/1", historic: true };
  const other = await startHub({
    city: { ...FLOW_CITY, feeds: [...FLOW_CITY.feeds, archive] },
  });
  try {
    await told(other, "hotline", [
      matter("over", { closedAt: Date.now() }),
      matter("open"),
    ]);
    await told(other, "archive", [
      matter("old", { closedAt: Date.now() }),
      matter("old and open"),
    ]);
    const total = async () => {
      const follower = await openFollower(other.url, await other.signIn());
      const room = await follower.follow("incidentCounts", {});
      await room.until((items) => items.has("total:all"));
      const { open, today } = room.items.get("total:all")!;
      follower.close();
      return { open, today };
    };
    const before = await total();
    expect(before).toEqual({ open: 2, today: 2 });
    await other.kill();
    await other.restart();
    expect(await total()).toEqual(before);
  } finally {
    await other.stop();
  }
});
