import { expect, it } from "vitest";
import type { Worker } from "../../../../contract/worker.ts";
import { inOrder, unreached, type Told } from "./workers.ts";

const WEST = { lng: 120.1, lat: 30.1, district: "990102" };
const worker = (login: string, more: Partial<Worker> = {}): Worker => ({
  ...{ login, name: login, districts: ["990103"], isOnShift: false },
  ...{ visits: 0, at: null, isReached: null, ...more },
});

it("names first who is on shift, then whose district it is, who is near, who has least to do", () => {
  const theirs = { districts: [WEST.district] };
  const at = { lng: 120.11, lat: 30.1, at: 1 };
  const workers = [
    worker("far", theirs),
    worker("busy", { ...theirs, at, visits: 3 }),
    worker("near", { ...theirs, at }),
    worker("elsewhere"),
    worker("on", { isOnShift: true }),
  ];
  expect(inOrder(workers, WEST).map(({ login }) => login)).toEqual([
    ...["on", "near", "busy", "far", "elsewhere"],
  ]);
});

it("does not name whom a visit does not reach", () => {
  const workers = [
    worker("on", { isOnShift: true, isReached: false }),
    worker("off", { isReached: true }),
  ];
  expect(inOrder(workers, WEST).map(({ login }) => login)).toEqual(["off"]);
});

it("says why nobody will see a visit, and nothing where somebody will", () => {
  const told = (
    isSomebodyReached: boolean | null,
    isReached = false,
  ): Told => ({
    items: [worker("zhou", { isReached })],
    isSomebodyReached,
  });
  const nowhere = { district: null };
  expect(unreached(told(false), null, nowhere)).toBe("noDistrict");
  expect(unreached(told(false), "zhou", nowhere)).toBe("noDistrict");
  expect(unreached(told(false), null, WEST)).toBe("nobody");
  expect(unreached(told(true), "zhou", WEST)).toBe("notTheirs");
  expect(unreached(told(true, true), "zhou", WEST)).toBeNull();
  expect(unreached(told(true), null, WEST)).toBeNull();
  expect(unreached(told(true, true), null, nowhere)).toBe("wholeCity");
  expect(unreached(told(true, true), "zhou", nowhere)).toBeNull();
  expect(unreached(told(null), null, nowhere)).toBeNull();
  expect(unreached(null, null, nowhere)).toBeNull();
});
