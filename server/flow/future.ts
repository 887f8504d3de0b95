import type { Feed } from "../../contract/feed.ts";
import { say } from "../../contract/sentence.ts";
import { AHEAD } from "../../contract/time.ts";

/** Why an instant is refused, or null. A feed on its source's clock may speak of any time. */
export function tooFarAhead(
  feed: Pick<Feed, "clock">,
  at: number,
  now: number,
  path: string,
): { path: string; message: string } | null {
  return feed.clock === "wall" && at > now + AHEAD
    ? { path, message: say("inFuture").message }
    : null;
}
