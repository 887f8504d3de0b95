/** What "now" is to a feed whose clock is its source's (decisions B3). */
import type { Freshness } from "../../contract/level.ts";
import { DAY } from "../../contract/time.ts";
import { useTopic } from "./topic.ts";

/** Silent for so many periods, a feed that follows the wall clock is lost. */
const PERIODS = 10;

/**
 * The present of what was told at `at`: recorded years arrive as living values
 * and are shown in their own time; everything else lives now.
 * @param every ms between values, where known
 */
export function presentOf(
  told: {
    at: number | null;
    freshness: Freshness | null;
    every?: number | undefined;
  },
  now: number,
): number {
  const { at, freshness, every = DAY / PERIODS } = told;
  const lives = freshness === "live" || freshness === "late";
  return at !== null && lives && Math.abs(now - at) > PERIODS * every
    ? at
    : now;
}

/** The present of what a feed brought: its source's newest time while a recording is replayed. */
export function useFeedPresent(): (feed: string, now: number) => number {
  const feeds = useTopic("feeds", {});
  return (feed, now) => feeds.items.get(feed)?.sourceTime ?? now;
}
