/** Sensors that nobody registered: taken in up to a cap, which a restart does not lift (decisions B7). */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PLACES } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { FLOW_CITY, historyOf, reading, told } from "./city.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await startHub({
    city: {
      ...FLOW_CITY,
      feeds: [
        ...FLOW_CITY.feeds,
        { id: "minted", system: "minted" },
        { id: "honest", system: "honest" },
        { id: "register", system: "honest", format: "sensors/1" },
      ],
    },
  });
});
afterAll(() => hub.stop());

const CAP = 100_000;
const start = Date.now();

/** @returns the status and sentence of the answer. */
async function tell(sensors: string[], at: number): Promise<[number, string]> {
  const items = sensors.map((sensor) => reading(sensor, at, 1));
  const reply = await hub.post("air", items);
  return [reply.status, await reply.text()];
}

describe("a system that brings more unknown sensors than the cap", () => {
  beforeAll(async () => {
    for (let from = 0; from < CAP; from += 20_000) {
      const names = Array.from({ length: 20_000 }, (_, i) => `U-${from + i}`);
      expect((await tell(names, start))[0]).toBe(200);
    }
  });

  it("is told so, and its known sensors are heard in the same payload", async () => {
    const at = start + 1_000;
    const [status, text] = await tell(["one-more", "U-7"], at);
    expect(status).toBe(429);
    expect(text).toContain("register them first");
    expect(await historyOf(hub, "U-7", at)).toContainEqual([at, 1]);
  });

  it("finds the cap as it was after a restart", async () => {
    await hub.kill();
    await hub.restart();
    expect((await tell(["one-more"], start + 2_000))[0]).toBe(429);
    expect((await tell(["U-8"], start + 2_000))[0]).toBe(200);
  });

  it("gets room for as many as it registers", async () => {
    await told(
      hub,
      "catalogue",
      ["U-0", "U-1"].map((id) => ({
        ...{ id, name: id, kind: "air", ...PLACES.east },
        metrics: [{ metric: "pm25", unit: "µg/m³" }],
      })),
    );
    expect((await tell(["two", "three"], start + 3_000))[0]).toBe(200);
    expect((await tell(["four"], start + 3_000))[0]).toBe(429);
  });
});

describe("a catalogue that invents kinds, districts, units and metrics", () => {
  const named = (id: string, words: object) => ({
    ...{ id, name: "n", kind: "air", metrics: [], ...PLACES.west, ...words },
  });
  const words: [string, (i: number) => object][] = [
    ["kinds", (i) => ({ kind: `kind ${i}` })],
    ["districts", (i) => ({ district: `district ${i}` })],
    ["units", (i) => ({ metrics: [{ metric: "pm25", unit: `u${i}` }] })],
    ["metrics", (i) => ({ metrics: [{ metric: `x${i}` }] })],
  ];
  it.each(words)("is stopped before it takes all %s", async (what, word) => {
    const items = Array.from({ length: 3_000 }, (_, i) =>
      named(`${what}-${i}`, word(i)),
    );
    const answer = await told(hub, "catalogue", items);
    expect(answer.rejected).toBeGreaterThanOrEqual(900);
    expect(answer.rejections[0]!.message).toContain("beyond its 2000 new ones");
    // What it said before may be said again, and others have a share of their own.
    expect(
      await told(hub, "catalogue", [named(`${what}-1`, word(1))]),
    ).toMatchObject({ accepted: 1 });
    expect(
      await told(hub, "register", [named(`${what}-1`, word(2_999))]),
    ).toMatchObject({ accepted: 1 });
  });
});

describe("a system that invents metrics", () => {
  it("is stopped before it takes the numbers of all others", async () => {
    const at = Date.now();
    const items = Array.from({ length: 3_000 }, (_, i) => ({
      ...{ sensor: "one", metric: `m${i}`, at, value: 1 },
    }));
    expect((await hub.post("minted", items)).status).toBe(429);
    const other = { sensor: "two", metric: "quite new", at, value: 1 };
    expect(await told(hub, "honest", [other])).toMatchObject({ accepted: 1 });
  });
});
