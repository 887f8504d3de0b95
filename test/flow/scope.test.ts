/**
 * [R6] Nobody is ever sent a row of another department or district: a seeded
 * course of changes through the real feeds, followed by people of every scope.
 */
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sees, type View, type Whose } from "../../contract/data-scope.ts";
import type { Delta } from "../../contract/wire.ts";
import { createChance } from "../kit/chance.ts";
import { DISTRICTS, indicatorRow, PLACES } from "../kit/city.ts";
import { openInnerCity, type InnerCity } from "./open-city.ts";

const WEST = DISTRICTS.west.code;
const EAST = DISTRICTS.east.code;
/** A district that only a sensor names, long after it was asked for. */
const LATER = "999003";
const CHANGES = 2_000;
const LOOKS = 10;

const SYSTEMS = ["alpha", "beta", "gamma"];
const DEPARTMENTS = ["TEST", "ECO"];
const FEEDS = SYSTEMS.flatMap((system, i) => {
  const own = { system, department: DEPARTMENTS[i % 2]! };
  return [
    { ...own, id: `${system}-sensors`, format: "sensors/1" },
    { ...own, id: `${system}-readings`, format: "readings/1" },
    { ...own, id: `${system}-cars`, format: "positions/1" },
  ];
});

const scopes: [string, View["departments"], View["districts"]][] = [
  ["own department, own district", ["TEST"], [WEST]],
  ["own department, foreign district", ["TEST"], [EAST]],
  ["foreign department, own district", ["ECO"], [WEST]],
  ["foreign department, foreign district", ["ECO"], [EAST]],
  ["a department in the whole city", ["TEST"], null],
  ["a district of every department", null, [EAST]],
  ["a district that comes later", null, [LATER]],
  ["nothing at all", [], []],
];
const views = scopes.map(([name, departments, districts]) => {
  const view: View = { departments, districts, masking: "all" };
  return { name, view };
});
const CITY: View = { departments: null, districts: null, masking: "all" };

const rooms: [string, object][] = [
  ["sensors", { kind: "gauge" }],
  ["sensors", { district: WEST }],
  ["sensors", { ids: SYSTEMS.map((system) => `${system}/S1`) }],
  ["sensorStates", {}],
  ["sensorStates", { kinds: ["gauge"] }],
  ["indicators", { scope: "city" }],
  ["indicators", { scope: "*" }],
  ["indicators", { scope: "alpha/S1" }],
  ["positions", {}],
  ["positions", { kinds: ["bus"] }],
  ["feeds", {}],
];

interface Item {
  id: string | number;
  district?: string | null;
  department?: string;
  lng?: number | null;
  kind?: string;
}
interface Follower {
  topic: string;
  params: object;
  view: View;
  room: string;
  holds: Map<unknown, Item>;
}

/** What is true of the city, as this test told it. */
const truth = {
  feeds: new Map(
    FEEDS.map(({ id, system, department }) => [id, { system, department }]),
  ),
  sensors: new Map<string, string | null>(),
  cars: new Map<string, string>(),
};
/** The same before the changes that are under way. */
let before = structuredClone(truth);

const followers: Follower[] = [];
const foreign: string[] = [];
let inner: InnerCity;

/** Departments and districts that a row has, or had when the changes under way began. */
function whoseAre(topic: string, id: string | number, then: typeof truth) {
  const ownersOf = (row: string) =>
    [...then.feeds.values()]
      .filter(({ system }) => system === row.split("/")[0])
      .map(({ department }) => department);
  const key =
    topic === "sensorStates" ? inner.city.held.sensors.id(Number(id)) : id;
  const name = String(key);
  if (topic === "feeds")
    return {
      departments: [then.feeds.get(name)!.department],
      district: null,
    };
  if (topic === "positions")
    return {
      departments: ownersOf(name),
      district: then.cars.get(name) ?? null,
    };
  if (topic !== "indicators")
    return {
      departments: ownersOf(name),
      district: then.sensors.get(name) ?? null,
    };
  const [indicator = "", scope = ""] = name.split("@");
  const district = scope.includes("/") ? then.sensors.get(scope) : scope;
  return {
    departments: [indicator.startsWith("eco") ? "ECO" : "TEST"],
    district: scope === "city" ? null : (district ?? null),
  };
}

const districtAt = (lng: number) => (lng < 120.1 ? WEST : EAST);

/** May it be sent? What the row says of itself counts, else what was true before or is now. */
function isForeign({ topic, view }: Follower, item: Item): boolean {
  const was = whoseAre(topic, item.id, before);
  const is = whoseAre(topic, item.id, truth);
  const departments =
    topic === "feeds"
      ? [[item.department!]]
      : [was.departments, is.departments];
  const districts =
    topic === "sensors"
      ? [item.district ?? null]
      : topic === "positions"
        ? [districtAt(item.lng!)]
        : [was.district, is.district];
  return !departments.some((departments) =>
    districts.some((district) => sees(view, { departments, district })),
  );
}

function take(follower: Follower, items: readonly unknown[]): void {
  for (const item of items as Item[]) {
    follower.holds.set(item.id, item);
    if (isForeign(follower, item))
      foreign.push(`${follower.room}: ${JSON.stringify(item)}`);
  }
}

function heard(room: string, delta: Delta): void {
  for (const follower of followers) {
    if (follower.room !== room) continue;
    if (delta.reset) follower.holds.clear();
    for (const id of delta.remove) follower.holds.delete(id);
    take(follower, delta.upsert);
  }
}

function follow(topic: string, params: object, view: View): void {
  const { room, snapshot } = inner.topics.join(topic, params, view);
  const follower = { topic, params, view, room, holds: new Map() };
  followers.push(follower);
  take(follower, snapshot);
}

const byId = (items: Iterable<Item>) =>
  [...items].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));

/** The picture of somebody who comes now. */
function fresh({ topic, params, view, room }: Follower): Item[] {
  const { snapshot } = inner.topics.join(topic, params, view);
  inner.topics.leave(room);
  return byId(snapshot as Item[]);
}

/** All that is the city's and within the view. */
function due({ topic, params, view }: Follower): Item[] {
  const city = followers.find(
    (one) => one.view === CITY && one.topic === topic && one.params === params,
  )!;
  const whose = (id: string | number): Whose => whoseAre(topic, id, truth);
  return byId(city.holds.values()).filter(({ id }) => sees(view, whose(id)));
}

/** Everybody holds what somebody new would be given, and that is all that is theirs: a second after the last change. */
async function look(): Promise<void> {
  for (const follower of followers)
    await expect
      .poll(
        () => {
          const held = byId(follower.holds.values());
          const wanted = { fresh: fresh(follower), due: due(follower) };
          const isRight = Object.values(wanted).every((rows) =>
            isDeepStrictEqual(rows, held),
          );
          return isRight ? null : { room: follower.room, held, ...wanted };
        },
        { timeout: 20_000 },
      )
      .toBeNull();
}

beforeAll(async () => {
  const watched = { metric: "depth", aggregate: "max", windowKind: "latest" };
  const everywhere = { ...watched, window: "", scopes: "city;district;object" };
  inner = await openInnerCity(
    {
      feeds: FEEDS.map((feed) => ({ ...feed, expectEvery: 3_600_000 })),
      indicators: [
        indicatorRow({ ...everywhere, id: "test.depth" }),
        indicatorRow({ ...everywhere, id: "eco.depth", ownerDept: "ECO" }),
      ],
    },
    heard,
  );
  for (const [topic, params] of rooms) {
    follow(topic, params, CITY);
    for (const { view } of views) follow(topic, params, view);
  }
});
afterAll(() => inner.close());

const chance = createChance(20261127);
const names = (letter: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
const places = { [WEST]: PLACES.west, [EAST]: PLACES.east };
let at = Date.now() - 3_000_000;

/** One change, not told yet. @returns what it is of, and how it is told */
function changeOf(): { of: string; tell: () => Promise<void> } {
  const system = chance.one(SYSTEMS);
  const what = chance.next();
  if (what < 0.35) {
    const id = chance.one(names("S", 12));
    const there = chance.one([WEST, EAST]);
    const named = chance.next() < 0.1 ? LATER : there;
    const sensor = {
      ...{ id, name: id, kind: chance.one(["gauge", "gauge", "pump"]) },
      ...{ ...places[there], metrics: [{ metric: "depth", unit: "cm" }] },
      ...(named !== there && { district: named }),
    };
    return {
      of: `${system}/${id}`,
      tell() {
        truth.sensors.set(`${system}/${id}`, named);
        return inner.tell(`${system}-sensors`, [sensor]);
      },
    };
  }
  if (what < 0.6) {
    // Some of them no catalogue names.
    const sensor = chance.one([...names("S", 12), ...names("U", 4)]);
    const value = chance.between(0, 100);
    const reading = { sensor, metric: "depth", at: at++, value };
    return {
      of: `${system}/${sensor}`,
      tell: () => inner.tell(`${system}-readings`, [reading]),
    };
  }
  if (what < 0.92) {
    const object = chance.one(names("C", 12));
    const there = chance.one([WEST, EAST]);
    const kind = chance.one(["bus", "taxi"]);
    const car = { object, kind, at: at++, ...places[there] };
    return {
      of: `car ${system}/${object}`,
      tell() {
        truth.cars.set(`${system}/${object}`, there);
        return inner.tell(`${system}-cars`, [car]);
      },
    };
  }
  const { id } = chance.one(FEEDS);
  const nameZh = `源${chance.between(0, 1_000)}`;
  const given = chance.one([{}, { department: chance.one(DEPARTMENTS) }]);
  return {
    of: id,
    tell() {
      Object.assign(truth.feeds.get(id)!, given);
      return inner.change({ id, nameZh, ...given });
    },
  };
}

it(
  "nobody is sent a foreign row in two thousand changes, and everybody is sent every row of their own",
  { timeout: 240_000 },
  async () => {
    let done = 0;
    for (let turn = 1; turn <= LOOKS; turn++) {
      while (done < (turn * CHANGES) / LOOKS) {
        const under = new Map<string, () => Promise<void>>();
        for (let n = chance.between(1, 6); n > 0; n--) {
          const { of, tell } = changeOf();
          under.set(of, tell);
        }
        before = structuredClone(truth);
        await Promise.all([...under.values()].map((tell) => tell()));
        done += under.size;
      }
      await look();
    }
    expect(foreign).toEqual([]);
    // The course reached what it is about: everybody but one had rows to see.
    for (const { name, view } of views) {
      const rows = followers
        .filter((one) => one.view === view)
        .reduce((sum, { holds }) => sum + holds.size, 0);
      expect([name, rows > 0]).toEqual([name, name !== "nothing at all"]);
    }
  },
);
