/** A city as a plan of lines: ring roads, arteries that meet in one point (枢), streets and a river. Of no city in particular. Pure. */

export const SIDE = 1600;
const MIDDLE = SIDE / 2;
/** The streets do not lie along the compass. */
const TURN = -0.16;
const STEPS = 96;

const place = (x: number, y: number): string => {
  const [sin, cos] = [Math.sin(TURN), Math.cos(TURN)];
  const left = MIDDLE + x * cos - y * sin;
  const top = MIDDLE + x * sin + y * cos;
  return `${left.toFixed(1)} ${top.toFixed(1)}`;
};
const chain = (points: string[]) => `M${points.join("L")}`;

/** Between a circle and a square, as ring roads are. */
function ring(radius: number): string {
  const points = Array.from({ length: STEPS }, (_, step) => {
    const angle = (step / STEPS) * 2 * Math.PI;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const bend = (Math.abs(cos) ** 3 + Math.abs(sin) ** 3) ** (-1 / 3);
    return place(radius * 1.16 * bend * cos, radius * bend * sin);
  });
  return `${chain(points)}Z`;
}
export const rings = [150, 330, 560].map(ring);

/** Angle, where it begins, and how much it swings on its way out. */
const ARTERIES = [
  [0.02, 0, 40],
  [0.74, 205, -60],
  [1.56, 0, 50],
  [2.3, 205, 70],
  [3.16, 0, -50],
  [3.92, 205, 60],
  [4.72, 0, -40],
  [5.6, 205, 80],
] as const;
const FAR = 1_500;

export const arteries = ARTERIES.map(([angle, from, swing]) => {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const at = (far: number, aside: number) =>
    place(far * cos - aside * sin, far * sin + aside * cos);
  return `M${at(from, 0)}Q${at(500, swing)} ${at(FAR, swing * 5)}`;
});

const EVERY = 58;
/** How far a street goes to either side: longer near the middle, none like its neighbour. */
const reach = (at: number, seed: number) =>
  Math.max(0, 500 - Math.abs(at) * 0.55 + 130 * Math.sin(at * 0.031 + seed));
const offsets = Array.from({ length: 19 }, (_, i) => (i - 9) * EVERY);

export const streets = offsets.flatMap((at) => [
  chain([place(-reach(at, 1), at), place(reach(at, 2.4), at)]),
  chain([place(at * 1.1, -reach(at, 4)), place(at * 1.1, reach(at, 5.2))]),
]);

export const river =
  "M-700 1390C-200 1160 250 1180 520 1010S760 690 980 640 1500 560 2300 60";
