/** Feeds as they run, over a real store in a folder of its own, with a small town at the other end. */
import { randomBytes } from "node:crypto";
import type { Fact, IndexedFact } from "../../contract/fact.ts";
import type { Feed } from "../../contract/feed.ts";
import type { ReadingColumns } from "../../contract/reading.ts";
import type { Road } from "../../server/feeds/access.ts";
import { createSeal } from "../../server/auth/seal.ts";
import { KeptOut } from "../../server/feeds/refusal.ts";
import {
  openFeeds,
  type Feeds,
  type FeedsOptions,
} from "../../server/feeds/run.ts";
import type { Outcome, Sink } from "../../server/feeds/sink.ts";
import { openStore } from "../../server/store/open.ts";
import type { Store } from "../../server/store/store.ts";
import { makeFolder } from "./folder.ts";

/** A sink that remembers; readings have the identity of decisions B2. */
export class Town implements Sink {
  /** `system/sensor/metric@at` → value. */
  readonly kept = new Map<string, number>();
  readonly told: Fact[] = [];
  /** How many readings each call brought. */
  readonly calls: number[] = [];
  /** Must resolve before anything is taken: the town's store. */
  commit: () => Promise<void> = () => Promise.resolve();
  /** Items the city will not have, by index. */
  refuse: (feed: Feed, index: number) => string | null = () => null;

  async readings(feed: Feed, columns: ReadingColumns): Promise<Outcome> {
    this.calls.push(columns.sensor.length);
    await this.commit();
    const outcome: Outcome = { accepted: 0, duplicates: 0, rejections: [] };
    columns.sensor.forEach((sensor, i) => {
      const index = columns.index[i]!;
      const message = this.refuse(feed, index);
      if (message !== null)
        return void outcome.rejections.push({ index, path: "/at", message });
      const key = `${feed.system}/${sensor}/${columns.metric[i]!}@${columns.at[i]!}`;
      const value = columns.value[i]!;
      if (this.kept.get(key) === value) outcome.duplicates++;
      else outcome.accepted++;
      this.kept.set(key, value);
    });
    return outcome;
  }

  async facts(feed: Feed, facts: IndexedFact[]): Promise<Outcome> {
    await this.commit();
    const outcome: Outcome = { accepted: 0, duplicates: 0, rejections: [] };
    for (const { index, ...fact } of facts) {
      const message = this.refuse(feed, index);
      if (message !== null)
        outcome.rejections.push({ index, path: "/lng", message });
      else {
        outcome.accepted++;
        this.told.push(fact);
      }
    }
    return outcome;
  }
}

/** A feed of readings with nothing special about it. */
export function feedRow(changes: Partial<Feed> & { id: string }): Feed {
  return {
    system: changes.id,
    nameZh: changes.id,
    nameEn: changes.id,
    department: "ECO",
    transport: "http",
    format: "readings/1",
    mapping: null,
    yields: null,
    crs: "WGS84",
    timeZone: "Asia/Shanghai",
    clock: "wall",
    historic: false,
    expectEvery: 60_000,
    quota: { perSecond: 100_000, burst: 100_000 },
    enabled: true,
    allow: [],
    signed: false,
    ...changes,
  };
}

export interface TestFeeds {
  feeds: Feeds;
  town: Town;
  store: Store;
  /** Closes the feeds and opens them again over the same store. */
  reopen(): Promise<Feeds>;
  close(): Promise<void>;
}

export interface TestStore {
  store: Store;
  close(): Promise<void>;
}

/** A real store in a folder of its own; a file of tests shares one, each test with feeds of its own. */
export async function openTestStore(): Promise<TestStore> {
  const folder = makeFolder("feeds");
  const store = await openStore({ url: `sqlite:${folder.path}/city.db` });
  return {
    store,
    async close() {
      await store.close();
      await folder.remove();
    },
  };
}

export async function openTestFeeds(
  store: Store,
  rows: Feed[],
  options: Partial<FeedsOptions> = {},
): Promise<TestFeeds> {
  const town = new Town();
  const seal = createSeal(randomBytes(32));
  const open = () => openFeeds({ store, sink: town, seal, ...options });
  const test: TestFeeds = {
    feeds: await open(),
    town,
    store,
    async reopen() {
      await test.feeds.close();
      return (test.feeds = await open());
    },
    close: () => test.feeds.close(),
  };
  for (const row of rows) await test.feeds.put(row);
  return test;
}

/** Does a key open a feed, by this road? */
export function opens(
  feeds: Feeds,
  id: string,
  key: string,
  road: Partial<Road> = {},
): boolean {
  try {
    feeds.admit(id, key, { transport: "http", address: "127.0.0.1", ...road });
    return true;
  } catch (error) {
    if (error instanceof KeptOut) return false;
    throw error;
  }
}

const YEAR = 365 * 86_400_000;

/** Retention that keeps everything. */
export const forever = {
  raw: YEAR,
  minute: YEAR,
  hour: YEAR,
  day: YEAR,
  positions: YEAR,
  awaited: YEAR,
  alarms: YEAR,
};

/** A payload as JSON bytes. */
export const json = (value: unknown) => Buffer.from(JSON.stringify(value));

/** How the door announces plain JSON. */
export const asJson = { mediaType: "application/json", encoding: null };
