/** What one feed may have the hub hold: its first are held, more are refused, and what is known goes on. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { PLACES } from "../kit/city.ts";
import { openFollower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { FLOW_CITY, told } from "./city.ts";

const MOST = "3";

let hub: Hub;
beforeAll(async () => {
  hub = await startHub({
    city: {
      ...FLOW_CITY,
      feeds: [
        ...FLOW_CITY.feeds,
        { id: "video", format: "cameras/1" },
        {
          id: "ships",
          format: "positions/1",
          system: "port",
          expectEvery: 60_000,
        },
      ],
    },
    env: {
      MAX_CAMERAS: MOST,
      MAX_INCIDENTS: MOST,
      MAX_INCIDENT_TEXT: "5000",
      MAX_WARNINGS: MOST,
      MAX_WARNING_TEXT: "12000",
      MAX_SENSORS: MOST,
      MAX_OBJECTS: MOST,
    },
  });
});
afterAll(() => hub.stop());

const reportedAt = Date.now() - 60_000;
const camera = (id: string) => ({ id, name: id, ...PLACES.west });
const incident = (externalId: string, more: object = {}) => ({
  ...{ externalId, source: "12345", title: "积水", reportedAt },
  ...more,
});
const sensor = (id: string, metrics: string[] = []) => ({
  ...{ id, name: id, kind: "air", ...PLACES.west },
  metrics: metrics.map((metric) => ({ metric, unit: "" })),
});
const letters = ["a", "b", "c", "d"];

it("holds its first cameras, and still hears of them after a restart", async () => {
  const first = await told(hub, "cameras", letters.map(camera));
  expect(first).toMatchObject({ accepted: 3, rejected: 1 });
  expect(first.rejections).toMatchObject([
    {
      index: 3,
      path: "/3/id",
      message: expect.stringContaining("more than 3 cameras") as string,
    },
  ]);
  await hub.kill();
  await hub.restart();
  const off = { ...camera("a"), online: false };
  const later = await told(hub, "cameras", [off, camera("d")]);
  expect(later).toMatchObject({ accepted: 1, rejected: 1 });
  // Another feed has room of its own.
  expect(await told(hub, "video", [camera("d")])).toMatchObject({
    accepted: 1,
  });
  const { items } = await hub.ask<{ items: { message: string }[] }>(
    "/api/feeds/cameras/quarantine",
  );
  expect(items[0]!.message).toMatch(/MAX_CAMERAS/);
});

it("holds its first open incidents, and has room again when one ends", async () => {
  const first = await told(
    hub,
    "hotline",
    letters.map((id) => incident(id)),
  );
  expect(first).toMatchObject({ accepted: 3, rejected: 1 });
  expect(first.rejections[0]).toMatchObject({ path: "/3/externalId" });
  const ended = { closedAt: reportedAt + 1 };
  await told(hub, "hotline", [incident("a", ended), incident("old", ended)]);
  expect(await told(hub, "hotline", [incident("d")])).toMatchObject({
    accepted: 1,
  });
  expect(await told(hub, "hotline", [incident("e")])).toMatchObject({
    rejected: 1,
  });
});

it("holds no more text of open incidents than a feed may have, and hears again of those it holds", async () => {
  const long = (id: string, length: number) =>
    incident(id, { description: "长".repeat(length) });
  const first = await told(hub, "ahead", [long("a", 3000), long("b", 3000)]);
  expect(first).toMatchObject({ accepted: 1, rejected: 1 });
  expect(first.rejections).toMatchObject([
    {
      path: "/1/description",
      message: expect.stringContaining("MAX_INCIDENT_TEXT") as string,
    },
  ]);
  // What one has is not counted again beside what takes its place.
  const next = await told(hub, "ahead", [long("a", 4500), long("a", 200)]);
  expect(next).toMatchObject({ accepted: 2 });
  expect(await told(hub, "ahead", [long("b", 4000)])).toMatchObject({
    accepted: 1,
  });
});

it("registers its first sensors and a few series of each", async () => {
  const first = await told(
    hub,
    "catalogue",
    letters.map((id) => sensor(id)),
  );
  expect(first).toMatchObject({ accepted: 3, rejected: 1 });
  expect(first.rejections[0]!.path).toBe("/3/id");
  const metrics = Array.from({ length: 13 }, (_, i) => `m${i}`);
  const wide = await told(hub, "catalogue", [
    sensor("a", metrics),
    sensor("b", metrics.slice(0, 12)),
  ]);
  expect(wide.rejections).toMatchObject([{ path: "/0/metrics" }]);
  expect(wide.accepted).toBe(1);
});

const position = (object: string, more: object = {}) => ({
  ...{ object, kind: "ship", at: Date.now(), ...PLACES.west },
  ...more,
});

it("shows its first moving objects, and still knows them after a restart", async () => {
  const first = await told(
    hub,
    "ships",
    letters.map((id) => position(id)),
  );
  expect(first).toMatchObject({ accepted: 3, rejected: 1 });
  expect(first.rejections).toMatchObject([
    {
      path: "/3/object",
      message: expect.stringContaining("MAX_OBJECTS") as string,
    },
  ]);
  await hub.kill();
  await hub.restart();
  const later = await told(hub, "ships", [position("a"), position("d")]);
  expect(later).toMatchObject({ accepted: 1, rejected: 1 });
  // Another system has room of its own.
  expect((await told(hub, "buses", [position("d")])).accepted).toBe(1);
});

it("tells a thousand kinds and lists of alarms of a system's objects apart, and takes what is known", async () => {
  const many = Array.from({ length: 1_001 }, (_, i) => i);
  const at = Date.now() - 30_000;
  const alarmed = await told(
    hub,
    "ships",
    many.map((i) => position("a", { at: at + i, alarms: [`alarm ${i}`] })),
  );
  expect(alarmed.rejections).toMatchObject([{ path: "/1000/alarms" }]);
  const kinds = await told(
    hub,
    "ships",
    many.map((i) => position("b", { at: at + i, kind: `kind ${i}` })),
  );
  expect(kinds.rejections.map(({ path }) => path)).toEqual([
    "/999/kind",
    "/1000/kind",
  ]);
  const known = { at: Date.now(), alarms: ["alarm 1"] };
  expect((await told(hub, "ships", [position("a", known)])).accepted).toBe(1);
});

it("settles a system's late positions while another's thousands wait", async () => {
  const now = Date.now();
  await told(hub, "buses", [position("a", { at: now })]);
  await told(hub, "ships", [position("a", { at: now })]);
  const answered: string[] = [];
  const tell = (feed: string, hours: number) =>
    told(
      hub,
      feed,
      Array.from({ length: hours }, (_, i) =>
        position("a", { at: now - (i + 2) * 3_600_000 }),
      ),
    ).then(({ accepted }) => answered.push(`${feed} ${accepted}`));
  const ships = tell("ships", 3_000);
  // The hub has them: what is newer is shown while the late ones are settled.
  await told(hub, "ships", [position("a", { at: now + 1 })]);
  await Promise.all([ships, tell("buses", 1)]);
  expect(answered).toEqual(["buses 1", "ships 3000"]);
});

const SENT = new Date(reportedAt).toISOString().slice(0, 19) + "Z";

function warn(name: string, msgType = "Alert", about = "", text = "") {
  const { lng, lat } = PLACES.west;
  const references = about && `office@test,${about},${SENT}`;
  return told(
    hub,
    "weather",
    `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>${name}</identifier><sender>office@test</sender><sent>${SENT}</sent>
<status>Actual</status><msgType>${msgType}</msgType><scope>Public</scope>
${references && `<references>${references}</references>`}
<info><category>Met</category><event>${name}</event><urgency>Immediate</urgency>
<severity>Severe</severity><certainty>Likely</certainty>
<description>${text}</description><area><areaDesc>西区</areaDesc><circle>${lat},${lng} 1</circle></area></info></alert>`,
    { headers: { "content-type": "application/cap+xml" } },
  );
}

it("shows its first warnings in force, of which each may still be updated or cancelled", async () => {
  for (const name of ["a", "b", "c"])
    expect((await warn(name)).accepted).toBe(1);
  expect((await warn("d")).rejections).toMatchObject([
    {
      path: "/0/identifier",
      message: expect.stringContaining("3 warnings in force") as string,
    },
  ]);
  expect((await warn("a2", "Update", "a")).accepted).toBe(1);
  expect((await warn("e")).rejected).toBe(1);
  expect((await warn("b2", "Cancel", "b")).accepted).toBe(1);
  expect((await warn("e")).accepted).toBe(1);
});

it("shows no more text of a feed's warnings than a wall can be sent, after a restart too", async () => {
  // Three are in force, and short.
  const long = "长".repeat(8_000);
  expect((await warn("a3", "Update", "a2", long)).accepted).toBe(1);
  const wall = await openFollower(hub.url, await hub.signIn());
  const told = async () => {
    const room = await wall.follow("warnings", {});
    const events = [...room.items.values()].map(({ event }) => event);
    wall.unfollow(room.room);
    return events.sort();
  };
  expect(await told()).toEqual(["a3", "c", "e"]);
  const more = await warn("c2", "Update", "c", "长".repeat(4_000));
  expect(more.rejections).toMatchObject([
    { message: expect.stringContaining("MAX_WARNING_TEXT") as string },
  ]);
  expect((await warn("a4", "Update", "a3", long)).accepted).toBe(1);
  expect(await told()).toEqual(["a4", "c", "e"]);
  wall.close();
  await hub.kill();
  await hub.restart();
  const again = await openFollower(hub.url, await hub.signIn());
  const room = await again.follow("warnings", {});
  expect([...room.items.values()].map(({ event }) => event).sort()).toEqual([
    ...["a4", "c", "e"],
  ]);
  again.close();
});
