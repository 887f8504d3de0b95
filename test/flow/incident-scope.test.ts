/** What each viewer's rooms hold of incidents: all that lies within the scope, masked, and not a sign of the rest. */
import { flowRules } from "../kit/rules.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sees, type View } from "../../contract/data-scope.ts";
import { ENDED } from "../../contract/incident-status.ts";
import { type Incident, type IncidentReport } from "../../contract/incident.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../contract/time.ts";
import type { Delta } from "../../contract/wire.ts";
import { createZone } from "../../contract/zone.ts";
import { maskIncident } from "../../server/auth/mask.ts";
import {
  createIncidentFlow,
  type IncidentFlow,
} from "../../server/flow/incidents.ts";
import { readAllowed } from "../../server/lib/outbound.ts";
import { createTopics, type Topics } from "../../server/push/topics.ts";
import { openStore } from "../../server/store/open.ts";
import type { Store } from "../../server/store/store.ts";
import { createChance } from "../kit/chance.ts";
import { makeFolder } from "../kit/folder.ts";
import { at, feed } from "../store/city.ts";
import { createAreaIndex } from "../../server/hub/areas.ts";

const ZONE = createZone("Asia/Shanghai");
const folder = makeFolder("incident-scope");
const chance = createChance(20261126);
/** Late in the evening, so that the course goes over midnight. */
let now = at("2026-11-20 23:20");

/** One that follows a room by its deltas alone. */
interface Mirror {
  topic: "incidents" | "incidentCounts";
  params: { district?: string; limit: number };
  view: View;
  room: string;
  items: Map<string | number, { id: string }>;
  deltas: Delta[];
}

const FEEDS = [
  feed("hotline", { department: "HOTLINE" }),
  feed("water", { department: "WATER" }),
  feed("police", { department: "POLICE" }),
];
const REPORTER = { name: "林小满", phone: "15400001234" };
const VIEWS: View[] = [
  { departments: null, districts: null, masking: "personal" },
  { departments: null, districts: null, masking: "all" },
  { departments: ["WATER"], districts: null, masking: "personal" },
  { departments: ["WATER", "POLICE"], districts: ["west"], masking: "all" },
  { departments: null, districts: ["east"], masking: "personal" },
  { departments: null, districts: ["east"], masking: "all" },
  { departments: ["POLICE"], districts: ["east", "west"], masking: "all" },
  { departments: [], districts: null, masking: "all" },
];

let store: Store;
let topics: Topics;
let flow: IncidentFlow;
const mirrors: Mirror[] = [];

beforeAll(async () => {
  store = await openStore({ url: `sqlite:${folder.path}/city.db` });
  topics = createTopics({
    epoch: "test",
    now: () => now,
    send(room, delta) {
      // What is on the wire is a copy.
      const told = JSON.parse(JSON.stringify(delta)) as Delta;
      for (const mirror of mirrors)
        if (mirror.room === room) hear(mirror, told);
    },
  });
  const place = {
    districtAt: (lng: number) => (lng < 118 ? "west" : "east"),
    ...createAreaIndex([]),
    inside: () => true,
  };
  flow = createIncidentFlow({
    ...{ store, topics, zone: ZONE, allowed: readAllowed("") },
    clock: { now: () => now },
    ...{ place, ...flowRules(place) },
    sources: { shown: (source) => source },
    caps: {
      ...{ cameras: 1e6, incidents: 1e6, incidentText: 1e9, sensors: 1e6 },
      ...{ warnings: 1e6, warningText: 1e9, objects: 1e6, objectAlarms: 9 },
    },
  });
  await flow.load();
});
afterAll(async () => {
  await store.close();
  await folder.remove();
});

function hear({ items, deltas }: Mirror, delta: Delta): void {
  deltas.push(delta);
  if (delta.reset) items.clear();
  for (const item of delta.upsert as { id: string }[]) items.set(item.id, item);
  for (const id of delta.remove) {
    // Nobody is told to remove what was never shown.
    expect(items.delete(id)).toBe(true);
  }
}

function follow(
  topic: Mirror["topic"],
  params: Mirror["params"],
  view: View,
): Mirror {
  const { room, snapshot } = topics.join(topic, params, view);
  const items = new Map(
    (snapshot as { id: string }[]).map((item) => [item.id, item]),
  );
  const mirror = { topic, params, view, room, items, deltas: [] };
  mirrors.push(mirror);
  return mirror;
}

function leave(mirror: Mirror): void {
  topics.leave(mirror.room);
  mirrors.splice(mirrors.indexOf(mirror), 1);
}

/** A minute later, when every room has said what it had to say. */
async function settled(): Promise<void> {
  now += MINUTE;
  flow.tick();
  for (let i = 0; i < 4; i++)
    await new Promise((resolve) => setImmediate(resolve));
}

async function everything(): Promise<Incident[]> {
  const { items } = await store.incidents.page({ limit: 100_000 });
  return items.map((held) => flow.told(held));
}

const isSeen = ({ view, params }: Mirror, of: Incident) =>
  sees(view, of) &&
  (params.district === undefined || of.district === params.district);

/** What a room of these holds, counted anew from all that is stored. */
function expected(mirror: Mirror, all: Incident[]): { id: string }[] {
  const seen = all.filter((each) => isSeen(mirror, each));
  return mirror.topic === "incidents"
    ? seen
        .filter(({ status }) => !ENDED.has(status))
        .sort(
          (a, b) =>
            (a.priority ?? 9) - (b.priority ?? 9) ||
            b.reportedAt - a.reportedAt ||
            (a.id < b.id ? -1 : 1),
        )
        .slice(0, mirror.params.limit)
        .map((each) => maskIncident(each, REPORTER, mirror.view.masking))
    : counted(seen);
}

function counted(seen: Incident[]) {
  const counts = new Map([["total:all", { open: 0, today: 0 }]]);
  for (const of of seen) {
    const open = Number(!ENDED.has(of.status));
    const today = Number(of.reportedAt >= ZONE.startOf(now, DAY));
    if (open + today === 0) continue;
    for (const id of [
      "total:all",
      `priority:${of.priority ?? "none"}`,
      `status:${of.status}`,
      `district:${of.district ?? "none"}`,
      `source:${of.source}`,
      `category:${of.category ?? "none"}`,
    ]) {
      const count = counts.get(id) ?? { open: 0, today: 0 };
      counts.set(id, { open: count.open + open, today: count.today + today });
    }
  }
  return [...counts].map(([id, count]) => {
    const [facet, value] = id.split(":");
    return { id, facet, value, ...count };
  });
}

const byId = (items: Iterable<{ id: string }>) =>
  [...items].sort((a, b) => (a.id < b.id ? -1 : 1));

function report(n: number): IncidentReport {
  const place = chance.one([
    { lng: 117.5, lat: 31 },
    { lng: 118.5, lat: 31 },
    {},
  ]);
  const level = chance.one([undefined, 1, 2, 3, 4] as const);
  return {
    ...{ externalId: `case-${n}`, source: chance.one(["call", "patrol"]) },
    ...{ title: chance.one(["路面积水", "林小满家漏水"]), attachments: [] },
    description: `联系人：张三丰，15400005678，林小满 ${n}`,
    address: `幸福路${n}号3栋501室`,
    ...place,
    ...(level !== undefined && { level }),
    reportedAt: now - chance.between(0, 40) * MINUTE,
    ...(chance.next() < 0.3 && { closedAt: now }),
    reporter: REPORTER,
  };
}

/** Some of a feed's incidents, new ones and changed ones. */
async function tellSome(): Promise<void> {
  const from = chance.one(FEEDS);
  const numbers = new Set(
    Array.from({ length: chance.between(1, 8) }, () => chance.between(0, 40)),
  );
  const items = [...numbers].map((n, index) => ({ index, item: report(n) }));
  const outcome = await flow.take(from, items);
  expect(outcome.rejections).toEqual([]);
}

describe("a course of an evening and a morning", () => {
  it("every room holds what a fresh one would, by its deltas alone, and no row of another's", async () => {
    for (let step = 0; step < 120; step++) {
      if (mirrors.length < 24 || chance.next() < 0.3)
        follow(
          chance.one(["incidents", "incidentCounts"] as const),
          {
            limit: chance.one([3, 10, 200]),
            ...(chance.next() < 0.3 && { district: "west" }),
          },
          // Each viewer's own, equal or not.
          structuredClone(chance.one(VIEWS)),
        );
      if (mirrors.length > 24) leave(chance.one(mirrors));
      await tellSome();
      if (chance.next() < 0.2) await tellSome();
      await settled();
      const all = await everything();
      for (const mirror of mirrors)
        expect(
          byId(mirror.items.values()),
          JSON.stringify(mirror.view),
        ).toEqual(byId(expected(mirror, all)));
    }
    const told = JSON.stringify(mirrors.map(({ deltas }) => deltas));
    for (const secret of ["林小满", "张三丰", "15400005678", "15400001234"])
      expect(told).not.toContain(secret);
    expect(told).toContain("林**家漏水");
    expect(now).toBeGreaterThan(at("2026-11-21 00:00") + HOUR);
  });

  it("what happens outside a scope is not even heard of there", async () => {
    for (const mirror of [...mirrors]) leave(mirror);
    const [water, counts] = (["incidents", "incidentCounts"] as const).map(
      (topic) => follow(topic, { limit: 200 }, VIEWS[2]!),
    );
    const city = follow("incidentCounts", { limit: 200 }, VIEWS[0]!);
    const item = { ...report(900), closedAt: undefined };
    delete item.closedAt;
    await flow.take(FEEDS[0]!, [{ index: 0, item }]);
    await settled();
    expect(water!.deltas).toEqual([]);
    expect(counts!.deltas).toEqual([]);
    expect(city.deltas).toHaveLength(1);
    await flow.take(FEEDS[1]!, [{ index: 0, item }]);
    await settled();
    expect(water!.deltas).toHaveLength(1);
    expect(counts!.deltas).toHaveLength(1);
  });

  it("rooms are the same after the incidents were read again", async () => {
    const all = await everything();
    await flow.load();
    topics.reset();
    await settled();
    for (const mirror of mirrors)
      expect(byId(mirror.items.values())).toEqual(byId(expected(mirror, all)));
  });

  it("an attachment that leads inside is refused by its path", async () => {
    const attachments = [
      { url: "https://photos.example/1.jpg", kind: "photo" },
      { url: "http://169.254.169.254/", kind: "photo" },
    ];
    const item = { ...report(901), reportedAt: now - SECOND, attachments };
    const outcome = await flow.take(FEEDS[0]!, [{ index: 0, item }]);
    expect(outcome.rejections).toEqual([
      {
        ...{ index: 0, path: "/attachments/1/url" },
        message: "169.254.169.254 is a link-local address",
      },
    ]);
  });
});
