import type { Feed } from "../../contract/feed.ts";
import type { Sensors } from "../hub/sensors.ts";

type Pace = Pick<Feed, "system" | "expectEvery" | "clock">;

/** How often the sensors of a feed's system speak, and by whose clock: as the feed says that brings their readings. */
export function heed(sensors: Sensors, feed: Pace): void {
  sensors.expect(feed.system, feed.expectEvery);
  if (feed.clock === "source") sensors.followSource(feed.system);
}

/** After a start nobody has brought anything yet: the quickest feed of each system counts. */
export function heedAll(sensors: Sensors, feeds: readonly Pace[]): void {
  const slowestFirst = feeds.toSorted((a, b) => b.expectEvery - a.expectEvery);
  for (const feed of slowestFirst) heed(sensors, feed);
}
