import { findBridges, findUnderpasses } from "./bridges.ts";
import type { Land } from "./land.ts";
import type { Locator } from "./locate.ts";
import type { Network, Stretch } from "./network.ts";
import { createNetwork } from "./network.ts";
import { planExpressways } from "./plan.ts";
import type { Line, Point } from "./plane.ts";
import { lengthOf, toPosition, toPositions } from "./plane.ts";
import { nameStreets } from "./road-names.ts";
import type { Street } from "./streets.ts";
import { createCrossField } from "./cross-field.ts";
import { traceStreets } from "./streets.ts";
import type { RoadClass, RoadEdge, RoadNetwork, RoadNode } from "./types.ts";
import { english } from "./words.ts";

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
