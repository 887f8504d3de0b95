/** Feeds and keys that come at a start: the city pack's, and those of a launcher's file. */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { CityPack } from "../city/pack.ts";
import type { Config } from "../config.ts";
import type { Clock } from "../lib/clock.ts";
import { createId } from "../lib/ids.ts";
import { LAUNCHER, type Store } from "../store/store.ts";

const Hashes = z.record(
  z.string(),
  z
    .string()
    .regex(/^[0-9a-f]{64}$/i, "expected a SHA-256 as 64 hex digits")
    .toLowerCase(),
);

/**
 * Takes the pack's feeds, and the keys of which a launcher gives the hashes.
 * @throws Error with a sentence where its file is not as it should be
 */
export async function importFeeds(ask: {
  config: Pick<Config, "feedKeyHashes">;
  pack: Pick<CityPack, "feeds">;
  store: Pick<Store, "feeds" | "feedKeys">;
  clock: Clock;
}): Promise<void> {
  const { config, pack, store } = ask;
  await store.feeds.import(pack.feeds);
  if (config.feedKeyHashes === null) return;
  const given: unknown = JSON.parse(
    await readFile(config.feedKeyHashes, "utf8"),
  );
  const hashes = Hashes.safeParse(given);
  if (!hashes.success)
    throw new Error(
      hashes.error.issues
        .map(
          ({ path, message }) =>
            `FEED_KEY_HASHES: ${String(path[0])}: ${message}`,
        )
        .join("\n"),
    );
  const now = ask.clock.now();
  const keys = (await store.feeds.all()).flatMap(({ feed }) => {
    const hash = hashes.data[feed.id];
    if (hash === undefined) return [];
    return {
      ...{ id: createId(now), feed: feed.id, hash },
      ...{ createdAt: now, createdBy: LAUNCHER, until: null },
      ...{ usedAt: null, usedFrom: "" },
    };
  });
  await store.feedKeys.import(keys);
}
