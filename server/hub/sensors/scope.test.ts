import { expect, it } from "vitest";
import { createSensors } from "../sensors.ts";

const sensor = (id: string, more: { system?: string; district?: string }) => ({
  ...{ id, name: id, system: "pumps", kind: "pump", lng: 0, lat: 0 },
  ...{ registered: true, metrics: [], attributes: {}, ...more },
});
const feed = (system: string, department: string) => ({ system, department });

it("a sensor is seen by those whose feeds speak for its system, whoever they are now", () => {
  const sensors = createSensors();
  const seen = sensors.seenBy({ departments: ["WATER"], districts: null });
  sensors.register(sensor("1", {}));
  expect(seen(0)).toBe(false);
  expect(sensors.setOwners([feed("pumps", "WATER")])).toEqual(["pumps"]);
  expect(seen(0)).toBe(true);
  expect(sensors.setOwners([feed("pumps", "WATER")])).toEqual([]);
  const both = [feed("pumps", "FIRE"), feed("pumps", "WATER")];
  expect(sensors.setOwners(both)).toEqual(["pumps"]);
  expect(seen(0)).toBe(true);
  expect(sensors.setOwners([feed("pumps", "FIRE")])).toEqual(["pumps"]);
  expect(seen(0)).toBe(false);
  expect(sensors.systemsOf(["FIRE", "WATER"])).toEqual(["pumps"]);
  expect(sensors.setOwners([])).toEqual(["pumps"]);
  expect(sensors.systemsOf(["FIRE", "WATER"])).toEqual([]);
});

it("a sensor is seen in the district where it is now, one that was heard of later too", () => {
  const sensors = createSensors({ districts: ["east"] });
  const seen = sensors.seenBy({ departments: null, districts: ["south"] });
  sensors.register(sensor("1", { district: "east" }));
  expect(seen(0)).toBe(false);
  sensors.register(sensor("1", { district: "south" }));
  expect(seen(0)).toBe(true);
  sensors.register(sensor("1", {}));
  expect(seen(0)).toBe(false);
});

it("a sensor of no district is seen by those alone who see the whole city of its department", () => {
  const sensors = createSensors({ districts: ["east"] });
  sensors.setOwners([feed("pumps", "WATER")]);
  sensors.register(sensor("1", {}));
  const departments = ["WATER"];
  const sees = (districts: string[] | null) =>
    sensors.seenBy({ departments, districts })(0);
  expect([sees(null), sees(["east"]), sees([])]).toEqual([true, false, false]);
});
