import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { expect, it } from "vitest";
import { WHOLE_CITY, type View } from "../../contract/data-scope.ts";
import type { Delta } from "../../contract/wire.ts";
import { canonical, createTopics } from "./topics.ts";

const CITY: View = { ...WHOLE_CITY, masking: "all" };

type Item = { id: string; value: number };

function aCity() {
  const held = new Map<string, Item>();
  const sent: Delta[] = [];
  let now = 1_000_000;
  const topics = createTopics({
    epoch: "first",
    now: () => now,
    send: (_room, delta) => void sent.push(delta),
  });
  topics.fill(
    "levels",
    {
      ids: () => held.keys(),
      accepts: (params) => (id) =>
        String(id).startsWith((params as { of: string }).of),
      sees: () => () => true,
      item: (id) => held.get(String(id)) ?? null,
    },
    true,
  );
  const put = (id: string, value: number) => {
    held.set(id, { id, value });
    topics.touch("levels", id);
  };
  const drop = (id: string) => {
    held.delete(id);
    topics.touch("levels", id);
  };
  return { topics, sent, put, drop, pass: (ms: number) => (now += ms) };
}

it("sends one delta for all that changed in one tick of an idle room", async () => {
  const { topics, sent, put } = aCity();
  topics.join("levels", { of: "a" }, CITY);
  put("a1", 1);
  put("a1", 2);
  put("a2", 3);
  await turn();
  expect(sent.map(({ rev, upsert }) => ({ rev, upsert }))).toEqual([
    {
      rev: 1,
      upsert: [
        { id: "a1", value: 2 },
        { id: "a2", value: 3 },
      ],
    },
  ]);
});

it("tells a room nothing of items that are not its own", async () => {
  const { topics, sent, put } = aCity();
  topics.join("levels", { of: "a" }, CITY);
  put("b1", 1);
  await turn();
  expect(sent).toEqual([]);
});

it("removes an item that left, once, and only from those who hold it", async () => {
  const { topics, sent, put, drop } = aCity();
  put("a1", 1);
  topics.join("levels", { of: "a" }, CITY);
  drop("a1");
  await turn();
  drop("a1");
  drop("a9");
  await turn();
  expect(sent.map((delta) => delta.remove)).toEqual([["a1"]]);
});

it("[R4] gives a joiner the picture and the rev that the next delta follows", async () => {
  const { topics, sent, put } = aCity();
  topics.join("levels", { of: "a" }, CITY);
  put("a1", 1);
  await turn();
  const joined = topics.join("levels", { of: "a" }, CITY);
  put("a1", 2);
  await turn();
  expect(joined).toMatchObject({
    epoch: "first",
    rev: 1,
    snapshot: [{ id: "a1", value: 1 }],
  });
  expect(sent.at(-1)).toMatchObject({ epoch: "first", rev: 2 });
});

it("[R5] makes a crowded room wait and then sends the latest value only", async () => {
  const { topics, sent, put } = aCity();
  for (let wall = 0; wall < 5_000; wall++)
    topics.join("levels", { of: "a" }, CITY);
  put("a1", 1);
  await turn();
  put("a1", 2);
  put("a1", 3);
  expect(sent.length).toBe(0);
  await expect.poll(() => sent.length).toBe(1);
  expect(sent[0]!.upsert).toEqual([{ id: "a1", value: 3 }]);
});

it("[R6] keeps viewers of another scope in another room", () => {
  const { topics } = aCity();
  const city = topics.join("levels", { of: "a" }, CITY);
  const district = topics.join(
    "levels",
    { of: "a" },
    { ...CITY, districts: ["990101"] },
  );
  expect(city.room).not.toBe(district.room);
});

/** Lowest values of a city, the first few a room. */
function aRace() {
  const held = new Map<string, Item>();
  const followers: { room: string; holds: Map<unknown, unknown> }[] = [];
  const take = (delta: Delta, holds: Map<unknown, unknown>) => {
    if (delta.reset) holds.clear();
    for (const item of delta.upsert as Item[]) holds.set(item.id, item);
    for (const id of delta.remove) expect(holds.delete(id)).toBe(true);
  };
  const topics = createTopics({
    epoch: "first",
    now: () => 1_000_000,
    send(room, delta) {
      for (const each of followers)
        if (each.room === room) take(delta, each.holds);
    },
  });
  const first = (most: number) =>
    [...held.values()]
      .sort((a, b) => a.value - b.value || (a.id < b.id ? -1 : 1))
      .slice(0, most);
  topics.fill(
    "first",
    {
      ids: (most) => first(most as number).map(({ id }) => id),
      size: (most) => Math.min(most as number, held.size),
      accepts: () => () => true,
      sees: () => () => true,
      item: (id, most) =>
        first(most as number).find((i) => i.id === id) ?? null,
    },
    false,
  );
  return {
    followers,
    first,
    put(id: string, value: number) {
      if (held.get(id)?.value === value) return;
      held.set(id, { id, value });
      topics.touch("first", id);
    },
    drop(id: string) {
      held.delete(id);
      topics.touch("first", id, true);
    },
    follow(most: number) {
      const { room, snapshot } = topics.join("first", most, CITY);
      const holds = new Map((snapshot as Item[]).map((i) => [i.id, i]));
      followers.push({ room, holds });
      return holds;
    },
    /** As for a browser that did not read meanwhile. */
    lookAgain(which: number) {
      const of = followers[which % followers.length];
      if (of) take(topics.picture(of.room)!, of.holds);
    },
    reset: () => topics.reset(),
  };
}

const inTheRace = fc.record({
  what: fc.constantFrom(
    ...["put", "put", "put", "drop", "turn", "follow", "look", "reset"],
  ),
  id: fc.integer({ min: 0, max: 11 }),
  value: fc.integer({ min: 0, max: 20 }),
});

it("[R4] a room of the first few holds those whoever came, went or joined, and removes only what is held", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(inTheRace, { maxLength: 60 }), async (steps) => {
      const race = aRace();
      const mosts = [1, 3, 5];
      for (const most of mosts) race.follow(most);
      for (const { what, id, value } of steps)
        if (what === "put") race.put(`r${id}`, value);
        else if (what === "drop") race.drop(`r${id}`);
        else if (what === "turn") await turn();
        else if (what === "look") race.lookAgain(id);
        else if (what === "reset") race.reset();
        else {
          race.follow(mosts[id % 3]!);
          mosts.push(mosts[id % 3]!);
        }
      await turn();
      const byId = (items: unknown[]) =>
        (items as Item[]).sort((a, b) => (a.id < b.id ? -1 : 1));
      for (const [i, { holds }] of race.followers.entries())
        expect(byId([...holds.values()])).toEqual(byId(race.first(mosts[i]!)));
    }),
    { seed: 20261126, numRuns: 300 },
  );
});

it("names the same room however the params are ordered", () => {
  expect(canonical({ b: 1, a: [2, { d: 3, c: 4 }] })).toBe(
    canonical({ a: [2, { c: 4, d: 3 }], b: 1, e: undefined }),
  );
});

it("forgets a room that everybody left", async () => {
  const { topics, sent, put } = aCity();
  const { room } = topics.join("levels", { of: "a" }, CITY);
  topics.leave(room);
  put("a1", 1);
  await turn();
  expect(sent).toEqual([]);
  expect(topics.stats().rooms).toBe(0);
});
