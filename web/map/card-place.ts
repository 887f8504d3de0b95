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

/** A place's name: how far it reaches from its middle, in px of a 1080-high canvas. */
const NAME: Size = { width: 84, height: 20 };

/** How far from its point a card may stand, in reaches; nearer is better. */
const DISTANCES = [1, 2.2, 3.4];

const clamp = (value: number, least: number, most: number) =>
  Math.max(least, Math.min(most, value));

/**
 * Upper left corner of a card: beside the point, inside the room, over as few
 * other points as can be, and off names where a place nearby allows it; the
 * upper right is best, as a reader expects it.
 */
export function placeCard(
  point: Point,
  card: Size,
  room: Box,
  others: readonly Point[],
  reach = REACH,
  names: readonly Point[] = [],
): Point {
  const places = DISTANCES.flatMap((times, far) =>
    beside(point, card, reach * times).map((wanted, rank) => ({
      x: clamp(
        wanted.x,
        room.left,
        Math.max(room.left, room.right - card.width),
      ),
      y: clamp(
        wanted.y,
        room.top,
        Math.max(room.top, room.bottom - card.height),
      ),
      wanted,
      rank: rank * 30 + far * 60,
    })),
  );
  const covers = (at: Point, p: Point, aside: number, above = aside) =>
    p.x > at.x - aside &&
    p.x < at.x + card.width + aside &&
    p.y > at.y - above &&
    p.y < at.y + card.height + above;
  const unit = reach / REACH;
  const coversName = (at: Point, p: Point) =>
    covers(at, p, NAME.width * unit, NAME.height * unit);
  const cost = (place: (typeof places)[number]) =>
    (covers(place, point, reach * 0.4) ? 10_000 : 0) +
    others.filter((p) => covers(place, p, 12)).length * 400 +
    names.filter((p) => coversName(place, p)).length * 250 +
    Math.abs(place.x - place.wanted.x) +
    Math.abs(place.y - place.wanted.y) +
    place.rank;
  const best = places
    .map((place) => ({ place, cost: cost(place) }))
    .reduce((a, b) => (b.cost < a.cost ? b : a));
  return { x: best.place.x, y: best.place.y };
}

/** Right and left of a point: above it, below it, level with it. */
function beside(point: Point, card: Size, reach: number): Point[] {
  const right = point.x + reach;
  const left = point.x - reach - card.width;
  const above = point.y - reach * 0.7 - card.height;
  const below = point.y + reach * 0.7;
  const level = point.y - card.height / 2;
  return [above, below, level].flatMap((y) => [
    { x: right, y },
    { x: left, y },
  ]);
}

/** Where the leader line meets the card: the nearest point of its edge. */
export const leaderEnd = (point: Point, at: Point, card: Size): Point => ({
  x: clamp(point.x, at.x, at.x + card.width),
  y: clamp(point.y, at.y, at.y + card.height),
});
