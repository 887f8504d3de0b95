import { expect, it } from "vitest";
import { SECOND } from "../../contract/time.ts";
import { createPositions } from "./positions.ts";

const EIGHT = Date.parse("2026-11-20T08:00:00+08:00");
const bus = (seconds: number, lng = 120) => ({
  id: "bus/澜A12345",
  kind: "bus",
  lng,
  lat: 30,
  speed: 30,
  heading: 90,
  at: EIGHT + seconds * SECOND,
  alarms: [],
});

it("a late position never moves an object back (R3)", () => {
  const positions = createPositions();
  expect(positions.put(bus(5), SECOND, "999001")).toBe("new");
  expect(positions.put(bus(4, 121), SECOND, "999001")).toBe("late");
  expect(positions.put(bus(5), SECOND, "999001")).toBe("duplicate");
  expect(positions.get("bus/澜A12345")?.lng).toBe(120);
});

it("is of the district of its newest position, and of none when it left", () => {
  const positions = createPositions();
  const { id } = bus(5);
  positions.put(bus(5), SECOND, "999001");
  positions.put(bus(4), SECOND, "999002");
  expect(positions.districtOf(id)).toBe("999001");
  positions.put(bus(6), SECOND, "999002");
  expect(positions.districtOf(id)).toBe("999002");
  positions.leave(EIGHT + 17 * SECOND);
  expect(positions.districtOf(id)).toBeNull();
});

it("the same instant with anything else is a correction", () => {
  const positions = createPositions();
  const first = { ...bus(5), alarms: ["超速"] };
  positions.put(first, SECOND, "999001");
  const changes = [
    ...[{ lng: 121 }, { lat: 31 }, { speed: null }, { heading: 91 }],
    ...[{ kind: "taxi" }, { alarms: ["SOS"] }, { alarms: [] }],
  ];
  let last = first;
  for (const change of changes) {
    last = { ...last, ...change } as typeof first;
    expect(positions.put(last, SECOND, "999001")).toBe("correction");
    expect(positions.get(last.id)).toEqual(last);
    expect(positions.put({ ...last }, SECOND, "999001")).toBe("duplicate");
  }
});

it("an object leaves after ten periods of silence, and comes back", () => {
  const positions = createPositions();
  positions.put(bus(0), SECOND, "999001");
  expect(positions.leave(EIGHT + 10 * SECOND)).toEqual([]);
  expect(positions.leave(EIGHT + 10 * SECOND + 1)).toEqual(["bus/澜A12345"]);
  expect([...positions.ids()]).toEqual([]);
  expect(positions.put(bus(20), SECOND, "999001")).toBe("new");
});
