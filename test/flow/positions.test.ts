/** Moving objects: what corrects them, where they are shown, and that a restart changes neither. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { HOUR, MINUTE, SECOND } from "../../contract/time.ts";
import { PLACES } from "../kit/city.ts";
import { openFollower, type Follower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { only, reading, told } from "./city.ts";

let hub: Hub;
let wall: Follower;
beforeAll(async () => {
  hub = await startHub({
    city: {
      feeds: [
        { id: "air", expectEvery: HOUR },
        { id: "buses", format: "positions/1", expectEvery: HOUR },
        ...["slow", "quick"].map((id) => ({
          ...{ id, system: id, format: "positions/1" },
          expectEvery: id === "slow" ? 10 * MINUTE : SECOND,
        })),
      ],
    },
  });
  wall = await openFollower(hub.url, await hub.signIn());
});
afterAll(async () => {
  wall.close();
  await hub.stop();
});

const bus = (object: string, at: number, more: object = {}) => ({
  ...{ object, kind: "bus", at, ...PLACES.west },
  ...more,
});
const shown = async () => (await wall.follow("positions", {})).items;

async function restart(): Promise<void> {
  wall.close();
  await hub.kill();
  await hub.restart();
  wall = await openFollower(hub.url, await hub.signIn());
}

it("an object that changes its kind leaves the room of the old one", async () => {
  const at = Date.now();
  const buses = await wall.follow("positions", { kinds: ["bus"] });
  const taxis = await wall.follow("positions", { kinds: ["taxi"] });
  await told(hub, "buses", [bus("K", at - SECOND)]);
  await buses.until((items) => items.has("test/K"));
  await told(hub, "buses", [bus("K", at, { kind: "taxi" })]);
  await taxis.until((items) => items.has("test/K"));
  await buses.until((items) => !items.has("test/K"));
});

it("the same instant with anything else is shown, kept, and the same after a restart", async () => {
  const at = Date.now();
  const changes: Record<string, object> = {
    place: PLACES.east,
    alarm: { alarms: ["SOS"] },
    speed: { speed: 40 },
    heading: { heading: 180 },
    kind: { kind: "taxi" },
  };
  const names = Object.keys(changes);
  const first = names.map((name) => bus(name, at));
  const corrected = names.map((name) => bus(name, at, changes[name]));
  const room = await wall.follow("positions", {});
  expect(await told(hub, "buses", first)).toMatchObject({ accepted: 5 });
  expect(await told(hub, "buses", corrected)).toMatchObject({ accepted: 5 });
  expect(await told(hub, "buses", corrected)).toMatchObject({ duplicates: 5 });
  for (const name of names)
    await room.until((items) => {
      const item = items.get(`test/${name}`);
      return (
        JSON.stringify({ ...item, ...changes[name] }) === JSON.stringify(item)
      );
    });
  const before = await shown();
  await restart();
  const after = await shown();
  for (const name of names) {
    expect(after.get(`test/${name}`)).toMatchObject(changes[name]!);
    expect(after.get(`test/${name}`)).toEqual(before.get(`test/${name}`));
  }
});

it("an earlier instant is corrected in the history alone, and counts once", async () => {
  const at = Date.now();
  await told(hub, "buses", [bus("late", at - MINUTE, { speed: 40 })]);
  await told(hub, "buses", [bus("late", at)]);
  const late = [bus("late", at - MINUTE, { alarms: ["SOS"] })];
  expect(await told(hub, "buses", late)).toMatchObject({ accepted: 1 });
  expect(await told(hub, "buses", late)).toMatchObject({ duplicates: 1 });
  expect((await shown()).get("test/late")).toMatchObject({ at, alarms: [] });
});

it("after a restart every object is shown as long as its own feed's period says", async () => {
  const now = Date.now();
  await told(hub, "slow", [bus("lasting", now - 20 * MINUTE)]);
  await told(hub, "quick", [bus("leaving", now)]);
  const room = await wall.follow("positions", {});
  await room.until((items) => !items.has("quick/leaving"));
  expect([...room.items.keys()]).toContain("slow/lasting");
  await restart();
  const after = await shown();
  expect(after.get("slow/lasting")).toEqual(room.items.get("slow/lasting"));
  expect([...after.keys()]).not.toContain("quick/leaving");
});

it("a wall that joins at once after a restart sees its sensors as fresh as they were", async () => {
  await told(hub, "air", [reading("fresh", Date.now(), 35)]);
  const before = await wall.follow("sensors", only("fresh"));
  expect(before.items.get("test/fresh")!.freshness).toBe("live");
  // Well ended: nothing is replayed that would wake them.
  await hub.end();
  await restart();
  const after = await wall.follow("sensors", only("fresh"));
  expect(after.items).toEqual(before.items);
});
