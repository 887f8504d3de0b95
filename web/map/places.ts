/** Plain geometry on lng/lat degrees (CGCS2000, drawn as WGS-84). Pure. */
export type LngLat = readonly [lng: number, lat: number];
export type Bounds = readonly [
  west: number,
  south: number,
  east: number,
  north: number,
];

const EARTH = 6_371_008.8;
const rad = (degrees: number) => (degrees * Math.PI) / 180;

/** Metres between two places along the great circle. */
export function distance(a: LngLat, b: LngLat): number {
  const dLat = rad(b[1] - a[1]);
  const dLng = rad(b[0] - a[0]);
  const h =
    Math.sin(dLat / 2) ** 2 +
    Math.cos(rad(a[1])) * Math.cos(rad(b[1])) * Math.sin(dLng / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** A closed ring around a point; `radius` in metres. */
export function circle(centre: LngLat, radius: number, corners = 72): LngLat[] {
  const perLat = (Math.PI / 180) * EARTH;
  const perLng = perLat * Math.max(0.01, Math.cos(rad(centre[1])));
  return Array.from({ length: corners + 1 }, (_, i) => {
    const angle = ((i % corners) / corners) * Math.PI * 2;
    return [
      centre[0] + (Math.sin(angle) * radius) / perLng,
      centre[1] + (Math.cos(angle) * radius) / perLat,
    ] as const;
  });
}

/** Web-Mercator position in a world of 0 … 1, y downwards. */
export function mercator(lng: number, lat: number): [x: number, y: number] {
  const clamped = Math.max(-85.05, Math.min(85.05, lat));
  return [
    (lng + 180) / 360,
    0.5 - Math.log(Math.tan(Math.PI / 4 + rad(clamped) / 2)) / (2 * Math.PI),
  ];
}

/** The box around rings, or null where there is no point. */
export function boundsOf(rings: Iterable<Iterable<LngLat>>): Bounds | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings)
    for (const [lng, lat] of ring) {
      west = Math.min(west, lng);
      south = Math.min(south, lat);
      east = Math.max(east, lng);
      north = Math.max(north, lat);
    }
  return west <= east ? [west, south, east, north] : null;
}

/**
 * Lines that belong to one ring only: where districts share their borders edge
 * by edge, that is the city's outline. Pieces are joined end to end.
 */
export function outline(
  rings: readonly (readonly LngLat[])[],
): [number, number][][] {
  const key = (p: LngLat) => `${p[0]},${p[1]}`;
  const edges = new Map<string, [LngLat, LngLat]>();
  for (const ring of rings)
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [ring[i - 1]!, ring[i]!];
      const back = `${key(b)} ${key(a)}`;
      if (!edges.delete(back)) edges.set(`${key(a)} ${key(b)}`, [a, b]);
    }
  const from = new Map<string, [LngLat, LngLat][]>();
  for (const edge of edges.values()) {
    const start = key(edge[0]);
    from.set(start, [...(from.get(start) ?? []), edge]);
  }
  const lines: LngLat[][] = [];
  for (const first of edges.values()) {
    if (!take(from, first)) continue;
    const line = [first[0], first[1]];
    for (;;) {
      const next = from.get(key(line.at(-1)!))?.pop();
      if (!next) break;
      line.push(next[1]);
    }
    lines.push(line);
  }
  return lines.map((line) => line.map(([lng, lat]) => [lng, lat]));

  function take(
    held: Map<string, [LngLat, LngLat][]>,
    edge: [LngLat, LngLat],
  ): boolean {
    const list = held.get(key(edge[0])) ?? [];
    const at = list.indexOf(edge);
    if (at < 0) return false;
    list.splice(at, 1);
    return true;
  }
}
