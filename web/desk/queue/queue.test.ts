/** The queue against a slow count of every row, over many days of seeded chance. */
import { describe, expect, it } from "vitest";
import { QueueFilter } from "../../../contract/filter.ts";
import type { QueueRow } from "../../../contract/incident.ts";
import { MINUTE } from "../../../contract/time.ts";
import { createChance, type Chance } from "../../../test/kit/chance.ts";
import { FACETS, ORDERS, valuesOf, wordsOf, type Lens } from "./facets.ts";
import { createPlaces } from "./places.ts";
import { createQueue } from "./queue.ts";
import { dueIn, NOW, queueRow } from "./rows.ts";

const lens: Lens = {
  isMine: (row) => row.status === "reported",
  majorOf: (code) => code.slice(0, 2),
  domainOf: (code) => code && (code < "M" ? "urban" : null),
  textOf: ({ title, address }) => `${title} ${address}`,
};
const filterOf = (given: object) => QueueFilter.parse(given);

/** As slow as it is plain. */
function slowly(rows: Iterable<QueueRow>, filter: QueueFilter, now: number) {
  const all = [...rows];
  const words = wordsOf(filter.text);
  const passes = (row: QueueRow, but: number) =>
    words.every((word) => lens.textOf(row).toLowerCase().includes(word)) &&
    FACETS.every((facet, i) => {
      const chosen = filter.chosen[facet] ?? [];
      const values = valuesOf(row, lens, now)[i]!;
      return (
        i === but ||
        chosen.length === 0 ||
        values.some((value) => chosen.includes(value))
      );
    });
  return {
    order: all
      .filter((row) => passes(row, -1))
      .sort(ORDERS[filter.order])
      .map(({ id }) => id),
    count: (facet: number, value: string) =>
      all.filter(
        (row) =>
          passes(row, facet) &&
          valuesOf(row, lens, now)[facet]!.includes(value),
      ).length,
  };
}

const someRow = (chance: Chance, id: string): QueueRow =>
  queueRow(id, {
    status: chance.one(["reported", "registered", "handling"]),
    priority: chance.one([1, 2, 3, 4, null]),
    district: chance.one(["990102", "990103", null]),
    handlers: chance.one([[], ["WATER"], ["WATER", "TRANS"]]),
    title: chance.one(["路面积水", "井盖缺失", "Pump 2 stopped"]),
    supervised: chance.between(0, 2),
    reportedAt: NOW - chance.between(0, 40) * MINUTE,
    due: chance.one([null, dueIn(chance.between(-30, 60) * MINUTE)]),
  });

const someFilter = (chance: Chance): QueueFilter =>
  filterOf({
    order: chance.one(["timeLeft", "priority", "newest"]),
    text: chance.one(["", "", "积水", "pump STOPPED"]),
    chosen: chance.one([
      {},
      { need: ["overdue", "soon"] },
      { status: ["handling"], priority: ["1", "none"] },
      { department: ["TRANS"], district: ["none", "990103"] },
    ]),
  });

/** Lives a desk's day; calls `look` after every change. */
function live(
  seed: number,
  look: (desk: {
    chance: Chance;
    rows: ReadonlyMap<string, QueueRow>;
    filter: QueueFilter;
    now: number;
    queue: ReturnType<typeof createQueue>;
    places: ReturnType<typeof createPlaces>;
  }) => void,
): void {
  const chance = createChance(seed);
  const rows = new Map<string, QueueRow>();
  let [filter, now, made] = [filterOf({}), NOW, 0];
  const places = createPlaces(() => queue.passing);
  const queue = createQueue(filter, lens, places);
  for (let turn = 0; turn < 120; turn++) {
    const what = chance.between(0, 10);
    if (what < 7)
      for (let n = chance.between(1, turn === 60 ? 900 : 6); n > 0; n--) {
        const id = chance.one([`i-${made}`, ...rows.keys()]);
        if (id === `i-${made}`) made++;
        if (rows.has(id) && chance.next() < 0.4) rows.delete(id);
        else rows.set(id, someRow(chance, id));
      }
    else if (what === 7) now += chance.between(0, 10) * MINUTE;
    else if (what === 8) {
      filter = someFilter(chance);
      queue.look(filter, lens, now);
      places.takeIn();
    } else if (places.isHeld) places.release();
    else places.hold();
    queue.hear(rows, now);
    queue.tick(now);
    look({ chance, rows, filter, now, queue, places });
  }
}

const SEEDS = Array.from({ length: 12 }, (_, i) => 20_261_120 + i);

describe.each(SEEDS)("the queue of a desk, seed %i", (seed) => {
  it("has the order and the counts that a slow look at every row has", () =>
    live(seed, ({ rows, filter, now, queue }) => {
      const slow = slowly(rows.values(), filter, now);
      expect(queue.passing.map(({ id }) => id)).toEqual(slow.order);
      expect(queue.size).toBe(rows.size);
      for (const [i, facet] of FACETS.entries())
        for (const value of queue.values(facet))
          expect({ facet, value, n: queue.count(facet, value) }).toEqual({
            ...{ facet, value, n: slow.count(i, value) },
          });
    }));

  it("keeps every row in its place while a hand is there, and counts what came and left", () => {
    let held: { ids: string[]; filter: QueueFilter } | null = null;
    live(seed, ({ chance, filter, queue, places }) => {
      const ids = Array.from({ length: places.length }, (_, place) =>
        places.at(place)!,
      );
      const passing = queue.passing.map(({ id }) => id);
      if (!places.isHeld) {
        held = null;
        return expect(ids).toEqual(passing);
      }
      // Another filter is another list.
      if (held?.filter !== filter) held = { ids, filter };
      expect(ids).toEqual(held.ids);
      const known = new Set(ids);
      const arrived = passing.filter((id) => !known.has(id));
      expect(places.arrived).toBe(arrived.length);
      const gone = ids.filter((id) => !queue.passes(id));
      expect(ids.filter((id) => places.gone(id))).toEqual(gone);
      if (chance.next() > 0.2) return;
      places.takeIn();
      held = null;
      expect(places.arrived + places.goneCount).toBe(0);
      expect(places.length).toBe(passing.length);
    });
  });
});

describe("a list that a hand is on", () => {
  const rows = new Map<string, QueueRow>();
  const add = (id: string, minutes: number) =>
    rows.set(id, queueRow(id, { due: dueIn(minutes * MINUTE) }));
  function listed() {
    rows.clear();
    const places = createPlaces(() => queue.passing);
    const queue = createQueue(filterOf({}), lens, places);
    return {
      places,
      hear(end: number) {
        queue.hear(rows, NOW);
        places.settle(end);
        const all = Array.from({ length: places.length }, (_, i) =>
          places.at(i),
        );
        return `${all.join(" ")} +${places.arrived} -${places.goneCount}`;
      },
    };
  }

  it("calls nothing new of the first picture, though the hand was there before it", () => {
    const { places, hear } = listed();
    places.hold();
    for (let i = 0; i < 3; i++) add(`i-${i}`, i);
    expect(hear(12)).toBe("i-0 i-1 i-2 +0 -0");
  });

  it("counts as new what comes among the rows in sight, and lets in what comes below", () => {
    const { places, hear } = listed();
    for (let i = 0; i < 4; i++) add(`i-${i}`, 10 * i);
    hear(2);
    places.hold();
    add("above", 5);
    add("below", 15);
    expect(hear(2)).toBe("i-0 i-1 below i-2 i-3 +1 -0");
    rows.delete("i-3");
    rows.delete("i-0");
    expect(hear(2)).toBe("i-0 i-1 below i-2 +1 -1");
    places.seen("above");
    expect(hear(2)).toBe("i-0 i-1 below i-2 +0 -1");
  });
});

it("moves an incident to the overdue ones the instant after its deadline, by the clock alone", () => {
  const told = { came: () => {}, left: () => {} };
  const chosen = { need: ["overdue"] };
  const queue = createQueue(filterOf({ chosen }), lens, told);
  queue.hear(new Map([["a", queueRow("a", { due: dueIn(MINUTE) })]]), NOW);
  expect(queue.tick(NOW + MINUTE)).toBe(false);
  expect(queue.passing).toEqual([]);
  expect(queue.tick(NOW + MINUTE + 1)).toBe(true);
  expect(queue.passing).toHaveLength(1);
  expect(queue.count("need", "overdue")).toBe(1);
  expect(queue.count("need", "soon")).toBe(0);
});
