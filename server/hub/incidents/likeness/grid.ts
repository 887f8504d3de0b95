/** Places of a city in square cells, to find what lies near without looking at all of it. */

/** Metres of one degree of latitude (mean meridian of CGCS2000's ellipsoid). */
const DEGREE = 111_195;

const shrink = (lat: number) => Math.cos((lat * Math.PI) / 180);

/** Metres between two points in degrees; right to a few per mille within a city. */
export function metresBetween(
  lng: number,
  lat: number,
  otherLng: number,
  otherLat: number,
): number {
  const x = (otherLng - lng) * shrink((lat + otherLat) / 2);
  return Math.hypot(x, otherLat - lat) * DEGREE;
}

/** Every row of cells has columns of its own, as wide in metres as it is high. */
const rowOf = (lat: number, metres: number) =>
  Math.floor((lat * DEGREE) / metres);
const columnOf = (lng: number, row: number, metres: number) =>
  Math.floor(
    (lng * DEGREE * Math.max(shrink((row * metres) / DEGREE), 0.01)) / metres,
  );

/** Name of the cell of a point. */
export function cellOf(lng: number, lat: number, metres: number): string {
  const row = rowOf(lat, metres);
  return `${row}/${columnOf(lng, row, metres)}`;
}

/** Names of all cells of this size that hold a point within `radius` metres. */
export function cellsAround(
  lng: number,
  lat: number,
  radius: number,
  metres: number,
): string[] {
  // A hundredth more: a row's columns are measured at its border.
  const reach = (radius * 1.01) / DEGREE;
  const wide = reach / Math.max(shrink(lat), 0.01);
  const cells: string[] = [];
  const last = rowOf(lat + reach, metres);
  for (let row = rowOf(lat - reach, metres); row <= last; row++) {
    const end = columnOf(lng + wide, row, metres);
    for (let c = columnOf(lng - wide, row, metres); c <= end; c++)
      cells.push(`${row}/${c}`);
  }
  return cells;
}
