import type { Land } from "./land.ts";
import type { Locator } from "./locate.ts";
import type { Network, Stretch } from "./network.ts";
import { createNetwork } from "./network.ts";
import { planExpressways } from "./plan.ts";
import type { Line, Point } from "./plane.ts";
import {
  along,
  clamp,
  distance,
  lengthOf,
  toPosition,
  toPositions,
} from "./plane.ts";
import { createRandom } from "./random.ts";
import type { Street } from "./streets.ts";
import { createCrossField, traceStreets } from "./streets.ts";
import type {
  Bridge,
  RoadClass,
  RoadEdge,
  RoadNetwork,
  RoadNode,
  Underpass,
} from "./types.ts";
import { createNaming, english } from "./words.ts";

export const FREE_SPEED: Record<RoadClass, number> = {
  快速路: 80,
  主干路: 60,
  次干路: 50,
  支路: 30,
};
const LANES: Record<RoadClass, number> = {
  快速路: 3,
  主干路: 3,
  次干路: 2,
  支路: 1,
};

export interface Roads {
  network: RoadNetwork;
  /** Lines of `network.edges` on the plane. */
  lines: Line[];
  field: (p: Point) => number;
}

export function createRoads(seed: number, land: Land, locate: Locator): Roads {
  const field = createCrossField(seed, land);
  const streets = traceStreets(seed, land, field, planExpressways(seed, land));
  nameStreets(seed, land, streets);
  const graph = createNetwork(land, streets);
  const lines = graph.stretches.map(({ line }) => line);
  const edges = graph.stretches.map((stretch, id) =>
    createEdge(stretch, streets[stretch.street] as Street, id),
  );
  const nodes = createNodes(graph, edges, locate);
  return {
    field,
    lines,
    network: {
      nodes,
      edges,
      bridges: findBridges(seed, land, edges, lines, locate),
      underpasses: findUnderpasses(
        seed,
        land,
        graph,
        nodes,
        edges,
        lines,
        locate,
      ),
    },
  };
}

function createEdge(stretch: Stretch, street: Street, id: number): RoadEdge {
  return {
    id,
    from: stretch.from,
    to: stretch.to,
    road: stretch.street,
    roadClass: street.roadClass,
    nameZh: street.name,
    nameEn: english(street.name),
    line: toPositions(stretch.line),
    length: Math.round(lengthOf(stretch.line)),
    freeSpeed: FREE_SPEED[street.roadClass],
    lanes: LANES[street.roadClass],
  };
}

function createNodes(
  graph: Network,
  edges: readonly RoadEdge[],
  locate: Locator,
): RoadNode[] {
  const meeting = graph.nodes.map((): number[] => []);
  for (const { id, from, to } of edges) {
    meeting[from]?.push(id);
    meeting[to]?.push(id);
  }
  return graph.nodes.map((point, id) => {
    const own = meeting[id] ?? [];
    const at = toPosition(point);
    const names = [...new Set(own.map((edge) => edges[edge]?.nameZh ?? ""))];
    return {
      id,
      at,
      edges: own,
      name: crossingName(names),
      district: locate(at)?.district.code ?? "",
    };
  });
}

/** 「澜江大道与东环路口」 */
function crossingName([first = "", second]: string[]): string {
  if (!second) return first;
  return `${first}与${second}${second.endsWith("路") ? "口" : "路口"}`;
}

/** Streets of old towns everywhere; the centre's arterials get them first. */
const CENTRAL = [
  "人民路",
  "解放路",
  "建设路",
  "中华路",
  "府前街",
  "鼓楼街",
  "文昌街",
  "学府街",
  "朝阳路",
  "青年路",
  "和平路",
  "体育路",
  "迎宾路",
  "新华路",
];

/**
 * The river's two embankments and the eastern arterial have names that the
 * city's people use every day; the rest draw theirs.
 */
function nameStreets(seed: number, land: Land, streets: Street[]) {
  const random = createRandom(seed, "road names");
  const naming = createNaming(random, ["澜江", "滨江"]);
  const arterials = streets.filter(({ roadClass }) => roadClass === "主干路");
  const nearness = (street: Street, side: number) => {
    let metres = 0;
    for (let i = 0; i < street.line.length; i += 3) {
      const p = street.line[i] as Point;
      const bank = land.bank(p) * side;
      if (bank > 250 && bank < 1500 && Math.abs(p[0]) < 12_000) metres += 1;
    }
    return metres;
  };
  const best = (score: (street: Street) => number) => {
    const open = arterials.filter(({ name }) => name === "");
    return open.reduce<Street | undefined>(
      (a, b) => (a && score(a) >= score(b) ? a : b),
      undefined,
    );
  };
  const give = (name: string, score: (street: Street) => number) => {
    const street = best(score);
    if (street) street.name = name;
  };
  give("澜江大道", (street) => nearness(street, 1));
  give("滨江大道", (street) => nearness(street, -1));
  const centre = land.cores[0]?.at ?? [0, 0];
  const passes = (street: Street, at: Point) =>
    -Math.min(...street.line.map((p) => distance(p, at)));
  for (const [name, dx, dy] of [
    ["东环路", 3300, -300],
    ["西环路", -3200, 600],
    ["北环路", 300, 3400],
  ] as const)
    give(name, (street) => passes(street, [centre[0] + dx, centre[1] + dy]));
  for (const name of CENTRAL.slice(0, 6))
    give(name, (street) => passes(street, centre));
  const rest = CENTRAL.slice(6);
  const byDistance = streets
    .filter(({ name }) => name === "")
    .map((street) => ({ street, far: -passes(street, centre) }))
    .sort((a, b) => a.far - b.far);
  for (const { street } of byDistance)
    street.name =
      street.roadClass === "次干路" && rest.length > 0
        ? (rest.shift() ?? "")
        : naming.road() + ending(random.next(), street);
}

function ending(draw: number, { roadClass, line }: Street): string {
  const [a, b] = [line[0] as Point, line.at(-1) as Point];
  const eastWest = Math.abs(b[0] - a[0]) > Math.abs(b[1] - a[1]);
  if (roadClass === "主干路") return draw < 0.4 ? "大道" : "路";
  if (roadClass === "次干路") return eastWest || draw < 0.3 ? "路" : "街";
  return draw < 0.2 ? "巷" : eastWest ? "路" : "街";
}

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
function findBridges(
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
function findUnderpasses(
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
