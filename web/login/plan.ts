/** A city as a plan of lines: rings and roads that meet in one point (枢), and a river. Of no city in particular. Pure. */

const SIDES = 18;
const RINGS = [90, 170, 270, 390, 530, 700];
/** Every road starts at one of the rings. */
const ROADS = [0, 0, 1, 0, 2, 0, 1, 0, 3];

export const SIDE = 1600;
const MIDDLE = SIDE / 2;

/** Between 0.94 and 1.06, the same for the same corner of the same ring. */
const bent = (ring: number, side: number) =>
  1 + 0.06 * Math.sin(side * 2.4 + ring * 1.9) * Math.cos(side * 0.7 - ring);

function corner(ring: number, side: number): string {
  const angle = ((side % SIDES) / SIDES) * 2 * Math.PI + 0.14;
  const far = RINGS[ring]! * bent(ring, side % SIDES);
  const x = MIDDLE + far * 1.12 * Math.cos(angle);
  const y = MIDDLE + far * Math.sin(angle);
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

const chain = (points: string[]) => `M${points.join("L")}`;
const sides = Array.from({ length: SIDES }, (_, side) => side);

export const rings = RINGS.map(
  (_, ring) => `${chain(sides.map((side) => corner(ring, side)))}Z`,
);
export const roads = sides.map((side) =>
  chain(
    RINGS.map((_, ring) => corner(ring, side)).slice(
      ROADS[side % ROADS.length],
    ),
  ),
);
export const river =
  "M-40 1130C210 1010 330 1120 520 1010S760 690 980 640 1290 590 1640 330";
