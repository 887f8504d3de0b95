import { say } from "../../../contract/sentence.ts";
import { isWholeCity, sees } from "../../../contract/data-scope.ts";
import { whoseFeed } from "../../../contract/feed.ts";
import type { Webhook } from "../../../contract/webhook.ts";
import type { Principal } from "../../auth/principal.ts";
import type { Feeds } from "../../feeds/run.ts";
import type { OutboxFlow } from "../../flow/outbox.ts";
import { judgeUrl, type Allowed } from "../../lib/outbound.ts";
import { hidden } from "../hidden.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

export function webhookHandlers(
  outbox: OutboxFlow,
  feeds: Pick<Feeds, "all">,
  allowed: Allowed,
): Pick<
  Handlers,
  "listWebhooks" | "putWebhook" | "retryWebhook" | "dropWebhook"
> {
  /** Is every feed of a system theirs? One that has no feed any more is the whole city's. */
  function isTheirs({ view }: Principal, system: string): boolean {
    const its = feeds.all().filter((feed) => feed.system === system);
    if (its.length === 0) return isWholeCity(view);
    return its.every((feed) => sees(view, whoseFeed(feed)));
  }

  /** @throws 404 where none tells it, and alike where it is not theirs */
  function theirs(who: Principal, system: string): Webhook {
    const found = outbox.webhooks().find((each) => each.system === system);
    const missing = say("noWebhook", { system });
    if (!found) throw new HttpProblem(404, missing);
    if (!isTheirs(who, system)) throw hidden(missing, `webhook/${system}`);
    return found;
  }

  return {
    async listWebhooks({ who }) {
      const standings = await outbox.standings();
      return {
        items: standings.filter(({ system }) => isTheirs(who, system)),
      };
    },

    async retryWebhook({ params, who, witness }) {
      const { system } = theirs(who, params["system"]!);
      await witness({ object: `webhook/${system}` });
      return { again: await outbox.retry(system) };
    },

    async dropWebhook({ params, who, witness }) {
      const webhook = theirs(who, params["system"]!);
      await witness({
        object: `webhook/${webhook.system}`,
        before: webhook,
      });
      await outbox.drop(webhook.system);
      return webhook;
    },

    async putWebhook({ params, body, who, witness }) {
      const system = params["system"]!;
      const unknown = `no feed belongs to the system ${system}`;
      if (!feeds.all().some((feed) => feed.system === system))
        throw new HttpProblem(404, unknown);
      if (!isTheirs(who, system)) throw hidden(unknown, `webhook/${system}`);
      const { newSecret, ...rest } = body;
      const flaw = judgeUrl(rest.url, allowed);
      if (flaw !== null)
        throw new HttpProblem(422, flaw, {
          errors: [{ path: "/body/url", message: flaw }],
        });
      const webhook = { system, ...rest };
      const before = outbox.webhooks().find((each) => each.system === system);
      await witness({
        object: `webhook/${system}`,
        ...(before && { before }),
        after: webhook,
        ...(newSecret && { detail: say("newSecret").message }),
      });
      return { webhook, ...(await outbox.put(webhook, { newSecret })) };
    },
  };
}
