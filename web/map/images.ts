/**
 * Every picture the map uses, drawn on a canvas when it is first asked for by
 * name: `priority:2`, `level:red`, `hatch:orange`, `ring:40:0-1-2-13-0`, `camera`.
 */
import type { Map as MapLibre } from "maplibre-gl";
import { Level } from "../../contract/level.ts";
import type { Look } from "./look.ts";
import { arcsOf, readRing, type Mix } from "./ring.ts";
import {
  LEVEL_SHAPES,
  PRIORITY_SHAPES,
  traceShape,
  type ShapeName,
} from "./shapes.ts";

/** Side of a shape's picture and of a hatch tile, px. */
const SHAPE_SIDE = 36;
const HATCH_SIDE = 10;
/** Half-width of a shape by priority: the worst is the largest. */
const PRIORITY_HALF = [4.5, 13, 12.5, 7, 5.5] as const;
const LEVEL_HALF = 6.5;

/** Colours of priorities 1 … 4 and of the unjudged, in the order of a mix. */
export const mixColours = (look: Look): readonly string[] => [
  look.levels.red,
  look.levels.orange,
  look.levels.yellow,
  look.levels.blue,
  look.none,
];

type Draw = (pen: CanvasRenderingContext2D) => void;

function picture(side: number, ratio: number, draw: Draw): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.round(side * ratio);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) throw new Error("this browser gives no 2D canvas");
  pen.scale(ratio, ratio);
  draw(pen);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** A filled shape with a dark rim, so that it stands off whatever lies below. */
function shape(
  name: ShapeName,
  half: number,
  colour: string,
  look: Look,
): Draw {
  return (pen) => {
    const middle = SHAPE_SIDE / 2;
    pen.lineJoin = "round";
    traceShape(pen, name, middle, middle, half);
    pen.lineWidth = 4;
    pen.strokeStyle = look.labelHalo;
    pen.stroke();
    if (name === "ring") {
      pen.lineWidth = 2;
      pen.strokeStyle = colour;
      pen.stroke();
      pen.fillStyle = look.badge;
    } else pen.fillStyle = colour;
    pen.fill();
  };
}

function ring(diameter: number, mix: Mix, look: Look): Draw {
  return (pen) => {
    const middle = diameter / 2;
    const width = diameter * 0.1;
    const radius = middle - width / 2 - 1;
    pen.beginPath();
    pen.arc(middle, middle, middle - 0.5, 0, Math.PI * 2);
    pen.fillStyle = look.badge;
    pen.fill();
    pen.lineWidth = width;
    const colours = mixColours(look);
    for (const { part, from, to } of arcsOf(mix)) {
      pen.beginPath();
      pen.arc(middle, middle, radius, from - Math.PI / 2, to - Math.PI / 2);
      pen.strokeStyle = colours[part]!;
      pen.stroke();
    }
  };
}

/** Diagonal lines that meet at the tile's edges. */
function hatch(colour: string): Draw {
  return (pen) => {
    pen.strokeStyle = colour;
    pen.lineWidth = 1.1;
    for (const shift of [-HATCH_SIDE, 0, HATCH_SIDE]) {
      pen.beginPath();
      pen.moveTo(shift - 2, HATCH_SIDE + 2);
      pen.lineTo(shift + HATCH_SIDE + 2, -2);
      pen.stroke();
    }
  };
}

function drawImage(name: string, look: Look, ratio: number): ImageData | null {
  const asRing = readRing(name);
  if (asRing)
    return picture(
      asRing.diameter,
      ratio,
      ring(asRing.diameter, asRing.mix, look),
    );
  const [kind, value = ""] = name.split(":");
  const priority = Number(value);
  const level = Level.safeParse(value).data;
  switch (kind) {
    case "priority": {
      const colour = mixColours(look)[(priority + 4) % 5];
      const form = PRIORITY_SHAPES[priority];
      if (!colour || !form) return null;
      const half = PRIORITY_HALF[priority]!;
      return picture(SHAPE_SIDE, ratio, shape(form, half, colour, look));
    }
    case "level":
      return (
        (level &&
          picture(
            SHAPE_SIDE,
            ratio,
            shape(LEVEL_SHAPES[level], LEVEL_HALF, look.levels[level], look),
          )) ??
        null
      );
    case "hatch":
      return (
        (level && picture(HATCH_SIDE, ratio, hatch(look.levels[level]))) ?? null
      );
    default:
      return null;
  }
}

export interface Images {
  /** Draws everything anew in another look. */
  restyle(look: Look): void;
  /** Lets go of rings that nothing shows any more; cheap while there are few. */
  sweep(shown: () => Iterable<string>): void;
  close(): void;
}

/** More rings than this are swept. */
const MOST_RINGS = 240;

/** Answers a map's wishes for pictures. */
export function openImages(map: MapLibre, look: Look, ratio: number): Images {
  let present = look;
  map.setMissingStyleImageResolver((name) => {
    const image = drawImage(name, present, ratio);
    if (image && !map.hasImage(name))
      map.addImage(name, image, { pixelRatio: ratio });
  });
  return {
    restyle(next) {
      present = next;
      for (const name of map.listImages()) {
        const image = drawImage(name, present, ratio);
        if (image) map.updateImage(name, image);
      }
    },
    sweep(shown) {
      const rings = map.listImages().filter((name) => readRing(name));
      if (rings.length <= MOST_RINGS) return;
      const needed = new Set(shown());
      for (const name of rings) if (!needed.has(name)) map.removeImage(name);
    },
    close: () => void map.setMissingStyleImageResolver(null),
  };
}
