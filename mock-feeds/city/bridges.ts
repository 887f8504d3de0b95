import type { Land } from "./land.ts";
import type { Locator } from "./locate.ts";
import type { Network } from "./network.ts";
import type { Line, Point } from "./plane.ts";
import { along, clamp, distance, toPosition } from "./plane.ts";
import { createRandom } from "./random.ts";
import type { Bridge, RoadEdge, RoadNode, Underpass } from "./types.ts";
import { english } from "./words.ts";

const GREAT_BRIDGES = [
  "澜江大桥",
  "江湾大桥",
  "望江大桥",
  "鹭洲大桥",
  "中华大桥",
  "南门大桥",
  "临江大桥",
  "朝阳大桥",
  "云帆大桥",
  "江口大桥",
  "西港大桥",
  "青云大桥",
  "兴渡大桥",
  "古渡大桥",
  "安澜大桥",
  "宁江大桥",
];

/** Stretches that lead over water for more than a ditch's width. */
export function findBridges(
  seed: number,
  land: Land,
  edges: readonly RoadEdge[],
  lines: readonly Line[],
  locate: Locator,
): Bridge[] {
  const random = createRandom(seed, "bridges");
  const great = random.shuffle(GREAT_BRIDGES.slice(1));
  const names = new Set<string>();
  const found: Bridge[] = [];
  lines.forEach((line, id) => {
    const edge = edges[id] as RoadEdge;
    const step = 15;
    const wet: number[] = [];
    for (let d = 0; d < edge.length; d += step)
      if (land.isWater(along(line, d).at)) wet.push(d);
    if (wet.length * step < 60) return;
    const middle = along(line, wet[wet.length >> 1] as number).at;
    const at = toPosition(middle);
    const place = locate(at);
    if (!place) return;
    const over = waterName(land, middle);
    const free = over === "澜江" && great.length > 0;
    const nameZh = free
      ? (great.pop() ?? "")
      : `${edge.nameZh}${over === "澜江" ? "大桥" : "桥"}`;
    if (names.has(nameZh)) return;
    names.add(nameZh);
    found.push({
      id: `BR-${String(found.length + 1).padStart(3, "0")}`,
      nameZh,
      nameEn: english(nameZh),
      at,
      length: wet.length * step + 60,
      edge: id,
      over,
      district: place.district.code,
    });
  });
  return found;
}

/** Name of the running water or lake nearest to the point. */
function waterName(land: Land, p: Point): string {
  const near = (line: Line) => Math.min(...line.map((q) => distance(p, q)));
  const all = [
    ...land.streams.map(({ id, line }, i) => ({
      id,
      far: near(line) - (i === 0 ? 700 : 0),
    })),
    ...land.lakes.map(({ id, ring }) => ({ id, far: near(ring) })),
  ];
  return all.reduce((a, b) => (a.far <= b.far ? a : b)).id;
}

/** 240 places where a road dips under an expressway, lowest land first. */
export function findUnderpasses(
  seed: number,
  land: Land,
  graph: Network,
  nodes: readonly RoadNode[],
  edges: readonly RoadEdge[],
  lines: readonly Line[],
  locate: Locator,
): Underpass[] {
  const random = createRandom(seed, "underpasses");
  const byStreet = new Map<number, number[]>();
  graph.stretches.forEach(({ street }, id) => {
    const list = byStreet.get(street);
    if (list) list.push(id);
    else byStreet.set(street, [id]);
  });
  const dips = graph.overpasses.map(({ at, street }) => ({ at, street }));
  for (const node of nodes) {
    const meeting = node.edges.map((id) => edges[id] as RoadEdge);
    const low = meeting.find(({ roadClass }) => roadClass === "主干路");
    const high = meeting.some(({ roadClass }) => roadClass === "快速路");
    const at = graph.nodes[node.id];
    if (low && high && at) dips.push({ at, street: low.road });
  }
  const names = new Map<string, number>();
  return dips
    .flatMap(({ at, street }) => {
      const edge = (byStreet.get(street) ?? []).reduce<number | undefined>(
        (a, b) =>
          a !== undefined && toLine(lines[a], at) <= toLine(lines[b], at)
            ? a
            : b,
        undefined,
      );
      const position = toPosition(at);
      const place = locate(position);
      if (edge === undefined || !place || land.isWater(at)) return [];
      const low = 1 - clamp(Math.abs(land.bank(at)) / 9000);
      const risk = clamp(
        0.55 * low + 0.45 * random.next() - 1.5 * land.hill(at),
      );
      return [{ at: position, edge, risk, district: place.district.code }];
    })
    .sort((a, b) => b.risk - a.risk)
    .slice(0, 240)
    .map((dip, i) => {
      const road = edges[dip.edge]?.nameZh ?? "";
      const nth = (names.get(road) ?? 0) + 1;
      names.set(road, nth);
      return {
        ...dip,
        id: `UP-${String(i + 1).padStart(3, "0")}`,
        name: `${road}下穿通道${nth > 1 ? `${nth}号` : ""}`,
        risk: Math.round(dip.risk * 1000) / 1000,
      };
    });
}

const toLine = (line: Line | undefined, p: Point) =>
  Math.min(...(line ?? []).map((q) => distance(p, q)));
