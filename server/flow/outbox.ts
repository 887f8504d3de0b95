/**
 * Tells systems what became of the incidents that their feeds brought: written
 * with the step, sent when it can no longer be taken back, until it is taken.
 */
import { randomBytes } from "node:crypto";
import type { HistoryLine, Held } from "../../contract/incident.ts";
import { say } from "../../contract/sentence.ts";
import { HOUR, SECOND } from "../../contract/time.ts";
import type { Webhook, WebhookView } from "../../contract/webhook.ts";
import type { Sealing } from "../feeds/access.ts";
import { notify } from "../feeds/transports/notify.ts";
import { noticeOf, noticeOfChild } from "../hub/incidents/notice.ts";
import { backoff } from "../lib/backoff.ts";
import type { Clock } from "../lib/clock.ts";
import type { Allowed } from "../lib/outbound.ts";
import type {
  Notices,
  Store,
  StoredNotice,
  StoredWebhook,
} from "../store/store.ts";
import { UNDO_WITHIN } from "./incident-steps.ts";

/** A step taken back at the last moment must still find its notice unsent. */
const MARGIN = SECOND / 2;
const WAIT = { first: 2 * SECOND, longest: HOUR };
/** Some ten hours; who is away for longer is told by people. */
const TRIES = 20;
/** On their way at the same time. */
const AT_ONCE = 8;

const PURPOSE = "webhook secret";

export interface OutboxFlow {
  /** What goes into the store with a step. @param children what ends or goes on with it */
  noticesOf(held: Held, line: HistoryLine, children: readonly Held[]): Notices;
  load(): Promise<void>;
  /** Sends what is due; called every second. */
  tick(): void;
  counts(): { waiting: number; dead: number };
  webhooks(): Webhook[];
  standings(): Promise<WebhookView[]>;
  /** Sends at once what was tried before. @returns how many */
  retry(system: string): Promise<number>;
  /** Drops what waits for it, too. */
  drop(system: string): Promise<void>;
  /** @returns the secret where it is a new one */
  put(
    webhook: Webhook,
    ask: {
      newSecret: boolean;
      /** A new one that is known already; else one is made. */
      secret?: string;
    },
  ): Promise<{ secret: string | null }>;
  close(): Promise<void>;
}

export function createOutboxFlow(ask: {
  store: Pick<Store, "outbox">;
  clock: Clock;
  seal: Sealing;
  allowed: Allowed;
  /** A feed's system, where there is such a feed. */
  systemOf: (feed: string) => string | undefined;
  failed: (error: unknown) => void;
}): OutboxFlow {
  const { clock, seal, allowed } = ask;
  const { outbox } = ask.store;
  const closing = new AbortController();
  const hooks = new Map<string, StoredWebhook>();
  const sending = new Map<string, Promise<void>>();
  let counts = { waiting: 0, dead: 0 };
  let isLooking = false;

  async function send({ id, system, body, tries }: StoredNotice) {
    const hook = hooks.get(system);
    // It was taken back at this moment, or its system is told nothing any more.
    if (!hook || !(await outbox.begin(id))) return;
    try {
      await notify(
        { url: hook.url, key: id, body, ...unsealed(hook) },
        { allowed, now: clock.now(), signal: closing.signal },
      );
    } catch (error) {
      if (closing.signal.aborted) return;
      const failure = { at: clock.now(), why: whyNot(error) };
      const isOver = tries + 1 >= TRIES;
      const next = clock.now() + backoff(tries, WAIT);
      return outbox.again(id, isOver ? null : Math.round(next), failure);
    }
    await outbox.told(id, clock.now());
  }

  const unsealed = ({ secret }: StoredWebhook) => ({
    secret: seal.unseal(PURPOSE, secret),
  });

  async function look(): Promise<void> {
    const due = await outbox.due(clock.now(), AT_ONCE + sending.size);
    for (const notice of due) {
      if (sending.size >= AT_ONCE || closing.signal.aborted) break;
      if (sending.has(notice.id)) continue;
      const sent = send(notice)
        .catch(ask.failed)
        .finally(() => sending.delete(notice.id));
      sending.set(notice.id, sent);
    }
    counts = await outbox.counts();
  }

  return {
    noticesOf(held, line, children) {
      const { id, rev, feed } = held.incident;
      const own = noticeOf(held, line);
      const told = [
        ...(own ? [{ feed, notice: own }] : []),
        ...children.map((child) => ({
          feed: child.incident.feed,
          notice: noticeOfChild(child, held, line),
        })),
      ];
      const isUndo = line.what === "undo";
      return {
        notices: told.flatMap(({ feed, notice }) => {
          const system = ask.systemOf(feed);
          // While it is paused what happens waits, so that it hears the whole course.
          if (system === undefined || !hooks.has(system)) return [];
          return {
            // With the step that it is of, so that both are taken back together.
            ...{ id: notice.key, incident: id, rev, system },
            body: JSON.stringify(notice),
            dueAt: line.at + UNDO_WITHIN + MARGIN,
          };
        }),
        withdrawn: isUndo ? { incident: id, rev: rev - 1 } : null,
      };
    },

    async load() {
      hooks.clear();
      for (const row of await outbox.webhooks()) hooks.set(row.system, row);
      counts = await outbox.counts();
    },

    tick() {
      if (isLooking || closing.signal.aborted || hooks.size === 0) return;
      isLooking = true;
      void look()
        .catch(ask.failed)
        .finally(() => (isLooking = false));
    },

    counts: () => counts,

    webhooks: () =>
      [...hooks.values()].map(({ secret: _, ...webhook }) => webhook),

    async put(webhook, { newSecret, secret: given }) {
      const before = hooks.get(webhook.system);
      const isNew = newSecret || !before;
      const secret = isNew
        ? (given ?? randomBytes(32).toString("base64url"))
        : null;
      const sealed =
        secret === null ? before!.secret : seal.seal(PURPOSE, secret);
      const row = { ...webhook, secret: sealed };
      await outbox.putWebhook(row);
      hooks.set(webhook.system, row);
      return { secret };
    },

    standings: () => outbox.standings(),

    async retry(system) {
      const again = await outbox.retry(system, clock.now());
      counts = await outbox.counts();
      return again;
    },

    async drop(system) {
      hooks.delete(system);
      await outbox.dropWebhook(system);
      counts = await outbox.counts();
    },

    async close() {
      closing.abort();
      await Promise.all(sending.values());
    },
  };
}

/** Characters of a reason that are kept. */
const WHY = 200;

/** Why a message was not taken: of a connection that failed, how. */
function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return say("notTaken").message;
  if (error.name === "TimeoutError") return say("tookTooLong").message;
  const { cause } = error as Error & { cause?: { code?: string } };
  return cause?.code
    ? say("notReached", { why: cause.code }).message
    : error.message.slice(0, WHY);
}
