/**
 * The six elements of the environment (row 91 of the city plans) in the demo's
 * own city: each has stations that alarm by themselves, and each alarm goes
 * round from its report to its close.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { IncidentView } from "../../contract/incident.ts";
import type { StepName } from "../../contract/step.ts";
import { newPerson } from "../kit/staff.ts";
import { eventually, told } from "./city.ts";
import {
  incidentsOf,
  register,
  startDemoCity,
  take,
  viewOf,
  type DemoCity,
} from "./demo-city.ts";

/** Element, the row that alarms, a reading beyond its red limit and one that is well, and the category. */
const ELEMENTS = [
  ["水质", "eco.sectionAmmonia", 6.2, 0.3, "水质异常"],
  ["空气", "eco.stationPm25", 520, 30, "空气污染"],
  ["噪音", "eco.stationNoise", 92, 51, "噪声超标"],
  ["污染源", "eco.outletRatio", 3.4, 0.5, "污染源超标排放"],
  ["固废", "eco.wasteStored", 103, 20, "固废贮存异常"],
  ["土壤", "eco.soilRatio", 3.2, 0.3, "土壤污染"],
] as const;

let demo: DemoCity;
let eco: string;
beforeAll(async () => {
  demo = await startDemoCity({ quick: ELEMENTS.map(([, id]) => id) });
  await register(
    demo.hub,
    ELEMENTS.map(([, id]) => demo.sensorOf(rowOf(id).kind)),
  );
  const scope = { departments: ["ECO"], districts: null };
  const roles = ["deptHandler"] as const;
  ({ cookie: eco } = await newPerson(demo.hub, "hand-eco", [...roles], scope));
});
afterAll(() => demo?.stop());

function rowOf(id: string) {
  const found = demo.city.indicators.find((row) => row.id === id);
  if (!found) throw new Error(`the demo's catalogue has no ${id}`);
  return found;
}

it.each(ELEMENTS)(
  "%s: an alarm of %s goes from its station to its department and is closed",
  async (_element, id, beyond, well, categoryZh) => {
    const { hub, city } = demo;
    const { nameZh, metric, kind, red } = rowOf(id);
    const station = demo.sensorOf(kind);
    let at = Date.now() - 20_000;
    const tell = (value: number) =>
      told(hub, station.feed, [
        { sensor: station.id, metric, at: (at += 10_000), value },
      ]);
    /** Whoever goes to check finds it well. */
    const isWell = async () => {
      await tell(well);
      await eventually(
        () => viewOf(hub, incident!.id),
        ({ history }) => history.some(({ what }) => what === "alarmCleared"),
      );
    };
    await tell(beyond);
    const [incident] = await eventually(
      () => incidentsOf(hub, station),
      ({ length }) => length > 0,
    );
    const category = city.categories.find((one) => one.nameZh === categoryZh)!;
    const [lng, lat] = station.at;
    expect(incident).toMatchObject({
      ...{ category: category.code, department: "ECO", address: station.name },
      ...{ lng, lat, district: station.district, priority: 1 },
      title: expect.stringContaining(`${nameZh} ${beyond}`) as string,
    });
    expect(incident!.title).toContain(`阈值 ${red}`);

    const course: [
      string,
      StepName,
      object,
      IncidentView["incident"]["status"],
    ][] = [
      ["shiftLeader", "register", {}, "registered"],
      ["dispatcher", "dispatch", { lead: category.department }, "dispatched"],
      ["eco", "sign", { order: 1 }, "handling"],
      ["eco", "feedBack", { order: 1, note: "已责令整改" }, "fedBack"],
      ["acceptor", "sendCheck", {}, "checking"],
      ["acceptor", "check", { result: "passed" }, "checking"],
      ["shiftLeader", "close", {}, "closed"],
    ];
    for (const [who, step, body, status] of course) {
      if (step === "check") await isWell();
      const cookie = who === "eco" ? eco : await hub.signIn(who);
      const answer = await take(hub, incident!.id, { cookie, step, body });
      const { incident: now } = await viewOf(hub, incident!.id);
      expect([step, answer.status, answer.body.detail, now.status]).toEqual([
        ...[step, 200, undefined, status],
      ]);
    }
    const { history, clocks } = await viewOf(hub, incident!.id);
    expect(clocks).toEqual([]);
    expect(
      history.map(({ what }) => what).filter((what) => !/^alarm/.test(what)),
    ).toEqual(["reported", ...course.map(([, step]) => step)]);
    expect(await incidentsOf(hub, station)).toHaveLength(1);
  },
);
