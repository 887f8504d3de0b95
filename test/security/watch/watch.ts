/**
 * Watches what sockets of narrow scopes are sent while the city changes: not one
 * row of others', and all of their own. Judged by what was sent to the hub.
 */
import type { DataScope } from "../../../contract/data-scope.ts";
import type { Incident } from "../../../contract/incident.ts";
import type { TopicName } from "../../../contract/topic.ts";
import { DISTRICTS } from "../../kit/city.ts";
import { openFollower, type Follower, type Room } from "../../kit/follower.ts";
import { startHub, type Hub } from "../../kit/hub.ts";
import { newPerson, pairWall } from "../../kit/staff.ts";
import { createLoad, WATCHED_CITY, type Load, type Rows } from "./load.ts";
import { couldBeSeen, isSeenNow, mayBeSeen, type Row } from "./truth.ts";

export interface WatchReport {
  seconds: number;
  /** Items that feeds sent and the hub took. */
  sent: number;
  /** Rows that the sockets were sent, in pictures and deltas. */
  received: number;
  /** Rows among them, or left on a screen, that the socket's scope does not have. */
  foreign: number;
  /** Own rows that did not arrive as they were last told. */
  missing: number;
  /** The first of both, in words. */
  complaints: string[];
}

const WEST = [DISTRICTS.west.code];
const EAST = [DISTRICTS.east.code];
const SCOPES: Record<string, DataScope> = {
  city: { departments: null, districts: null },
  department: { departments: ["TEST"], districts: null },
  corner: { departments: ["TEST"], districts: WEST },
  otherCorner: { departments: ["ECO"], districts: EAST },
  district: { departments: null, districts: WEST },
  nobody: { departments: [], districts: null },
  wall: { departments: ["ECO"], districts: null },
};

type Item = Record<string, unknown> & { id: string | number };
interface Watched {
  who: string;
  scope: DataScope;
  topic: TopicName;
  /** Which rows of the topic the room is about. */
  has: (id: string) => boolean;
  room: Room<Item>;
  /** What was there before anything moved, and when. */
  first: Item[];
  at: number;
}

const ofCity = (id: string) => id.endsWith("@city");
const TOPICS: [TopicName, object, ((id: string) => boolean)?][] = [
  ["sensors", { kind: "gauge" }],
  ["sensorStates", {}],
  ["incidents", { limit: 2_000 }],
  ["incidentCounts", {}],
  ["feeds", {}],
  ["positions", {}],
  ["cameraStates", {}],
  ["indicators", { scope: "city" }, ofCity],
  ["indicators", { scope: "*" }, (id) => !ofCity(id)],
];

/** ms that the last rows have to arrive. */
const PATIENCE = 30_000;

export async function watchScopes(plan: {
  seconds: number;
  seed: number;
}): Promise<WatchReport> {
  const hub = await startHub({ city: WATCHED_CITY });
  const followers: Follower[] = [];
  try {
    const load = createLoad(hub, plan.seed);
    await load.seed();
    const numbers = await numbersOf(hub);
    const watched: Watched[] = [];
    for (const [who, scope] of Object.entries(SCOPES)) {
      const { cookie } =
        who === "wall"
          ? await pairWall(hub, { scope })
          : await newPerson(hub, who.toLowerCase(), ["leader"], scope);
      const follower = await openFollower(hub.url, cookie);
      followers.push(follower);
      for (const [topic, params, has = () => true] of TOPICS) {
        const room = (await follower.follow(
          topic,
          params,
        )) as unknown as Room<Item>;
        const first = [...room.items.values()];
        watched.push({
          ...{ who, scope, topic, has, room, first, at: Date.now() },
        });
      }
    }
    await load.run(plan.seconds * 1_000);
    return await judge(plan.seconds, load, watched, numbers);
  } catch (error) {
    throw new Error(`the watch broke off; the hub said:\n${hub.output()}`, {
      cause: error,
    });
  } finally {
    for (const follower of followers) follower.close();
    await hub.stop();
  }
}

/** The hub's numbers of sensors, as `sensorStates` has them. */
async function numbersOf(hub: Hub): Promise<Map<number, string>> {
  const { no } = await hub.ask<{ no: number[] }>("/api/sensors/points");
  const found = new Map<number, string>();
  for (const number of no) {
    const { items } = await hub.ask<{ items: { id: string }[] }>(
      `/api/sensors?no=${number}`,
    );
    found.set(number, items[0]!.id);
  }
  return found;
}

async function judge(
  seconds: number,
  load: Load,
  watched: Watched[],
  numbers: Map<number, string>,
): Promise<WatchReport> {
  const { rows } = load;
  const until = performance.now() + PATIENCE;
  let lacks: string[];
  do {
    await new Promise((resolve) => setTimeout(resolve, 100));
    lacks = watched.flatMap((one) => lackOf(one, rows, numbers));
  } while (lacks.length > 0 && performance.now() < until);

  let received = 0;
  const foreign: string[] = [];
  for (const one of watched) {
    const held = new Set<string | number>();
    const look = (items: Item[], at: number) => {
      received += items.length;
      for (const item of items) {
        held.add(item.id);
        if (!isOwn(one, item, at, rows, numbers))
          foreign.push(
            `${one.who} was sent ${one.topic} ${JSON.stringify(item)}`,
          );
      }
    };
    look(one.first, one.at);
    for (const { upsert, remove, now } of one.room.deltas) {
      for (const id of remove)
        if (!held.delete(id))
          foreign.push(`${one.who} was told that ${one.topic} ${id} left`);
      look(upsert as Item[], now);
    }
  }
  return {
    ...{ seconds, sent: load.sent(), received },
    ...{ foreign: foreign.length, missing: lacks.length },
    complaints: [...foreign.slice(0, 5), ...lacks.slice(0, 5)],
  };
}

const tableOf = (topic: TopicName, rows: Rows): Map<string, Row> =>
  topic === "sensorStates" ? rows.sensors : rows[topic as keyof Rows];

function keyOf(topic: TopicName, item: Item, numbers: Map<number, string>) {
  if (topic === "sensorStates") return numbers.get(item.id as number) ?? "";
  if (topic !== "incidents") return String(item.id);
  const { feed, externalId } = item as unknown as Incident;
  return `${feed}/${externalId}`;
}

function isOwn(
  { scope, topic }: Watched,
  item: Item,
  at: number,
  rows: Rows,
  numbers: Map<number, string>,
): boolean {
  if (topic === "incidentCounts") return isOwnCount(scope, item, at, rows);
  const row = tableOf(topic, rows).get(keyOf(topic, item, numbers));
  return row !== undefined && mayBeSeen(row, scope, at);
}

/** A count of zero says that there was something before. */
function isOwnCount(scope: DataScope, item: Item, at: number, rows: Rows) {
  const { facet, value } = item as unknown as { facet: string; value: string };
  if (facet === "district")
    return scope.districts === null || scope.districts.includes(value);
  if (facet !== "source") return true;
  return [...rows.incidents].some(
    ([id, row]) => id.startsWith(`${value}/`) && couldBeSeen(row, scope, at),
  );
}

/** As the row was last told, from what the screen shows of it. */
const SHOWN: Partial<Record<TopicName, (item: Item) => string>> = {
  sensors: ({ lng, values }) =>
    JSON.stringify({ lng, value: (values as { value: number }[])[0]!.value }),
  incidents: ({ title }) => String(title),
  positions: ({ lng, at }) => JSON.stringify([lng, at]),
  cameraStates: ({ online }) => String(online),
  indicators: ({ value }) => String(value),
};

/** What one room lacks, or holds too much, of all that was sent. */
function lackOf(
  { who, scope, topic, room, has }: Watched,
  rows: Rows,
  numbers: Map<number, string>,
): string[] {
  const name = `${who}: ${topic}`;
  if (topic === "incidentCounts") {
    const own = [...rows.incidents.values()].filter((row) =>
      isSeenNow(row, scope),
    ).length;
    const shown = [...room.items.values()].find(
      ({ facet }) => facet === "total",
    )?.["open"];
    return (shown ?? 0) === own
      ? []
      : [`${name} counts ${JSON.stringify(shown)} of ${own}`];
  }
  const held = new Map(
    [...room.items.values()].map((item) => [
      keyOf(topic, item, numbers),
      SHOWN[topic]?.(item),
    ]),
  );
  const wanted = [...tableOf(topic, rows)].filter(
    ([id, row]) => has(id) && isSeenNow(row, scope),
  );
  const lacks: string[] = [];
  for (const [id, { value }] of wanted) {
    if (!held.has(id)) lacks.push(`${name} lacks ${id}`);
    else if (SHOWN[topic] && held.get(id) !== value)
      lacks.push(`${name} shows ${id} as ${held.get(id)} and not as ${value}`);
    held.delete(id);
  }
  for (const id of held.keys()) lacks.push(`${name} still holds ${id}`);
  return lacks;
}
