/** What a feed brought is its own: no other feed changes it, takes its name or ends it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { indicatorRow, PLACES, type CityPlan } from "../kit/city.ts";
import { openFollower, type Follower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { reading, told } from "./city.ts";

const CITY: CityPlan = {
  feeds: [
    { id: "weather", format: "cap/1.2" },
    { id: "water", format: "cap/1.2" },
    { id: "video", format: "cameras/1" },
    { id: "traffic", format: "cameras/1" },
    { id: "buses", format: "positions/1", system: "bus" },
    { id: "taxis", format: "positions/1", system: "taxi" },
    { id: "hotline", format: "incidents/1" },
    { id: "grid", format: "incidents/1" },
    { id: "air", system: "eco", department: "ECO" },
    { id: "strangers", system: "strange" },
  ],
  indicators: [
    indicatorRow({
      ...{ id: "eco.highest", metric: "pm25", ownerDept: "ECO" },
      ...{ aggregate: "max", windowKind: "latest", window: "" },
      ...{ every: "60000", staleAfter: "180000" },
    }),
  ],
};

let hub: Hub;
let wall: Follower;
beforeAll(async () => {
  hub = await startHub({ city: CITY });
  wall = await openFollower(hub.url, await hub.signIn());
});
afterAll(async () => {
  wall.close();
  await hub.stop();
});

describe("a warning", () => {
  it("is cancelled by its own feed and by no other", async () => {
    const room = await wall.follow("warnings", {});
    await tell("weather", cap("gale", "Alert"));
    await room.until((items) => items.has(`weather/${idOf("gale")}`));
    await tell("water", cap("gale-off", "Cancel", ["gale"]));
    await tell("water", cap("after"));
    await room.until((items) => items.has(`water/${idOf("after")}`));
    expect(room.items.has(`weather/${idOf("gale")}`)).toBe(true);
    await tell("weather", cap("gale-off", "Cancel", ["gale"]));
    await room.until((items) => !items.has(`weather/${idOf("gale")}`));
  });

  it("that two feeds name alike is two warnings", async () => {
    const room = await wall.follow("warnings", {});
    for (const feed of ["weather", "water"]) await tell(feed, cap("fog"));
    await room.until(
      (items) =>
        items.has(`weather/${idOf("fog")}`) &&
        items.has(`water/${idOf("fog")}`),
    );
  });

  it("whose cancel came first and was acknowledged stays cancelled, a killed hub or not", async () => {
    await tell("weather", cap("storm-off", "Cancel", ["storm"]));
    wall.close();
    await hub.kill();
    await hub.restart();
    wall = await openFollower(hub.url, await hub.signIn());
    await tell("weather", cap("storm"));
    await tell("weather", cap("hail"));
    const room = await wall.follow("warnings", {});
    expect(room.items.has(`weather/${idOf("hail")}`)).toBe(true);
    expect(room.items.has(`weather/${idOf("storm")}`)).toBe(false);
  });
});

it("a camera is described by its own feed and by no other", async () => {
  const camera = { id: "1", name: "路口", ...PLACES.west };
  await told(hub, "video", [camera]);
  await told(hub, "traffic", [{ ...camera, name: "桥", online: false }]);
  const { items } = await hub.ask<{ items: unknown[] }>("/api/cameras");
  expect(items).toMatchObject([
    { id: "video/1", name: "路口", online: true },
    { id: "traffic/1", name: "桥", online: false },
  ]);
  const asked = await hub.ask("/api/cameras?ids=traffic/1");
  expect(asked).toMatchObject({ items: [{ id: "traffic/1" }] });
  const room = await wall.follow("cameraStates", { ids: ["video/1"] });
  expect([...room.items.values()]).toMatchObject([
    { id: "video/1", online: true },
  ]);
});

it("a moving object is placed by its own system and by no other", async () => {
  const at = Date.now();
  const car = { object: "试A1", kind: "bus", at };
  await told(hub, "buses", [{ ...car, ...PLACES.west }]);
  await told(hub, "taxis", [{ ...car, at: at + 1, ...PLACES.east }]);
  const room = await wall.follow("positions", {});
  expect(room.items.get("bus/试A1")).toMatchObject(PLACES.west);
  expect(room.items.get("taxi/试A1")).toMatchObject(PLACES.east);
});

it("an incident is changed and closed by its own feed and by no other", async () => {
  const reportedAt = Date.now() - 60_000;
  const report = { externalId: "1", source: "s", title: "积水", reportedAt };
  await told(hub, "hotline", [report]);
  const other = { ...report, title: "假", closedAt: reportedAt + 1 };
  await told(hub, "grid", [other]);
  const { items } = await hub.ask<{ items: { feed: string }[] }>(
    "/api/incidents",
  );
  expect(items).toHaveLength(2);
  const of = (feed: string) => items.find((one) => one.feed === feed);
  expect(of("hotline")).toMatchObject({ title: "积水", status: "reported" });
  expect(of("grid")).toMatchObject({ title: "假", status: "closed" });
  const room = await wall.follow("incidents", {});
  expect([...room.items.values()]).toMatchObject([{ feed: "hotline" }]);
});

it("an indicator is fed by its owner's systems and by no other's, those of a feed that is new and after a restart too", async () => {
  const at = Date.now();
  await told(hub, "strangers", [reading("A-1", at, 1e15)]);
  await told(hub, "air", [reading("A-1", at, 35)]);
  const shows = async (expected: number) => {
    const room = await wall.follow("indicators", {});
    await room.until(
      (items) => items.get("eco.highest@city")?.value === expected,
    );
  };
  await shows(35);
  const feed = { id: "lent", system: "strange", department: "ECO" };
  await hub.ask("/api/feeds/lent", {
    method: "PUT",
    body: JSON.stringify({
      ...{ ...feed, nameZh: "借来的", format: "readings/1", crs: "WGS84" },
      expectEvery: 60_000,
    }),
  });
  await shows(1e15);
  await hub.ask("/api/feeds/lent", {
    method: "PUT",
    body: JSON.stringify({
      ...{ ...feed, nameZh: "借来的", format: "readings/1", crs: "WGS84" },
      ...{ expectEvery: 60_000, system: "another" },
    }),
  });
  await shows(35);
  wall.close();
  await hub.kill();
  await hub.restart();
  wall = await openFollower(hub.url, await hub.signIn());
  await told(hub, "strangers", [reading("A-2", at, 1e15)]);
  await shows(35);
});

const SENT = new Date(Date.now() - 60_000).toISOString().slice(0, 19) + "Z";
const idOf = (name: string) => `office@test,${name},${Date.parse(SENT)}`;

/** A CAP message whose area is in the city. */
function cap(name: string, msgType = "Alert", about: string[] = []): string {
  const { lng, lat } = PLACES.west;
  const references = about.map((one) => `office@test,${one},${SENT}`).join(" ");
  return `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>${name}</identifier><sender>office@test</sender><sent>${SENT}</sent>
<status>Actual</status><msgType>${msgType}</msgType><scope>Public</scope>
${references && `<references>${references}</references>`}
<info><category>Met</category><event>${name}</event><urgency>Immediate</urgency>
<severity>Severe</severity><certainty>Likely</certainty>
<area><areaDesc>西区</areaDesc><circle>${lat},${lng} 1</circle></area></info></alert>`;
}

async function tell(feed: string, body: string): Promise<void> {
  const headers = { "content-type": "application/cap+xml" };
  expect(await told(hub, feed, body, { headers })).toMatchObject({
    accepted: 1,
    rejections: [],
  });
}
