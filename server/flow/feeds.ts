/** Health of the feeds as a topic; looked at once a second. */
import { sees } from "../../contract/data-scope.ts";
import { whoseFeed, type FeedHealth } from "../../contract/feed.ts";
import { maskHealth } from "../auth/mask.ts";
import type { Feeds } from "../feeds/run.ts";
import type { Topics } from "../push/topics.ts";

export interface FeedFlow {
  /** Shows what changed since the last look. */
  tick(): void;
  /** Share of enabled feeds that are live, in %; null without feeds. */
  freshRate(): number | null;
  counts(): Record<FeedHealth["freshness"], number>;
}

export function createFeedFlow(feeds: Feeds, topics: Topics): FeedFlow {
  const shown = new Map<string, FeedHealth>();
  const enabled = () => [...shown.values()].filter((view) => view.enabled);
  topics.fill(
    "feeds",
    {
      ids: () => shown.keys(),
      accepts: () => () => true,
      sees: (view) => (id) => {
        const feed = shown.get(String(id));
        return feed === undefined || sees(view, whoseFeed(feed));
      },
      item: (id) => shown.get(String(id)) ?? null,
    },
    true,
  );
  const flow: FeedFlow = {
    tick() {
      for (const view of feeds.changes()) {
        const before = shown.get(view.id);
        const moved = before?.department !== view.department;
        shown.set(view.id, maskHealth(view));
        topics.touch("feeds", view.id, moved);
      }
    },
    freshRate() {
      const all = enabled();
      const live = all.filter(({ freshness }) => freshness === "live");
      return all.length === 0 ? null : (100 * live.length) / all.length;
    },
    counts() {
      const counts = { live: 0, late: 0, stale: 0, lost: 0 };
      for (const view of enabled()) counts[view.freshness]++;
      return counts;
    },
  };
  flow.tick();
  return flow;
}
