import { insideRing, toPoint } from "./plane.ts";
import type { Regions } from "./regions.ts";
import type { District, Position, Town } from "./types.ts";

/** District and town that hold a position; undefined outside the city. */
export type Locator = (
  at: Position,
) => { district: District; town: Town } | undefined;

/**
 * The raster answers far from borders; near them the published rings do, so
 * that what is said here is what a reader of the pack would find.
 */
export function createLocator(
  regions: Regions,
  districts: readonly District[],
  towns: readonly Town[],
): Locator {
  const { grid, townOf } = regions;
  const byCode = new Map(
    districts.map((district) => [district.code, district]),
  );
  const found = (town: Town | undefined) => {
    const district = town && byCode.get(town.district);
    return town && district ? { town, district } : undefined;
  };
  return (at) => {
    const [x, y] = toPoint(at);
    // The label below the point comes first: it is nearly always the one.
    const near = [townOf([x, y])];
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++) {
        const label = townOf([x + dx * grid.cell, y + dy * grid.cell]);
        if (!near.includes(label)) near.push(label);
      }
    if (near.length === 1) return found(towns[(near[0] ?? 0) - 1]);
    for (const label of near) {
      const town = towns[label - 1];
      if (town && insideRing(at[0], at[1], town.ring)) return found(town);
    }
    return undefined;
  };
}
