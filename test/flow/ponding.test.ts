/**
 * Water on the streets (row 170 of the city plans) in the demo's own city: the
 * depth stands on the map in four levels, is one incident that goes to several
 * departments at once, and is read back from before to after.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Incident, IncidentView } from "../../contract/incident.ts";
import type { Sensor } from "../../mock-feeds/city/types.ts";
import { openFollower } from "../kit/follower.ts";
import { ask, newPerson } from "../kit/staff.ts";
import { eventually, told } from "./city.ts";
import {
  incidentsOf,
  register,
  startDemoCity,
  take,
  viewOf,
  type DemoCity,
} from "./demo-city.ts";

const INDICATOR = "water.pondingDepth";
/** cm, what the map shows, and the priority of the incident. */
const RISES = [
  [8, "blue", 4],
  [18, "yellow", 3],
  [30, "orange", 2],
  [45, "red", 1],
] as const;
const [BEFORE, AFTER] = [1, 2];
const [LEAD, ...CO] = ["URBAN", "DRAIN", "POLICE"] as const;
const HAND = "deptHandler";

let demo: DemoCity;
let gauge: Sensor;
let incident: Incident;
const hands = new Map<string, string>();
/** ms; readings follow one another by ten seconds and none is in the future. */
let at = Date.now() - 80_000;
const from = at;

beforeAll(async () => {
  demo = await startDemoCity({ quick: [INDICATOR] });
  gauge = demo.sensorOf("pondingGauge");
  await register(demo.hub, [gauge]);
  for (const code of [LEAD, ...CO]) {
    const scope = { departments: [code], districts: null };
    const login = `hand-${code.toLowerCase()}`;
    const { cookie } = await newPerson(demo.hub, login, [HAND], scope);
    hands.set(code, cookie);
  }
});
afterAll(() => demo?.stop());

const depth = (value: number) =>
  told(demo.hub, gauge.feed, [
    { sensor: gauge.id, metric: "ponding", at: (at += 10_000), value },
  ]);
const by = (role: string) => demo.hub.signIn(role);
const step = async (
  cookie: string,
  name: Parameters<typeof take>[2]["step"],
  body: object = {},
) => {
  const asked = { cookie, step: name, body };
  const { status, body: said } = await take(demo.hub, incident.id, asked);
  return status === 200 ? "taken" : said.detail;
};
const clocks = async () =>
  (await viewOf(demo.hub, incident.id)).clocks
    .map(({ stage, order }) => `${stage} ${order}`)
    .sort();

it("has its gauges on a map that is shipped", () => {
  const file = join(
    import.meta.dirname,
    "../../screens/lifeline-environment.json",
  );
  const { widgets } = JSON.parse(readFileSync(file, "utf8")) as {
    widgets: { type: string; options: { sensorKinds?: string[] } }[];
  };
  const map = widgets.find(({ type }) => type === "situation-map");
  expect(map?.options.sensorKinds).toContain(gauge.kind);
});

it("shows a gauge in four levels of depth, and the one incident there rises with them", async () => {
  const { hub } = demo;
  const wall = await openFollower(hub.url, await by("wallOperator"));
  const layer = await wall.follow("sensors", { kind: gauge.kind });
  const id = `${gauge.system}/${gauge.id}`;
  const shows = (state: string) =>
    layer.until((items) => items.get(id)?.state === state);
  await depth(BEFORE);
  await shows("normal");
  expect(await incidentsOf(hub, gauge)).toEqual([]);
  for (const [cm, level, priority] of RISES) {
    await depth(cm);
    await shows(level);
    const [found, ...others] = await eventually(
      () => incidentsOf(hub, gauge),
      ([first]) => first?.priority === priority,
    );
    expect(others).toEqual([]);
    incident = found!;
  }
  wall.close();
  const [lng, lat] = gauge.at;
  const category = demo.city.categories.find(
    ({ nameZh }) => nameZh === "道路积水",
  );
  expect(incident).toMatchObject({
    ...{ status: "reported", category: category!.code, address: gauge.name },
    ...{ lng, lat, district: gauge.district },
    title: "道路积水最大深度 45 cm，达到红色阈值 40",
  });
});

it("goes to who leads and who helps in one step, each with a clock of their own", async () => {
  expect(await step(await by("shiftLeader"), "register")).toBe("taken");
  expect(
    await step(await by("dispatcher"), "dispatch", { lead: LEAD, co: CO }),
  ).toBe("taken");
  const { dossier, history } = await viewOf(demo.hub, incident.id);
  expect(
    dossier.orders.map(({ department, isLead }) => [department, isLead]),
  ).toEqual([
    [LEAD, true],
    [CO[0], false],
    [CO[1], false],
  ]);
  expect(history.filter(({ what }) => what === "dispatch")).toHaveLength(1);
  const handle = ["handle 1", "handle 2", "handle 3", "handle null"];
  expect(await clocks()).toEqual([...handle, "sign 1", "sign 2", "sign 3"]);
  expect(await step(hands.get(CO[0])!, "sign", { order: 2 })).toBe("taken");
  expect(await clocks()).toEqual([...handle, "sign 1", "sign 3"]);
  // Another's order is not theirs to sign.
  expect(await step(hands.get(CO[0])!, "sign", { order: 3 })).toContain(CO[1]);
});

it("is done when everybody who was sent has done their part, and the water is gone", async () => {
  const note = "已抽排并恢复通行";
  expect(await step(hands.get(LEAD)!, "sign", { order: 1 })).toBe("taken");
  expect(await step(hands.get(CO[1])!, "sign", { order: 3 })).toBe("taken");
  expect(await step(hands.get(LEAD)!, "feedBack", { order: 1, note })).not.toBe(
    "taken",
  );
  for (const [department, order] of [
    ...CO.map((code, i) => [code, i + 2]),
    [LEAD, 1],
  ] as [string, number][])
    expect(
      await step(hands.get(department)!, "feedBack", { order, note }),
    ).toBe("taken");
  await depth(AFTER);
  await eventually(
    () => viewOf(demo.hub, incident.id),
    ({ history }) => history.some(({ what }) => what === "alarmCleared"),
  );
  expect(await step(await by("acceptor"), "sendCheck")).toBe("taken");
  expect(await step(await by("acceptor"), "check", { result: "passed" })).toBe(
    "taken",
  );
  expect(await step(await by("shiftLeader"), "close")).toBe("taken");
  const closed = await viewOf(demo.hub, incident.id);
  expect(closed.incident.status).toBe("closed");
  expect(closed.clocks).toEqual([]);
});

it("is read back from before to after, at the station and in the incident's own course", async () => {
  const [system, sensor] = incident.sensor!.split("/") as [string, string];
  const query = new URLSearchParams({
    ...{ system, sensor, metric: "ponding", points: "5000" },
    ...{ from: String(from), to: String(at + 1) },
  });
  for (const cookie of [await by("shiftLeader"), hands.get(LEAD)!]) {
    const { body } = await ask<{ value: number[] }>(
      ...([
        demo.hub,
        "GET",
        `/api/series/history?${query.toString()}`,
      ] as const),
      { cookie },
    );
    expect(body.value).toEqual([BEFORE, ...RISES.map(([cm]) => cm), AFTER]);
  }
  // Who helps has no feed in that system, and reads the course in the incident.
  const { body: view } = await ask<IncidentView>(
    ...([demo.hub, "GET", `/api/incidents/${incident.id}`] as const),
    { cookie: hands.get(CO[0])! },
  );
  const course = view.history.filter(({ what }) => what.startsWith("alarm"));
  expect(course.map(({ what }) => what)).toEqual([
    ...RISES.slice(1).map(() => "alarmRose"),
    "alarmCleared",
  ]);
  expect(course.slice(0, -1).map(({ facts }) => facts["value"])).toEqual(
    RISES.slice(1).map(([cm]) => cm),
  );
});
