/**
 * Feeds on an outside broker: topic `city/{feed}/{anything}`, payload in the
 * feed's format. One session per feed, because MQTT's flow control is per
 * session: a feed that floods fills its own window and no other's.
 */
import type { Feed } from "../../../contract/feed.ts";
import type { Feeds } from "../run.ts";
import { DAY, MINUTE } from "../../../contract/time.ts";
import { Belt } from "./belt.ts";
import { MqttSession, type Message } from "./mqtt-session.ts";

export interface SubscriberOptions {
  feeds: Pick<Feeds, "all" | "takeMany" | "watch" | "trouble">;
  /** `mqtt://` or `mqtts://`, with credentials if need be. */
  url: string;
  /** Names this hub at the broker; the same after a restart, another for every hub. */
  clientId: string;
  /** Share group, where several hubs split the messages; null = this one takes all. */
  share?: string | null;
  /** ms that the broker keeps what we have not acknowledged while we are away. */
  sessionExpiry?: number;
  /** ms after which the broker is asked again for what a cap kept out. */
  askAgainAfter?: number;
  signal: AbortSignal;
}

interface Line {
  session: MqttSession;
  belt: Belt<Message>;
  /** Runs while a cap keeps messages out. */
  askAgain: NodeJS.Timeout | null;
}

/**
 * Follows every enabled MQTT feed until the signal aborts.
 * @returns resolves after that, when the last batch has its answer and every session is closed
 */
export function followBroker(options: SubscriberOptions): Promise<void> {
  const { feeds, signal, clientId, share = null } = options;
  const { sessionExpiry = 7 * DAY, askAgainAfter = MINUTE } = options;
  const url = new URL(options.url);
  const lines = new Map<string, Line>();
  const ending = new Set<Promise<void>>();

  function follow(feed: Feed): void {
    const wanted = feed.enabled && feed.transport === "mqtt";
    if (!wanted) return end(feed.id);
    if (lines.has(feed.id) || signal.aborted) return;
    const belt = new Belt<Message>({
      feedId: feed.id,
      take: feeds.takeMany,
      settled: (messages) => session.acknowledge(messages),
      left: () => {
        line.askAgain ??= setTimeout(() => {
          line.askAgain = null;
          session.renew();
        }, askAgainAfter).unref();
      },
      pressure: (isHigh) => session.pause(isHigh),
    });
    const topic = `city/${feed.id}/#`;
    const session = new MqttSession({
      url,
      clientId: `${clientId}-${feed.id}`,
      filter: share === null ? topic : `$share/${share}/${topic}`,
      sessionExpiry,
      onMessage: (message) => belt.push(message),
      onLost: () => belt.clear(),
      onState: (trouble) => feeds.trouble(feed.id, trouble),
    });
    const line: Line = { session, belt, askAgain: null };
    lines.set(feed.id, line);
    session.start();
  }

  function end(feedId: string): void {
    const line = lines.get(feedId);
    if (!line) return;
    lines.delete(feedId);
    if (line.askAgain) clearTimeout(line.askAgain);
    const done = line.belt.stop().then(() => line.session.stop());
    ending.add(done);
    void done.finally(() => ending.delete(done));
  }

  return new Promise((ended) => {
    signal.addEventListener("abort", () => {
      for (const feedId of [...lines.keys()]) end(feedId);
      void Promise.all(ending).then(() => ended());
    });
    if (signal.aborted) return ended();
    feeds.watch(follow, signal);
    for (const feed of feeds.all()) follow(feed);
  });
}
