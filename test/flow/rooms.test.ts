/** Rooms hold what belongs to them, whenever it came and wherever it went; counts are the same after a restart. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { PLACES } from "../kit/city.ts";
import { openFollower, type Follower } from "../kit/follower.ts";
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
