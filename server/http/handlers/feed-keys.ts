import { say } from "../../../contract/sentence.ts";
import { sees } from "../../../contract/data-scope.ts";
import { whoseFeed, type Feed } from "../../../contract/feed.ts";
import type { Principal } from "../../auth/principal.ts";
import type { Feeds } from "../../feeds/run.ts";
import { hidden } from "../hidden.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

/** Keys and secrets that open feeds. */
export function feedKeyHandlers(
  feeds: Pick<Feeds, "all" | "keys">,
): Pick<
  Handlers,
  "listFeedKeys" | "rotateFeedKey" | "revokeFeedKey" | "newFeedSecret"
> {
  /** The feed that is asked for. @throws HttpProblem 404, outside the caller's scope too */
  function feedOf({ params, who }: Asked): Feed {
    const id = params["id"]!;
    const feed = feeds.all().find((feed) => feed.id === id);
    const unknown = say("noFeed", { feed: id });
    if (!feed) throw new HttpProblem(404, unknown);
    if (!sees(who.view, whoseFeed(feed))) throw hidden(unknown, `feed/${id}`);
    return feed;
  }

  return {
    listFeedKeys(ask) {
      const { id } = feedOf(ask);
      return { items: feeds.keys.of(id), hasSecret: feeds.keys.hasSecret(id) };
    },

    async rotateFeedKey(ask) {
      const { id } = feedOf(ask);
      const { overlap } = ask.body;
      feeds.keys.expectRoom(id, overlap);
      const former =
        overlap === 0
          ? say("formerKeysEnd")
          : say("formerKeysFor", { ms: overlap });
      const detail = `${say("newKey").message}; ${former.message}`;
      await ask.witness({ object: `feed/${id}`, detail });
      return feeds.keys.rotate(id, { overlap, by: ask.who.login });
    },

    async revokeFeedKey(ask) {
      const { id } = feedOf(ask);
      const key = feeds.keys.of(id).find(({ id }) => id === ask.params["key"]);
      if (!key) throw new HttpProblem(404, say("noKey", { feed: id }));
      await ask.witness({ object: `feed/${id}`, before: key });
      await feeds.keys.revoke(id, key.id);
      return {};
    },

    async newFeedSecret(ask) {
      const { id } = feedOf(ask);
      const detail = feeds.keys.hasSecret(id)
        ? `${say("newSecret").message}; ${say("formerSecretEnds").message}`
        : say("firstSecret").message;
      await ask.witness({ object: `feed/${id}`, detail });
      return { secret: await feeds.keys.newSecret(id) };
    },
  };
}

interface Asked {
  params: Record<string, string>;
  who: Principal;
}
