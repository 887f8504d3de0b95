import { toPoint } from "../city/plane.ts";
import type { City } from "../city/types.ts";

/** The built-up area as one disc: where the towns are dense. */
export function urbanArea(city: City) {
  let weight = 0;
  let x = 0;
  let y = 0;
  const towns = city.towns.map((town) => {
    const [tx, ty] = toPoint(town.centre);
    return { tx, ty, dense: town.density ** 2 };
  });
  for (const { tx, ty, dense } of towns) {
    weight += dense;
    x += tx * dense;
    y += ty * dense;
  }
  x /= weight;
  y /= weight;
  let spread = 0;
  for (const { tx, ty, dense } of towns)
    spread += dense * ((tx - x) ** 2 + (ty - y) ** 2);
  const reach = 1.6 * Math.sqrt(spread / weight);
  return {
    x,
    y,
    /** metres */
    reach,
    /** 0 in the country … 1 in the middle of the city. */
    share: (px: number, py: number) =>
      Math.exp(-((((px - x) ** 2 + (py - y) ** 2) / reach ** 2) * 0.9)),
  };
}
