/** Style expressions that are built from lists: their tuple types cannot be. */
import type { ExpressionSpecification } from "maplibre-gl";

type Output = string | number | ExpressionSpecification;

/** The output whose label equals `input`, else `otherwise`. At least one pair is needed. */
export const match = (
  input: ExpressionSpecification,
  pairs: readonly (readonly [label: string | number, output: Output])[],
  otherwise: Output,
): ExpressionSpecification =>
  [
    "match",
    input,
    ...pairs.flat(),
    otherwise,
  ] as unknown as ExpressionSpecification;

/** Straight lines between outputs at zoom levels. */
export const byZoom = (
  ...stops: readonly (readonly [zoom: number, output: Output])[]
): ExpressionSpecification =>
  [
    "interpolate",
    ["linear"],
    ["zoom"],
    ...stops.flat(),
  ] as unknown as ExpressionSpecification;
