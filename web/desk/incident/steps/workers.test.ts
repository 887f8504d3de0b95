import { expect, it } from "vitest";
import type { Worker } from "../../../../contract/worker.ts";
import { inOrder } from "./workers.ts";

const WEST = { lng: 120.1, lat: 30.1, district: "990102" };
const worker = (login: string, more: Partial<Worker> = {}): Worker => ({
  ...{ login, name: login, districts: ["990103"], isOnShift: false },
  ...{ visits: 0, at: null, ...more },
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
