/** Where a card beside a point stands. Pure; all in px of one box, y downwards. */
export interface Point {
  x: number;
  y: number;
}
export interface Size {
  width: number;
  height: number;
}
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Clear way between a point and its card. */
const REACH = 56;

const clamp = (value: number, least: number, most: number) =>
  Math.max(least, Math.min(most, value));

/**
 * Upper left corner of a card: beside the point, inside the room, over as few
 * other points as can be; the upper right is best, as a reader expects it.
 */
export function placeCard(
  point: Point,
  card: Size,
  room: Box,
  others: readonly Point[],
  reach = REACH,
): Point {
  const places = [
    { x: point.x + reach, y: point.y - reach * 0.7 - card.height },
    { x: point.x - reach - card.width, y: point.y - reach * 0.7 - card.height },
    { x: point.x + reach, y: point.y + reach * 0.7 },
    { x: point.x - reach - card.width, y: point.y + reach * 0.7 },
    { x: point.x + reach, y: point.y - card.height / 2 },
    { x: point.x - reach - card.width, y: point.y - card.height / 2 },
  ].map((wanted) => ({
    x: clamp(wanted.x, room.left, Math.max(room.left, room.right - card.width)),
    y: clamp(wanted.y, room.top, Math.max(room.top, room.bottom - card.height)),
    wanted,
  }));
  const covers = (at: Point, p: Point, margin: number) =>
    p.x > at.x - margin &&
    p.x < at.x + card.width + margin &&
    p.y > at.y - margin &&
    p.y < at.y + card.height + margin;
  const cost = (place: (typeof places)[number], rank: number) =>
    (covers(place, point, reach * 0.4) ? 10_000 : 0) +
    others.filter((p) => covers(place, p, 12)).length * 400 +
    Math.abs(place.x - place.wanted.x) +
    Math.abs(place.y - place.wanted.y) +
    rank * 30;
  const best = places
    .map((place, rank) => ({ place, cost: cost(place, rank) }))
    .reduce((a, b) => (b.cost < a.cost ? b : a));
  return { x: best.place.x, y: best.place.y };
}

/** Where the leader line meets the card: the nearest point of its edge. */
export const leaderEnd = (point: Point, at: Point, card: Size): Point => ({
  x: clamp(point.x, at.x, at.x + card.width),
  y: clamp(point.y, at.y, at.y + card.height),
});
