/** What outlives the end of the process, by the rules of docs/flow.md. */
import mqtt from "mqtt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyOf, PLACES } from "../kit/city.ts";
import { openFollower, type Follower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { FLOW_CITY, historyOf, only, reading, told } from "./city.ts";

let hub: Hub;
let wall: Follower;
beforeAll(async () => {
  hub = await startHub({ city: FLOW_CITY, broker: true });
  wall = await openFollower(hub.url, await hub.signIn());
});
afterAll(async () => {
  wall.close();
  await hub.stop();
});

async function killAndRestart(): Promise<void> {
  wall.close();
  await hub.kill();
  await hub.restart();
  wall = await openFollower(hub.url, await hub.signIn());
}

const now = () => Date.now();

describe("R1 what was acknowledged", () => {
  it("keeps a reading over a kill that follows the HTTP answer", async () => {
    const at = now();
    await told(hub, "air", [reading("R1-http", at, 35)]);
    await killAndRestart();
    expect(await historyOf(hub, "R1-http", at)).toEqual([[at, 35]]);
  });

  it("keeps a reading over a kill that follows the PUBACK", async () => {
    const at = now();
    const sender = await mqtt.connectAsync(hub.mqttUrl!, {
      username: "air-mqtt",
      password: keyOf("air-mqtt"),
    });
    await sender.publishAsync(
      "city/air-mqtt/1",
      JSON.stringify(reading("R1-mqtt", at, 36)),
      { qos: 1 },
    );
    await killAndRestart();
    await sender.endAsync(true);
    expect(await historyOf(hub, "R1-mqtt", at)).toEqual([[at, 36]]);
  });
});

describe("R2 what was shown", () => {
  it("has an incident in store before a wall sees it", async () => {
    const room = await wall.follow("incidents", {});
    const sent = hub.post("hotline", [
      {
        externalId: "R2-1",
        source: "12345",
        title: "东风路坑洞",
        reportedAt: now(),
        ...PLACES.east,
      },
    ]);
    const shown = await room.until((items) =>
      [...items.values()].find((incident) => incident.externalId === "R2-1"),
    );
    await killAndRestart();
    await sent.catch(() => undefined);
    const kept = await hub.ask<{ incident: { title: string } }>(
      `/api/incidents/${shown.id}`,
    );
    expect(kept.incident.title).toBe("东风路坑洞");
  });
});

describe("R4 a wall", () => {
  it("learns of a new epoch with every start of the hub", async () => {
    const before = await wall.follow("feeds", {});
    await killAndRestart();
    const after = await wall.follow("feeds", {});
    expect(after.epoch).not.toBe(before.epoch);
  });
});

describe("R7 a restart", () => {
  it("brings back what the wall showed: sensors, indicators, incidents, buses, cameras", async () => {
    const at = now();
    await told(hub, "air", [reading("R7", at, 71)]);
    await told(hub, "reports", [{ indicator: "air.told", at, value: 42 }]);
    await told(hub, "hotline", [
      { externalId: "R7", source: "12345", title: "漏水", reportedAt: at },
    ]);
    await told(hub, "buses", [
      { object: "试A00001", kind: "bus", at, ...PLACES.west },
    ]);
    await told(hub, "cameras", [
      { id: "99900000001320000001", name: "路口", ...PLACES.west },
    ]);
    await killAndRestart();

    const sensors = await wall.follow("sensors", only("R7"));
    expect(sensors.items.get("test/R7")!.values[0]!.value).toBe(71);
    const indicators = await wall.follow("indicators", { ids: ["air.told"] });
    expect(indicators.items.get("air.told@city")!.value).toBe(42);
    const incidents = await wall.follow("incidents", {});
    expect(
      [...incidents.items.values()].map(({ externalId }) => externalId),
    ).toContain("R7");
    const buses = await wall.follow("positions", {});
    expect(buses.items.get("test/试A00001")).toMatchObject(PLACES.west);
    const cameras = await wall.follow("cameraStates", {});
    expect(cameras.items.get("cameras/99900000001320000001")?.online).toBe(
      true,
    );
  });
});

describe("a hub that is asked to end", () => {
  it("finishes what it took when it is asked to end, and ends well", async () => {
    const at = now();
    const answers = Array.from({ length: 20 }, (_, i) =>
      hub.post("air", [reading("R1-end", at + i, i)]),
    );
    await Promise.race(answers);
    wall.close();
    expect(await hub.end()).toBe(0);
    const taken = (await Promise.allSettled(answers)).filter(
      (answer) => answer.status === "fulfilled" && answer.value.ok,
    );
    await hub.restart();
    wall = await openFollower(hub.url, await hub.signIn());
    // Whom it did not answer, it did not take either.
    expect(await historyOf(hub, "R1-end", at)).toHaveLength(taken.length);
  });
});
