/** What incidents are like is read in turns: a department's payload keeps nobody waiting. */
import { setImmediate } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import type { Incident } from "../../contract/incident.ts";
import { createZone } from "../../contract/zone.ts";
import { createLikeness } from "./likeness.ts";

const likeness = createLikeness({
  store: { incidents: {} as never },
  pack: { categories: [] },
  zone: createZone("Asia/Shanghai"),
  told: () => expect.unreachable(),
  failed: (error) => expect.unreachable(String(error)),
  ended: (error) => expect.unreachable(String(error)),
});
afterAll(() => likeness.close());

/** Each takes three ms to read, as a long report does. */
const read = new Set<number>();
const incident = (i: number, status = "reported"): Incident =>
  ({
    ...{ id: `incident-${i}`, number: `2026-${i}`, address: "" },
    get title() {
      const until = performance.now() + (read.has(i) ? 0 : 3);
      while (performance.now() < until);
      read.add(i);
      return `井盖破损 ${i}`;
    },
    ...{ description: "", category: null, source: "hotline" },
    ...{ externalId: "", lng: 120, lat: 30, reportedAt: 0, handlers: [] },
    ...{ departments: ["URBAN"], district: null, status },
  }) as unknown as Incident;

it("gives way while it reads what came at once, and reads it all", async () => {
  for (let i = 0; i < 100; i++) likeness.tell(incident(i), null);
  expect(read.size).toBe(0);
  for (let turns = 0; turns < 5; turns++) await setImmediate();
  expect(read.size).toBeLessThan(50);
  await expect.poll(() => read.size, { timeout: 20_000 }).toBe(100);
});

it("reads one as it was told last", async () => {
  likeness.tell(incident(200), null);
  likeness.tell(incident(200, "declined"), null);
  await expect.poll(() => read.has(200)).toBe(true);
  const { duplicates } = await likeness.of(
    { ...incident(200), id: "asked", lng: 120.001 },
    WHOLE_CITY,
  );
  expect(duplicates.map(({ id }) => id)).not.toContain("incident-200");
});
