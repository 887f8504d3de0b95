import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { keyOf, writeKeyHashes } from "../../test/kit/city.ts";
import {
  feedRow,
  opens,
  openTestFeeds,
  openTestStore,
  type TestStore,
} from "../../test/kit/feeds.ts";
import { makeFolder } from "../../test/kit/folder.ts";
import { hashKey } from "../feeds/keys.ts";
import { systemClock as clock } from "../lib/clock.ts";
import { importFeeds } from "./feed-import.ts";

const folder = makeFolder("launcher");
const pack = { feeds: [feedRow({ id: "air" }), feedRow({ id: "water" })] };
let test: TestStore;
beforeAll(async () => void (test = await openTestStore()));
afterAll(async () => {
  await test.close();
  await folder.remove();
});

let close = () => Promise.resolve();
afterEach(() => close());

/** A start with this file of hashes. */
async function start(feedKeyHashes: string | null) {
  const { store } = test;
  await importFeeds({ config: { feedKeyHashes }, pack, store, clock });
  const { feeds } = await openTestFeeds(store, []);
  close = () => feeds.close();
  return feeds;
}

it("lets a launcher's keys open the pack's feeds, and a key made here beside them", async () => {
  const file = writeKeyHashes(folder.path, ["air", "elsewhere"]);
  let feeds = await start(file);
  expect(opens(feeds, "air", keyOf("air"))).toBe(true);
  expect(opens(feeds, "water", keyOf("water"))).toBe(false);
  expect(feeds.keys.of("air")).toMatchObject([{ createdBy: "(launcher)" }]);
  const { key } = await feeds.keys.rotate("air", { overlap: 9e6, by: "li" });
  await close();
  // The next start brings another key: it replaces the launcher's former one alone.
  writeFileSync(file, JSON.stringify({ air: hashKey("another") }));
  feeds = await start(file);
  const keys = [keyOf("air"), "another", key];
  expect(keys.map((key) => opens(feeds, "air", key))).toEqual([
    ...[false, true, true],
  ]);
  for (const { id } of feeds.keys.of("air")) await feeds.keys.revoke("air", id);
  await close();
  feeds = await start(file);
  expect(keys.some((key) => opens(feeds, "air", key))).toBe(false);
});

it("leaves an imported feed to the pack, which may change it still", async () => {
  pack.feeds[1] = feedRow({ id: "water", nameZh: "水务" });
  const feeds = await start(writeKeyHashes(folder.path, ["air", "water"]));
  expect(feeds.all().map(({ nameZh }) => nameZh)).toEqual(["air", "水务"]);
});

it("says which hash is none", async () => {
  const file = join(folder.path, "bad.json");
  writeFileSync(file, JSON.stringify({ air: "plain key" }));
  await expect(start(file)).rejects.toThrow(
    "FEED_KEY_HASHES: air: expected a SHA-256 as 64 hex digits",
  );
});
