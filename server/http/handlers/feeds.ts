import { say } from "../../../contract/sentence.ts";
import { sees } from "../../../contract/data-scope.ts";
import {
  whoseFeed,
  type Feed,
  type Quarantined,
} from "../../../contract/feed.ts";
import type { Principal } from "../../auth/principal.ts";
import type { CityPack } from "../../city/pack.ts";
import { maskJson } from "../../auth/mask-json.ts";
import { maskHealth, maskText } from "../../auth/mask.ts";
import { InvalidFeed } from "../../feeds/check.ts";
import type { Feeds } from "../../feeds/run.ts";
import type { Store } from "../../store/store.ts";
import { differences } from "../differences.ts";
import { hidden } from "../hidden.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

export function feedHandlers(
  feeds: Feeds,
  store: Store,
  { departments }: CityPack,
): Pick<
  Handlers,
  "listFeeds" | "putFeed" | "listQuarantine" | "replayQuarantine" | "tryMapping"
> {
  const find = (id: string) => feeds.all().find((feed) => feed.id === id);

  /** @throws HttpProblem where there is no such feed within the caller's scope */
  function feedOf(who: Principal, id: string): Feed {
    const feed = find(id);
    const unknown = say("noFeed", { feed: id });
    if (!feed) throw new HttpProblem(404, unknown);
    if (!sees(who.view, whoseFeed(feed))) throw hidden(unknown, `feed/${id}`);
    return feed;
  }

  /** @throws HttpProblem where the row could not run, with what stands against each field */
  function judgeRow(feed: Feed): void {
    try {
      feeds.check(feed);
    } catch (error) {
      if (!(error instanceof InvalidFeed)) throw error;
      throw new HttpProblem(
        error.status,
        say("feedCannotRun", { feed: feed.id }),
        {
          errors: error.problems.map((problem) => ({
            ...problem,
            path: `/body${problem.path}`,
          })),
        },
      );
    }
  }

  /** @throws HttpProblem where the caller may not give the feed to this department */
  function judgeDepartment(who: Principal, feed: Feed): void {
    const codes = departments.map(({ code }) => code);
    if (!codes.includes(feed.department))
      throw new HttpProblem(
        422,
        say("noDepartment", { department: feed.department }),
        {
          errors: [
            {
              path: "/body/department",
              message: `one of ${codes.join(", ")}`,
            },
          ],
        },
      );
    if (!sees(who.view, whoseFeed(feed)))
      throw hidden(
        say("feedNotYours", { department: feed.department }),
        `feed/${feed.id}`,
      );
  }

  return {
    listFeeds({ who }) {
      const health = new Map(feeds.views().map((view) => [view.id, view]));
      return {
        items: feeds
          .all()
          .filter((feed) => sees(who.view, whoseFeed(feed)))
          .map((feed) => ({
            ...feed,
            health: maskHealth(health.get(feed.id)!),
          })),
      };
    },

    async putFeed({ params, body, who, witness }) {
      if (params["id"] !== body.id)
        throw new HttpProblem(400, "the feed's id is not the one in the path", {
          errors: [{ path: "/body/id", message: `expected ${params["id"]}` }],
        });
      const before = find(body.id) ? feedOf(who, body.id) : null;
      judgeDepartment(who, body);
      judgeRow(body);
      await witness({
        object: `feed/${body.id}`,
        ...(before ? differences(before, body) : { after: body }),
      });
      return feeds.put(body, who.login);
    },

    async listQuarantine({ params, query, who }) {
      const { id } = feedOf(who, params["id"]!);
      const { limit, cursor } = query;
      const page = await store.quarantine.page(id, limit, cursor);
      return { ...page, items: page.items.map(masked) };
    },

    async replayQuarantine({ params, body, who, witness }) {
      const { id } = feedOf(who, params["id"]!);
      const which = body.ids
        ? say("refusedSome", { n: body.ids.length })
        : say("refusedAll");
      await witness({ object: `feed/${id}`, detail: which.message });
      return feeds.replayQuarantine(id, body.ids);
    },

    tryMapping({ body, who }) {
      judgeDepartment(who, body.feed);
      return feeds.try(body.feed, body.sample);
    },
  };
}

/** What a department sent may tell who reported something. */
const masked = (refused: Quarantined): Quarantined => ({
  ...refused,
  message: maskText(refused.message),
  raw: maskJson(refused.raw),
});
