/** How a canvas of real pixels meets a viewport. Pure. */

export const SCALE_MODES = [
  "contain",
  "cover",
  "width",
  "height",
  "stretch",
  "none",
] as const;
export type ScaleMode = (typeof SCALE_MODES)[number];

export interface Size {
  width: number;
  height: number;
}

/** One of several machines that share a screen: its column and row of the grid (from 0). */
export interface Tile {
  col: number;
  row: number;
  cols: number;
  rows: number;
  /** Viewport pixels hidden behind the frames between two tiles. */
  bezel: number;
}

/** CSS transform of the canvas, origin top left: px, then factors. */
export interface Fit {
  x: number;
  y: number;
  scaleX: number;
  scaleY: number;
}

function factors(mode: ScaleMode, canvas: Size, room: Size): [number, number] {
  const byWidth = room.width / canvas.width;
  const byHeight = room.height / canvas.height;
  switch (mode) {
    case "contain": {
      const least = Math.min(byWidth, byHeight);
      return [least, least];
    }
    case "cover": {
      const most = Math.max(byWidth, byHeight);
      return [most, most];
    }
    case "width":
      return [byWidth, byWidth];
    case "height":
      return [byHeight, byHeight];
    case "stretch":
      return [byWidth, byHeight];
    case "none":
      return [1, 1];
  }
}

/**
 * Places `canvas` in `viewport`, centred; where it is larger, its middle shows,
 * except that `width`, `height` and `none` keep the upper left corner in view.
 * With a tile, the viewport is one pane of a larger window.
 */
export function fit(
  mode: ScaleMode,
  canvas: Size,
  viewport: Size,
  tile: Tile | null = null,
): Fit {
  const { col, row, cols, rows, bezel } = tile ?? WHOLE;
  const room = {
    width: viewport.width * cols + bezel * (cols - 1),
    height: viewport.height * rows + bezel * (rows - 1),
  };
  const [scaleX, scaleY] = factors(mode, canvas, room);
  const spare = {
    x: (room.width - canvas.width * scaleX) / 2,
    y: (room.height - canvas.height * scaleY) / 2,
  };
  const pinned = mode !== "cover";
  return {
    x:
      (pinned ? Math.max(0, spare.x) : spare.x) -
      col * (viewport.width + bezel),
    y:
      (pinned ? Math.max(0, spare.y) : spare.y) -
      row * (viewport.height + bezel),
    scaleX,
    scaleY,
  };
}

const WHOLE: Tile = { col: 0, row: 0, cols: 1, rows: 1, bezel: 0 };

/** Factor of all sizes: 1 on a 1080-high (or, standing upright, 1080-wide) canvas. */
export const unitOf = (canvas: Size) =>
  Math.min(canvas.width, canvas.height) / 1080;
