/** Hands every kind of fact to its noun's flow; the feeds know only this. */
import type { IndexedFact } from "../../contract/fact.ts";
import type { Feed } from "../../contract/feed.ts";
import type { Outcome, Sink } from "../feeds/sink.ts";
import type { Held } from "./held.ts";

type Item<T extends IndexedFact["type"]> = {
  index: number;
  item: Extract<IndexedFact, { type: T }>["item"];
};

/** What takes facts of each type. */
export type Takers = {
  [T in IndexedFact["type"]]: {
    take(feed: Feed, items: Item<T>[]): Promise<Outcome>;
  };
};

export function createSink(
  held: Held,
  readings: { take: Sink["readings"] },
  takers: Takers,
): Sink {
  return {
    readings: (feed, columns) => readings.take(feed, columns),
    async facts(feed, facts) {
      const byType = new Map<IndexedFact["type"], IndexedFact[]>();
      for (const fact of facts) {
        const same = byType.get(fact.type);
        if (same) same.push(fact);
        else byType.set(fact.type, [fact]);
      }
      const total: Outcome = { accepted: 0, duplicates: 0, rejections: [] };
      for (const [type, items] of byType) {
        const taker = takers[type] as {
          take(feed: Feed, items: IndexedFact[]): Promise<Outcome>;
        };
        held.check();
        const outcome = await held.durable(taker.take(feed, items));
        total.accepted += outcome.accepted;
        total.duplicates += outcome.duplicates;
        total.rejections.push(...outcome.rejections);
      }
      return total;
    },
  };
}
