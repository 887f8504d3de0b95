/** What the doors of sensors, indicators and feeds answer to people who see a part of the city. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DataScope } from "../../contract/data-scope.ts";
import type { Principal } from "../../server/auth/principal.ts";
import type { HttpProblem } from "../../server/http/problem.ts";
import { feedHandlers } from "../../server/http/handlers/feeds.ts";
import { indicatorHandlers } from "../../server/http/handlers/indicators.ts";
import { sensorHandlers } from "../../server/http/handlers/sensors.ts";
import type { Ask, Handlers } from "../../server/http/mount.ts";
import { systemClock } from "../../server/lib/clock.ts";
import { DISTRICTS, indicatorRow, PLACES } from "../kit/city.ts";
import { openInnerCity, type InnerCity } from "./open-city.ts";

const WEST = DISTRICTS.west.code;
const HOUR = 3_600_000;
const at = Date.now() - HOUR / 2;

let inner: InnerCity;
type Doors = ReturnType<typeof sensorHandlers> &
  ReturnType<typeof indicatorHandlers> &
  ReturnType<typeof feedHandlers>;
let doors: Doors;
/** What the audit was told before anything was changed. */
let lines: { object: string; before?: unknown; after?: unknown }[] = [];

beforeAll(async () => {
  const depth = { metric: "depth", aggregate: "max", windowKind: "latest" };
  inner = await openInnerCity(
    {
      feeds: ["mine", "theirs"].flatMap((system) => {
        const department = system === "mine" ? "TEST" : "ECO";
        const more = { system, department, expectEvery: HOUR };
        return [
          { ...more, id: system, format: "sensors/1" },
          { ...more, id: `${system}-readings` },
        ];
      }),
      indicators: ["TEST", "ECO"].map((ownerDept) =>
        indicatorRow({
          ...{ ...depth, ownerDept, id: `${ownerDept.toLowerCase()}.depth` },
          ...{ window: "", scopes: "city;district;object" },
          ...{ direction: "L", red: "9" },
        }),
      ),
    },
    () => undefined,
  );
  const { city, store, pack } = inner;
  doors = {
    ...sensorHandlers(() => city.held, store),
    ...indicatorHandlers(city.indicators, store, systemClock),
    ...feedHandlers(city.feeds, store, pack),
  };
  for (const system of ["mine", "theirs"]) {
    const sensors = (["west", "east"] as const).flatMap((where) =>
      [1, 2, 3].map((n) => ({
        ...{ id: `${where}-${n}`, name: `${where} ${n}`, ...PLACES[where] },
        ...{ kind: `${system} gauge`, metrics: [{ metric: "depth" }] },
      })),
    );
    await inner.tell(system, sensors);
    await inner.tell(`${system}-readings`, [
      { sensor: "west-1", metric: "depth", at, value: 7 },
    ]);
  }
});
afterAll(() => inner.close());
beforeEach(() => void (lines = []));

const somebody = (view: DataScope, login = "li"): Principal => ({
  ...{ kind: "person", id: "s", subject: "a", login, name: login },
  ...{
    stage: "complete",
    watches: true,
    roles: [],
    actions: new Set(),
    screens: null,
  },
  view: { ...view, masking: "personal" },
});
const LEADER = somebody({ departments: null, districts: null }, "leader");
const TEST = somebody({ departments: ["TEST"], districts: null });
const WESTERN = somebody({ departments: ["TEST"], districts: [WEST] });
const NOBODY = somebody({ departments: [], districts: [] });

async function ask<N extends keyof Doors & keyof Handlers>(
  door: N,
  who: Principal,
  about: { params?: object; query?: object; body?: object } = {},
) {
  const given = {
    ...{ params: {}, query: {}, body: {}, who, ...about },
    witness: (line: (typeof lines)[0]) =>
      Promise.resolve(void lines.push(line)),
  };
  const handle = doors[door] as (ask: Ask<N>) => unknown;
  return (await handle(given as unknown as Ask<N>)) as Record<string, unknown>;
}
type Asked = Parameters<typeof ask>;

/** Status, sentence and what the audit is told of it. */
const refusal = (...asked: Asked) =>
  ask(...asked).then(
    () => null,
    ({ status, message, refused }: HttpProblem) => ({
      ...{ status, message },
      object: refused?.object ?? null,
    }),
  );

const idsOf = ({ items }: Record<string, unknown>) =>
  (items as { id: string }[]).map(({ id }) => id);

describe("the map", () => {
  it("has the places that somebody sees, and the kinds of those alone", async () => {
    const seen = async (who: Principal) => {
      const { no, kind, kinds } = (await ask("sensorPoints", who)) as {
        no: number[];
        kind: number[];
        kinds: string[];
      };
      return { count: no.length, kinds, used: [...new Set(kind)] };
    };
    const both = ["mine gauge", "theirs gauge"];
    expect(await seen(LEADER)).toEqual({
      count: 12,
      kinds: both,
      used: [0, 1],
    });
    expect(await seen(WESTERN)).toEqual({
      ...{ count: 3, kinds: ["mine gauge"], used: [0] },
    });
    expect(await seen(NOBODY)).toEqual({ count: 0, kinds: [], used: [] });
  });
});

describe("the list of sensors", () => {
  it("fills its pages with what somebody sees", async () => {
    const first = await ask("listSensors", WESTERN, { query: { limit: 2 } });
    expect(idsOf(first)).toEqual(["mine/west-1", "mine/west-2"]);
    const query = { limit: 2, cursor: first["cursor"] };
    const second = await ask("listSensors", WESTERN, { query });
    expect(idsOf(second)).toEqual(["mine/west-3"]);
    expect(second["cursor"]).toBeNull();
    const whole = await ask("listSensors", LEADER, { query: { limit: 99 } });
    expect(idsOf(whole)).toHaveLength(12);
  });

  it("knows no foreign sensor by its number, nor by its system or district", async () => {
    const { sensors } = inner.city.held;
    const queries = [
      { no: sensors.find("theirs", "west-1") },
      { no: sensors.find("mine", "east-1") },
      { no: 10_000 },
      { limit: 9, system: "theirs" },
      { limit: 9, district: DISTRICTS.east.code },
    ];
    for (const query of queries)
      expect(await ask("listSensors", WESTERN, { query })).toEqual({
        items: [],
        cursor: null,
      });
    const query = { no: sensors.find("mine", "west-1") };
    expect(idsOf(await ask("listSensors", WESTERN, { query }))).toEqual([
      "mine/west-1",
    ]);
  });
});

describe("a history", () => {
  const span = { from: at - HOUR, to: at + HOUR, points: 10 };
  const series = (system: string, sensor: string) => ({
    query: { ...span, system, sensor, metric: "depth" },
  });

  it("of a foreign sensor is that of a sensor that is not there, and the audit hears of it", async () => {
    const own = await ask("seriesHistory", WESTERN, series("mine", "west-1"));
    expect(own["value"]).toEqual([7]);
    for (const [system, sensor] of [
      ["theirs", "west-1"],
      ["mine", "east-1"],
    ] as const)
      expect(
        await refusal("seriesHistory", WESTERN, series(system, sensor)),
      ).toEqual({
        ...{ status: 404, message: `${system}/${sensor} has no depth` },
        object: `sensor/${system}/${sensor}`,
      });
    expect(
      await refusal("seriesHistory", WESTERN, series("mine", "west-9")),
    ).toEqual({
      ...{ status: 404, message: "mine/west-9 has no depth", object: null },
    });
  });

  it("of an indicator is its owner's, and of the district that it is about", async () => {
    const look = (who: Principal, id: string, scope: string) =>
      refusal("indicatorHistory", who, {
        ...{ params: { id }, query: { ...span, scope } },
      });
    const east = DISTRICTS.east.code;
    for (const scope of [WEST, "mine/west-1"])
      expect(await look(WESTERN, "test.depth", scope)).toBeNull();
    for (const [id, scope] of [
      ["test.depth", "city"],
      ["test.depth", east],
      ["test.depth", "mine/east-1"],
      ["test.depth", "mine/none"],
      ["eco.depth", WEST],
    ] as const)
      expect(await look(WESTERN, id, scope)).toEqual({
        ...{ status: 404, message: `there is no indicator ${id} of ${scope}` },
        object: `indicator/${id}@${scope}`,
      });
    expect(await look(LEADER, "eco.depth", "city")).toBeNull();
    expect(await look(LEADER, "no.such", "city")).toEqual({
      ...{ status: 404, message: "there is no indicator no.such of city" },
      object: null,
    });
  });
});

describe("an indicator", () => {
  const edit = (id: string, change: object, rev = 1) => ({
    ...{ params: { id }, body: { rev, change } },
  });

  it("is edited by who sees its owner in the whole city, and by nobody else", async () => {
    const change = { thresholds: { red: 8 } };
    for (const [who, id] of [
      [TEST, "eco.depth"],
      [WESTERN, "test.depth"],
    ] as const)
      expect(await refusal("editIndicator", who, edit(id, change))).toEqual({
        ...{ status: 404, message: `there is no indicator ${id}` },
        object: `indicator/${id}`,
      });
    expect(lines).toEqual([]);
  });

  it("is edited only when the audit was told of what changes", async () => {
    const change = { target: 3, nameEn: "test.depth" };
    const wrong = edit("test.depth", { thresholds: { red: 1, blue: 2 } });
    expect(await refusal("editIndicator", TEST, wrong)).toMatchObject({
      status: 422,
    });
    const late = edit("test.depth", change, 9);
    expect(await refusal("editIndicator", TEST, late)).toMatchObject({
      status: 409,
    });
    expect(lines).toEqual([]);
    const edited = await ask("editIndicator", TEST, edit("test.depth", change));
    expect(edited).toMatchObject({ target: 3, rev: 2 });
    expect(lines).toEqual([
      {
        object: "indicator/test.depth",
        ...{ before: { target: null }, after: { target: 3 } },
      },
    ]);
  });
});

describe("a feed", () => {
  const ofEco = { department: "ECO" };
  const rowOf = (id: string) =>
    inner.city.feeds.all().find((feed) => feed.id === id)!;

  it("is shown to its department", async () => {
    const list = async (who: Principal) => idsOf(await ask("listFeeds", who));
    expect(await list(TEST)).toEqual(["mine", "mine-readings"]);
    expect(await list(LEADER)).toHaveLength(4);
    // It is of no district.
    expect(await list(WESTERN)).toEqual([]);
  });

  it("of another department is not there, whatever is asked of it", async () => {
    const params = { id: "theirs" };
    const unknown = {
      ...{ status: 404, message: "there is no feed theirs" },
      object: "feed/theirs",
    };
    const body = rowOf("theirs");
    for (const asked of [
      ["listQuarantine", TEST, { params, query: { limit: 9 } }],
      ["replayQuarantine", TEST, { params, body: {} }],
      ["putFeed", TEST, { params, body: { ...body, department: "TEST" } }],
    ] as Asked[])
      expect(await refusal(...asked)).toEqual(unknown);
    const sample = { feed: body, sample: "[]" };
    for (const asked of [
      ["tryMapping", TEST, { body: sample }],
      [
        ...["putFeed", TEST],
        { params: { id: "mine" }, body: { ...rowOf("mine"), ...ofEco } },
      ],
      [
        ...["putFeed", TEST],
        { params: { id: "new" }, body: { ...body, id: "new" } },
      ],
    ] as Asked[])
      expect(await refusal(...asked)).toMatchObject({
        ...{ status: 404, message: "ECO has no feed that you may configure" },
      });
    expect(
      await refusal("listQuarantine", LEADER, {
        ...{ params: { id: "none" }, query: { limit: 9 } },
      }),
    ).toMatchObject({ status: 404, object: null });
    expect(lines).toEqual([]);
  });
  it("is changed only when the audit was told of what changes", async () => {
    const params = { id: "mine" };
    const wrong = { ...rowOf("mine"), timeZone: "Nowhere" };
    expect(
      await refusal("putFeed", TEST, { params, body: wrong }),
    ).toMatchObject({ status: 422 });
    expect(lines).toEqual([]);
    const body = { ...rowOf("mine"), nameEn: "Mine" };
    await ask("putFeed", TEST, { params, body });
    const added = { ...body, id: "added" };
    await ask("putFeed", TEST, { params: { id: "added" }, body: added });
    expect(lines).toEqual([
      {
        object: "feed/mine",
        ...{ before: { nameEn: "mine" }, after: { nameEn: "Mine" } },
      },
      { object: "feed/added", after: added },
    ]);
  });

  it("has its refused messages sent again only when the audit was told of it", async () => {
    const params = { id: "mine" };
    await ask("replayQuarantine", TEST, { params, body: {} });
    expect(lines).toEqual([
      { object: "feed/mine", detail: "all its waiting refused messages" },
    ]);
  });
});
