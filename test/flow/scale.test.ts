/** The sizes that plans of cities name: vehicles that all move each second, and a camera registry. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { PLACES } from "../kit/city.ts";
import { openFollower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { FLOW_CITY, told } from "./city.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await startHub({ city: FLOW_CITY });
});
afterAll(() => hub.stop());

it("shows each of two thousand vehicles where it was last, second after second", async () => {
  const wall = await openFollower(hub.url, await hub.signIn());
  const room = await wall.follow("positions", {});
  const start = Date.now() - 3_000;
  for (let second = 0; second < 3; second++) {
    const at = start + second * 1_000;
    const lat = PLACES.west.lat + second * 0.001;
    const fleet = Array.from({ length: 2_000 }, (_, i) => ({
      ...{ object: `bus-${i}`, kind: "bus", at, lat },
      lng: 120.01 + i * 0.00004,
    }));
    expect(await told(hub, "buses", fleet)).toMatchObject({ accepted: 2_000 });
    await room.until(
      (items) =>
        items.size === 2_000 &&
        [...items.values()].every((bus) => bus.at === at && bus.lat === lat),
    );
  }
  wall.close();
});

it("keeps a registry of twenty thousand cameras, each found once, page by page", async () => {
  const all = Array.from({ length: 20_000 }, (_, i) => ({
    ...{ id: `CAM-${i}`, name: `路口 ${i}`, lat: PLACES.east.lat },
    lng: 120.11 + i * 0.000004,
  }));
  for (let from = 0; from < all.length; from += 5_000)
    await told(hub, "cameras", all.slice(from, from + 5_000));
  const points = await hub.ask<{ id: string[] }>("/api/cameras/points");
  expect(new Set(points.id).size).toBe(20_000);
  const seen = new Set<string>();
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: { items: { id: string }[]; cursor: string | null } =
      await hub.ask(
        `/api/cameras?limit=500${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
    for (const { id } of page.items) seen.add(id);
    cursor = page.cursor;
  }
  expect(seen.size).toBe(20_000);
});
