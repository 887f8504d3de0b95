/** A city opened in the test's own process: real store, feeds, flows and rooms, without doors. */
import { randomBytes } from "node:crypto";
import { createSeal } from "../../server/auth/seal.ts";
import { join } from "node:path";
import type { Feed } from "../../contract/feed.ts";
import type { Delta } from "../../contract/wire.ts";
import { readCityPack, type CityPack } from "../../server/city/pack.ts";
import { readConfig } from "../../server/config.ts";
import { openCity, type OpenCity } from "../../server/flow/open.ts";
import { createMetrics } from "../../server/http/metrics.ts";
import { systemClock } from "../../server/lib/clock.ts";
import { createLog } from "../../server/lib/log.ts";
import { createTopics, type Topics } from "../../server/push/topics.ts";
import { openStore } from "../../server/store/open.ts";
import type { Store } from "../../server/store/store.ts";
import { writeCity, type CityPlan } from "../kit/city.ts";
import { asJson, json } from "../kit/feeds.ts";
import { makeFolder } from "../kit/folder.ts";

export interface InnerCity {
  city: OpenCity;
  topics: Topics;
  store: Store;
  pack: CityPack;
  /** Takes a payload of a feed and insists that all of it is accepted. */
  tell(feed: string, items: unknown[]): Promise<void>;
  /** Changes a feed, as its door does. */
  change(feed: Partial<Feed> & { id: string }): Promise<void>;
  close(): Promise<void>;
}

export async function openInnerCity(
  plan: CityPlan,
  send: (room: string, delta: Delta) => void,
): Promise<InnerCity> {
  const folder = makeFolder("inner");
  const { cityDir } = writeCity(folder.path, plan);
  const config = readConfig({ DATA_DIR: folder.path, CITY_DIR: cityDir });
  const pack = await readCityPack(cityDir);
  const store = await openStore({
    url: `sqlite:${join(folder.path, "city.db")}`,
    timeZone: pack.city.timeZone,
  });
  const clock = systemClock;
  const topics = createTopics({ epoch: "first", now: clock.now, send });
  const city = await openCity({
    ...{ config, pack, store, topics, clock },
    ...{ metrics: createMetrics(), log: createLog("silent") },
    ...{
      seal: createSeal(randomBytes(32)),
      refused: () => undefined,
      changed: () => undefined,
    },
  });
  return {
    ...{ city, topics, store, pack },
    async tell(feed, items) {
      const reply = await city.feeds.take(feed, json(items), asJson);
      if (reply.accepted !== items.length)
        throw new Error(`${feed}: ${JSON.stringify(reply)}`);
    },
    async change(feed) {
      const before = city.feeds.all().find(({ id }) => id === feed.id)!;
      await city.feeds.put({ ...before, ...feed });
    },
    async close() {
      await city.stopFeeding();
      await city.close();
      await store.close();
      await folder.remove();
    },
  };
}
