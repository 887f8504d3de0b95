import type { GeoJSON, Position } from "geojson";

/** How far the sea goes on beyond the city's own map, degrees. */
const FURTHER = 4;
/** A straight side shorter than this share of the sea is a quay, not the map's frame. */
const FRAME_SHARE = 0.15;
/** A side may waver by this share of the sea's size where it was traced from cells. */
const NEAR = 0.008;

type Ring = Position[];

/**
 * A city's base map ends somewhere; its sea does not. Sides of a sea that run
 * straight along the sea's own box are the map's frame: they are moved out of
 * sight. Pure; everything else is passed on untouched.
 */
export function openSea(water: GeoJSON): GeoJSON {
  if (water.type !== "FeatureCollection") return water;
  return {
    ...water,
    features: water.features.map((feature) => {
      const { geometry, properties } = feature;
      if (properties?.["kind"] !== "sea" || geometry.type !== "Polygon")
        return feature;
      const [shore, ...islands] = geometry.coordinates;
      if (!shore) return feature;
      const coordinates = [openRing(shore), ...islands];
      return { ...feature, geometry: { ...geometry, coordinates } };
    }),
  };
}

function openRing(ring: Ring): Ring {
  const sides = ([0, 1] as const).flatMap((axis) => {
    const along = ring.map((p) => p[axis]!);
    const [least, most] = [Math.min(...along), Math.max(...along)];
    const near = (most - least) * NEAR;
    return [
      {
        axis,
        by: -FURTHER,
        outside: (p: Position) => p[axis]! <= least + near,
      },
      { axis, by: FURTHER, outside: (p: Position) => p[axis]! >= most - near },
    ].filter(({ outside }) => isFrame(ring, axis, outside));
  });
  return ring.map((place) => {
    const moved = [...place];
    for (const { axis, by, outside } of sides)
      if (outside(place)) moved[axis]! += by;
    return moved;
  });
}

/** Do places of this side follow one another for long? */
function isFrame(
  ring: Ring,
  axis: 0 | 1,
  outside: (p: Position) => boolean,
): boolean {
  const across = ring.map((p) => p[axis === 0 ? 1 : 0]!);
  const size = Math.max(...across) - Math.min(...across);
  let length = 0;
  for (let i = 1; i < ring.length; i++)
    if (outside(ring[i]!) && outside(ring[i - 1]!))
      length += Math.abs(across[i]! - across[i - 1]!);
  return length > size * FRAME_SHARE;
}
