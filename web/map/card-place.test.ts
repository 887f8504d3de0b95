import { expect, it } from "vitest";
import { leaderEnd, placeCard } from "./card-place.ts";

const card = { width: 320, height: 180 };
const room = { left: 480, top: 100, right: 1440, bottom: 960 };

it("stands to the upper right of its incident where there is room", () => {
  const at = placeCard({ x: 900, y: 600 }, card, room, []);
  expect(at.x).toBeGreaterThan(900);
  expect(at.y + card.height).toBeLessThan(600);
});

it("stays inside the room and off its incident, wherever that is", () => {
  for (const x of [490, 700, 1_000, 1_430])
    for (const y of [110, 400, 700, 950]) {
      const at = placeCard({ x, y }, card, room, []);
      expect(at.x).toBeGreaterThanOrEqual(room.left);
      expect(at.x + card.width).toBeLessThanOrEqual(room.right);
      expect(at.y).toBeGreaterThanOrEqual(room.top);
      expect(at.y + card.height).toBeLessThanOrEqual(room.bottom);
      const covered =
        x > at.x && x < at.x + card.width && y > at.y && y < at.y + card.height;
      expect(covered).toBe(false);
    }
});

it("gives way to another incident that shouts", () => {
  const point = { x: 900, y: 600 };
  const free = placeCard(point, card, room, []);
  const other = { x: free.x + 100, y: free.y + 90 };
  const at = placeCard(point, card, room, [other]);
  expect(at).not.toEqual(free);
});

it("keeps off the districts' names where a place nearby is free", () => {
  const point = { x: 900, y: 600 };
  const free = placeCard(point, card, room, []);
  const name = { x: free.x + 160, y: free.y + 90 };
  const at = placeCard(point, card, room, [], undefined, [name]);
  const apart =
    name.x < at.x ||
    name.x > at.x + card.width ||
    name.y < at.y ||
    name.y > at.y + card.height;
  expect(apart).toBe(true);
  expect(at.x).toBeGreaterThanOrEqual(room.left);
  expect(at.y).toBeGreaterThanOrEqual(room.top);
});

it("would rather cover a name than what shouts", () => {
  const point = { x: 900, y: 600 };
  const free = placeCard(point, card, room, []);
  // Names everywhere: nothing is gained by moving.
  const names = [500, 700, 900, 1_100, 1_300].flatMap((x) =>
    [150, 350, 550, 750, 900].map((y) => ({ x, y })),
  );
  const shouting = { x: free.x + 100, y: free.y + 90 };
  const at = placeCard(point, card, room, [shouting], undefined, names);
  expect(at).not.toEqual(free);
});

it("meets its leader line at the nearest edge", () => {
  expect(leaderEnd({ x: 0, y: 50 }, { x: 100, y: 0 }, card)).toEqual({
    x: 100,
    y: 50,
  });
});
