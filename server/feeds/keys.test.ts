import { beforeEach, expect, it } from "vitest";
import { createKey, FeedKeys, hashKey } from "./keys.ts";
import type { FeedKeyRow } from "./feed-store.ts";

let keys = new FeedKeys();
beforeEach(() => void (keys = new FeedKeys()));

let number = 0;
function add(feed: string, until: number | null = null): string {
  const key = createKey();
  const row: FeedKeyRow = {
    ...{ id: `k${++number}`, feed, hash: hashKey(key), until },
    ...{ createdAt: 0, createdBy: "chen", usedAt: null, usedFrom: "" },
  };
  keys.add(row);
  return key;
}

const opens = (feed: string, key: string, now = 0) =>
  keys.find(feed, key, now) !== null;

it("opens a feed by any of its keys, and by no other's", () => {
  const [one, two, other] = [add("air"), add("air"), add("water")];
  expect([one, two, other].map((key) => opens("air", key))).toEqual([
    ...[true, true, false],
  ]);
  expect(opens("noise", one)).toBe(false);
  expect(opens("air", "")).toBe(false);
});

it("is 256 random bits", () => {
  expect(Buffer.from(createKey(), "base64url")).toHaveLength(32);
  expect(createKey()).not.toBe(createKey());
});

it("opens until the key's time is over, which only comes nearer", () => {
  const key = add("air", 100);
  keys.endBy("air", 200);
  expect([99, 100].map((now) => opens("air", key, now))).toEqual([true, false]);
  keys.endBy("air", 50);
  expect([49, 50].map((now) => opens("air", key, now))).toEqual([true, false]);
});

it("names the feeds of which a key ended, once", () => {
  add("air", 100);
  const lasting = add("air");
  add("water");
  expect(keys.forgetEnded(99)).toEqual([]);
  expect(keys.forgetEnded(100)).toEqual(["air"]);
  expect(keys.forgetEnded(101)).toEqual([]);
  expect(opens("air", lasting, 101)).toBe(true);
  expect(keys.of("air", 101)).toHaveLength(1);
});

it("tells no hash, and when and from where a key was used", () => {
  const key = add("air");
  const row = keys.find("air", key, 0)!;
  keys.use(row, 5, "10.0.0.1");
  keys.use(row, 7, "10.0.0.2");
  const [shown] = keys.of("air", 8);
  expect(shown).toMatchObject({ usedAt: 7, usedFrom: "10.0.0.2" });
  expect(Object.keys(shown!)).not.toContain("hash");
  const used = keys.takeUsed();
  expect(used).toEqual([expect.objectContaining({ usedAt: 7 })]);
  expect(keys.takeUsed()).toEqual([]);
  keys.giveBack(used);
  expect(keys.takeUsed()).toEqual(used);
});
