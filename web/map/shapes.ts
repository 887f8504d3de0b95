/**
 * Level shapes ◆ ▲ ● ■ (and ○ for what nobody judged) as outlines in a box of
 * −1 … 1, y downwards. Shape tells the level where colour cannot.
 */
export type ShapeName = "diamond" | "triangle" | "disc" | "square" | "ring";

type Corner = readonly [x: number, y: number];

/** Corners of the straight-sided shapes; round ones have none. Areas are alike, so none looks bigger. */
export const corners: Readonly<Record<ShapeName, readonly Corner[]>> = {
  diamond: [
    [0, -1],
    [1, 0],
    [0, 1],
    [-1, 0],
  ],
  triangle: [
    [0, -0.95],
    [1, 0.78],
    [-1, 0.78],
  ],
  disc: [],
  square: [
    [-0.74, -0.74],
    [0.74, -0.74],
    [0.74, 0.74],
    [-0.74, 0.74],
  ],
  ring: [],
};

const ROUND_RADIUS: Readonly<Record<ShapeName, number>> = {
  diamond: 0,
  triangle: 0,
  disc: 0.82,
  square: 0,
  ring: 0.72,
};

/** Shape of an incident's priority 1 … 4; 0 is nobody's judgement yet (decisions D3). */
export const PRIORITY_SHAPES: readonly ShapeName[] = [
  "ring",
  "diamond",
  "triangle",
  "disc",
  "square",
];

/** Shape of a level; the same order as priorities. */
export const LEVEL_SHAPES = {
  red: "diamond",
  orange: "triangle",
  yellow: "disc",
  blue: "square",
} as const;

/** The canvas calls that shapes are drawn with. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  "beginPath" | "moveTo" | "lineTo" | "closePath" | "arc"
>;

/** Lays a shape's path around (x, y) with half-width `half`, px. */
export function traceShape(
  pen: Pen,
  shape: ShapeName,
  x: number,
  y: number,
  half: number,
): void {
  pen.beginPath();
  const round = ROUND_RADIUS[shape];
  if (round > 0) pen.arc(x, y, round * half, 0, Math.PI * 2);
  else
    for (const [i, [cx, cy]] of corners[shape].entries())
      if (i === 0) pen.moveTo(x + cx * half, y + cy * half);
      else pen.lineTo(x + cx * half, y + cy * half);
  pen.closePath();
}
