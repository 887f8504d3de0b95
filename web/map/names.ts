/** How the base map's names are written. */
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { byZoom } from "./expressions.ts";
import type { Ground } from "./ground.ts";

/**
 * A CSS font list as MapLibre's font stack. Glyphs are drawn from local fonts;
 * the weight is read from the first name, so one that only names it goes first.
 */
export const fontStack = (
  css: string,
  weight: "Regular" | "Medium" | "SemiBold",
): string[] => [
  weight,
  ...css.split(",").map((name) => name.trim().replaceAll(/^["']|["']$/g, "")),
];

interface LabelLook {
  /** Px on a 1080-high canvas, at zoom 8 and 14. */
  size: readonly [number, number];
  weight?: "Regular" | "Medium";
  spacing: number;
  filter?: ExpressionSpecification;
  /** Zoom from which it is gone. */
  to?: number;
}

/** Places of a district's name, nearest first: it steps aside for rings. In em. */
const ASIDE: [string, [number, number]][] = [
  ["center", [0, 0]],
  ["top", [0, 1.1]],
  ["bottom", [0, -1.1]],
  ["left", [1.3, 0]],
  ["right", [-1.3, 0]],
  ["top", [0, 2.4]],
  ["bottom", [0, -2.4]],
  ["left", [2.8, 0.8]],
  ["right", [-2.8, 0.8]],
  // A crowded centre: still well inside its district.
  ["top", [0, 3.8]],
  ["bottom", [0, -3.8]],
  ["left", [2.8, -2.4]],
  ["right", [-2.8, -2.4]],
  ["left", [2.8, 2.4]],
  ["right", [-2.8, 2.4]],
];

export function labels(ground: Ground): LayerSpecification[] {
  const { look, language } = ground;
  const name: ExpressionSpecification =
    language === "zh"
      ? ["get", "nameZh"]
      : ["coalesce", ["get", "nameEn"], ["get", "nameZh"]];
  const label = (
    id: string,
    kinds: string[],
    colour: string,
    from: number,
    { size, weight = "Regular", spacing, filter, to }: LabelLook,
  ): LayerSpecification => ({
    id: `label:${id}`,
    type: "symbol",
    source: "labels",
    filter: [
      "all",
      ["in", ["get", "kind"], ["literal", kinds]],
      ...(filter ? [filter] : []),
    ],
    minzoom: from,
    ...(to !== undefined && { maxzoom: to }),
    layout: {
      "text-field": name,
      "text-font": fontStack(look.sans, weight),
      "text-size": byZoom([8, size[0]], [14, size[1]]),
      // Latin letters stand apart already.
      "text-letter-spacing": language === "zh" ? spacing : spacing / 4,
      "text-padding": 4,
      "text-rotate": ["coalesce", ["get", "angle"], 0],
      "symbol-sort-key": ["coalesce", ["get", "rank"], 9],
      ...(weight === "Medium" && {
        "text-variable-anchor-offset": ASIDE.flat(),
      }),
    },
    paint: {
      "text-color": colour,
      "text-halo-color": look.labelHalo,
      "text-halo-width": 1.6,
      "text-halo-blur": 0.6,
    },
  });
  const RANK: ExpressionSpecification = ["coalesce", ["get", "rank"], 9];
  const second = { size: [12, 16], spacing: 0.06 } as const;
  const wet = { size: [13, 19], spacing: 0.25 } as const;
  const near = [
    label("park", ["park", "hill"], look.labelSecond, 11.5, second),
    label("town", ["town"], look.labelSecond, 11, second),
    label("sea", ["sea"], look.labelWater, 8, wet),
    label("lake", ["lake", "river"], look.labelWater, 10.5, {
      ...wet,
      filter: [">", RANK, 3],
    }),
  ];
  return [
    ...(ground.labels === "full" ? near : []),
    label("water", ["river"], look.labelWater, 8.5, {
      ...wet,
      filter: ["<=", RANK, 3],
    }),
    label("district", ["district"], look.label, 7.5, {
      size: [17, 25],
      weight: "Medium",
      spacing: 0.16,
    }),
    label("city", ["city"], look.label, 0, {
      size: [22, 30],
      weight: "Medium",
      spacing: 0.2,
      to: 7.5,
    }),
  ];
}
