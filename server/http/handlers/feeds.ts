import type { Quarantined } from "../../../contract/feed.ts";
import type { CityPack } from "../../city/pack.ts";
import { maskJson } from "../../auth/mask-json.ts";
import { maskText } from "../../auth/mask.ts";
import type { Feeds } from "../../feeds/run.ts";
import type { Store } from "../../store/store.ts";
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
  return {
    listFeeds() {
      const health = new Map(feeds.views().map((view) => [view.id, view]));
      return {
        items: feeds
          .all()
          .map((feed) => ({ ...feed, health: health.get(feed.id)! })),
      };
    },

    putFeed({ params, body }) {
      if (params["id"] !== body.id)
        throw new HttpProblem(400, "the feed's id is not the one in the path", {
          errors: [{ path: "/body/id", message: `expected ${params["id"]}` }],
        });
      if (!departments.some(({ code }) => code === body.department))
        throw new HttpProblem(
          422,
          `the city has no department ${body.department}`,
          {
            errors: [
              {
                path: "/body/department",
                message: `one of ${departments.map(({ code }) => code).join(", ")}`,
              },
            ],
          },
        );
      return feeds.put(body);
    },

    async listQuarantine({ params, query }) {
      const { limit, cursor } = query;
      const page = await store.quarantine.page(params["id"]!, limit, cursor);
      return { ...page, items: page.items.map(masked) };
    },

    replayQuarantine: ({ params, body }) =>
      feeds.replayQuarantine(params["id"]!, body.ids),

    tryMapping: ({ body }) => feeds.try(body.feed, body.sample),
  };
}

/** What a department sent may tell who reported something. */
const masked = (refused: Quarantined): Quarantined => ({
  ...refused,
  message: maskText(refused.message),
  raw: maskJson(refused.raw),
});
