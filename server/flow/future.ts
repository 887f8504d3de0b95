import type { Feed } from "../../contract/feed.ts";
import { MINUTE } from "../../contract/time.ts";

/** A sender's clock may be this far ahead (decisions B3). */
const AHEAD = 5 * MINUTE;

/** Why an instant is refused, or null. A feed on its source's clock may speak of any time. */
export function tooFarAhead(
  feed: Feed,
  at: number,
  now: number,
  path: string,
): { path: string; message: string } | null {
  return feed.clock === "wall" && at > now + AHEAD
    ? { path, message: "is more than 5 minutes in the future" }
    : null;
}
