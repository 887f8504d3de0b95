/** An indicator that rises opens an incident, over the real doors; a kill changes nothing of it. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Alarm, AlarmView } from "../../contract/alarm.ts";
import type { IncidentView } from "../../contract/incident.ts";
import { DISTRICTS, indicatorRow, PLACES, type CityPlan } from "../kit/city.ts";
import { openFollower, type Room } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask } from "../kit/staff.ts";
import { eventually, told } from "./city.ts";

const HOUR = String(3_600_000);
const CITY: CityPlan = {
  feeds: [
    { id: "reports", format: "indicators/1" },
    { id: "catalogue", format: "sensors/1" },
    { id: "gas", format: "readings/1" },
  ],
  indicators: [
    indicatorRow({
      ...{ id: "water.depth", nameZh: "积水深度", unit: "cm", direction: "L" },
      ...{ source: "reported", scopes: "city;district" },
      ...{ blue: "15", yellow: "27", orange: "40", red: "60" },
      ...{ every: HOUR, staleAfter: HOUR, opensIncident: "yellow" },
      ...{ priority: "3", category: "pothole" },
    }),
    indicatorRow({
      ...{ id: "gas.methane", nameZh: "甲烷浓度", unit: "%VOL" },
      ...{ direction: "L", metric: "methane", aggregate: "max" },
      ...{ windowKind: "latest", window: "", kind: "gas" },
      ...{ scopes: "city;district;object", blue: "0.25", red: "2.5" },
      ...{ every: HOUR, staleAfter: HOUR, opensIncident: "true" },
      ...{ priority: "2", category: "pothole" },
    }),
  ],
};

let hub: Hub;
let room: Room<Alarm>;
beforeAll(async () => {
  hub = await startHub({ city: CITY });
  room = await follow();
});
afterAll(() => hub.stop());

async function follow() {
  const follower = await openFollower(hub.url, await hub.signIn("acceptor"));
  return follower.follow("alarms", {});
}

const WEST = DISTRICTS.west.code;
const ID = `water.depth@${WEST}`;
let at = Date.now() - 60_000;
const rise = (value: number) =>
  told(hub, "reports", [
    { indicator: "water.depth", scope: WEST, at: at++, value },
  ]);

async function incidents() {
  const cookie = await hub.signIn("shiftLeader");
  const { body } = await ask<{ items: IncidentView["incident"][] }>(
    ...([hub, "GET", "/api/incidents", { cookie }] as const),
  );
  return body.items;
}
async function view(id: string) {
  const cookie = await hub.signIn("shiftLeader");
  const path = `/api/incidents/${id}`;
  return (await ask<IncidentView>(hub, "GET", path, { cookie })).body;
}

it("opens an incident where the level is reached, which says what rose and where", async () => {
  await rise(20);
  await rise(30.5);
  const alarm = await room.until((items) => {
    const found = items.get(ID);
    return found?.incident ? found : null;
  });
  expect(alarm).toMatchObject({ level: "yellow", value: 30.5 });
  const [incident, ...others] = await incidents();
  expect(others).toEqual([]);
  expect(incident).toMatchObject({
    ...{ id: alarm.incident, source: "alarm", status: "reported" },
    ...{ title: "积水深度 30.5 cm，达到黄色阈值 27", priority: 3 },
    ...{ district: WEST, address: "西区", department: "TEST" },
    category: "pothole",
  });
});

it("goes on as the same spell after a kill, and rises with its level", async () => {
  await hub.kill();
  await hub.restart();
  room = await follow();
  await rise(45);
  const alarm = await room.until((items) => {
    const found = items.get(ID);
    return found?.level === "orange" ? found : null;
  });
  const [incident, ...others] = await incidents();
  expect(others).toEqual([]);
  const { history } = await eventually(
    () => view(incident!.id),
    ({ incident }) => incident.priority === 2,
  );
  expect(alarm.incident).toBe(incident!.id);
  expect(history.map(({ what, who }) => [what, who])).toEqual([
    ["reported", "feed:(alarm)"],
    ["alarmRose", "alarm"],
  ]);
});

it("is acknowledged by name, by who takes in what comes, and by nobody else", async () => {
  const say = async (role: string, comment = "已通知排水") =>
    ask<Alarm>(hub, "POST", "/api/alarms/acknowledge", {
      cookie: await hub.signIn(role),
      body: { id: ID, comment },
    });
  expect((await say("leader")).status).toBe(403);
  const { status, body } = await say("acceptor");
  expect(status).toBe(200);
  expect(body.acknowledged).toMatchObject({ comment: "已通知排水" });
  const { history } = await view(body.incident!);
  expect(history.at(-1)).toMatchObject({
    ...{ what: "alarmAcknowledged", facts: { comment: "已通知排水" } },
  });
  // What is said stands in every list and on every wall.
  const more = await say("acceptor", "已致电 13812345678");
  expect(more.body.acknowledged!.comment).toBe("已致电 138****5678");
});

it("tells a sensor's alarm with the sensor and its place", async () => {
  await told(hub, "catalogue", [
    {
      ...{ id: "G-1", name: "阀井 1", kind: "gas", ...PLACES.east },
      metrics: [{ metric: "methane", unit: "%VOL", period: 3_600_000 }],
    },
  ]);
  await told(hub, "gas", [
    { sensor: "G-1", metric: "methane", at: Date.now(), value: 3 },
  ]);
  const alarm = await room.until((items) => {
    const found = items.get("gas.methane@test/G-1");
    return found?.incident ? found : null;
  });
  const { incident } = await view(alarm.incident!);
  expect(incident).toMatchObject({
    ...{ sensor: "test/G-1", address: "阀井 1", priority: 1 },
    ...{ ...PLACES.east, district: DISTRICTS.east.code },
  });
  // One matter, not one of the sensor, one of the district and one of the city.
  expect([...room.items.keys()].sort()).toEqual(
    ["gas.methane@test/G-1", ID].sort(),
  );
});

it("is put aside and taken back by whoever takes in what comes, and stands on the list all the while", async () => {
  const cookie = await hub.signIn("acceptor");
  const act = async (end: string, body: object) =>
    (
      await ask<Alarm>(hub, "POST", `/api/alarms/${end}`, {
        ...{ cookie, body: { id: ID, ...body } },
      })
    ).body;
  const shelf = { for: 3_600_000, reason: "the gauge is cleaned" };
  expect((await act("shelve", shelf)).shelvedUntil).not.toBeNull();
  const back = await act("unshelve", {});
  expect(back).toMatchObject({ shelvedUntil: null, acknowledged: null });
  const { body } = await ask<{ standing: AlarmView[] }>(
    ...([hub, "GET", "/api/alarms", { cookie }] as const),
  );
  expect(body.standing.find(({ id }) => id === ID)).toMatchObject({
    ...{ site: "西区", district: WEST, shelvedUntil: null },
  });
  const { history } = await view(back.incident!);
  expect(history.map(({ what }) => what).slice(-2)).toEqual([
    ...["alarmShelved", "alarmUnshelved"],
  ]);
});
