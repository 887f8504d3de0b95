/** Warnings: stored first, shown after; expired ones leave by themselves. */
import type { Feed } from "../../contract/feed.ts";
import type {
  Warning,
  WarningStanding,
  WarningView,
} from "../../contract/warning.ts";
import type { CityPack } from "../city/pack.ts";
import type { Outcome } from "../feeds/sink.ts";
import { createCityShape } from "../hub/city-shape.ts";
import { inForce, judgeWarning, warningId } from "../hub/warnings.ts";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import { inTurns } from "../lib/turns.ts";
import type { Topics } from "../push/topics.ts";
import type { Store } from "../store/store.ts";
import { createShare, type Caps } from "./caps.ts";
import { tooFarAhead } from "./future.ts";

export interface WarningFlow {
  take(feed: Feed, items: { index: number; item: Warning }[]): Promise<Outcome>;
  load(): Promise<void>;
  /** Lets expired warnings leave; called every second. */
  tick(): void;
  /** How many are in force. */
  count(): number;
}

export function createWarningFlow(ask: {
  store: Store;
  topics: Topics;
  clock: Clock;
  pack: CityPack;
  caps: Caps;
  log: Log;
}): WarningFlow {
  const { store, topics, clock, pack, caps, log } = ask;
  const share = createShare(caps.warnings);
  const city = createCityShape(pack.districts, pack.city.regionCode);
  let shown = new Map<string, WarningView>();

  topics.fill(
    "warnings",
    {
      ids: () => shown.keys(),
      accepts: () => () => true,
      // Public notices: docs/decisions/0006.
      sees: () => () => true,
      item: (id) => shown.get(String(id)) ?? null,
    },
    false,
  );

  function show(view: WarningView): void {
    const before = shown.get(view.id);
    if (inForce(view, clock.now())) {
      shown.set(view.id, view);
      share.add(view.feed, view.id, lengthOf(view));
    } else {
      shown.delete(view.id);
      share.delete(view.feed, view.id);
    }
    if (shown.get(view.id) !== before) topics.touch("warnings", view.id);
  }

  async function takeOne(
    feed: Feed,
    item: Warning,
  ): Promise<"new" | "duplicate" | { refused: string }> {
    const id = warningId(feed.id, item);
    const named = item.references.map((one) => warningId(feed.id, one));
    const known = new Map(
      (await store.warnings.standing([id, ...named])).map((one) => [
        one.id,
        one,
      ]),
    );
    if (known.has(id)) return "duplicate";
    const { view, changed, awaits } = judgeWarning(item, {
      feed: feed.id,
      now: clock.now(),
      ours: await inTurns(city.meets(item.areas)),
      known: (id) => known.get(id),
      early: await store.warnings.awaiting(id),
    });
    const ended = changed.filter((one) => one.supersededBy !== null);
    const refused = refusal(view, ended);
    // What is not shown is not held.
    if (refused !== null && inForce(view, clock.now())) return { refused };
    await store.warnings.put([view], { by: view, awaits, changed });
    for (const one of changed) {
      // What is not in force is not put in force by another.
      const before = shown.get(one.id);
      if (before) show({ ...before, ...one });
    }
    show(view);
    return "new";
  }

  /** Why the feed may have no more in force, or null. What ends others takes their place. */
  function refusal(
    view: WarningView,
    ended: readonly WarningStanding[],
  ): string | null {
    const { feed, id } = view;
    const text = share.textWithout(
      feed,
      ended.map((one) => one.id),
    );
    if (text + lengthOf(view) > caps.warningText)
      return `the feed ${feed} has warnings of ${text} characters in force and may have ${caps.warningText} (MAX_WARNING_TEXT)`;
    const fits =
      ended.some((one) => shown.has(one.id)) || share.room(feed).takes(id);
    return fits
      ? null
      : `the feed ${feed} has ${caps.warnings} warnings in force and more are not taken (MAX_WARNINGS)`;
  }

  // One after another: an Update must find the Alert that came just before it.
  let last: Promise<unknown> = Promise.resolve();

  return {
    async take(feed, items) {
      const outcome: Outcome = { accepted: 0, duplicates: 0, rejections: [] };
      for (const { index, item } of items) {
        // Onset and expiry lie ahead by their nature; when it was sent does not.
        const ahead = tooFarAhead(feed, item.sent, clock.now(), "/sent");
        if (ahead) {
          outcome.rejections.push({ index, ...ahead });
          continue;
        }
        const mine = last.then(() => takeOne(feed, item));
        last = mine.catch(() => undefined);
        const became = await mine;
        if (became === "new") outcome.accepted++;
        else if (became === "duplicate") outcome.duplicates++;
        else
          outcome.rejections.push({
            index,
            path: "/identifier",
            message: became.refused,
          });
      }
      return outcome;
    },

    async load() {
      const now = clock.now();
      const found = new Map<string, WarningView>();
      const texts = new Map<string, number>();
      const beyond = new Map<string, number>();
      await store.warnings.inForce(now, (views) => {
        for (const view of views) {
          const { id, feed } = view;
          if (!inForce(view, now)) continue;
          const text = (texts.get(feed) ?? 0) + lengthOf(view);
          if (text > caps.warningText) {
            beyond.set(feed, (beyond.get(feed) ?? 0) + 1);
            continue;
          }
          texts.set(feed, text);
          found.set(id, view);
        }
      });
      // Only when all is read: until then the city keeps what it was shown.
      shown = new Map();
      share.clear();
      for (const view of found.values()) show(view);
      for (const [feed, count] of beyond)
        log.error(
          { feed, count },
          "warnings in force are not shown: they are longer than MAX_WARNING_TEXT together",
        );
    },

    tick() {
      const now = clock.now();
      for (const view of [...shown.values()])
        if (!inForce(view, now)) show(view);
    },

    count: () => shown.size,
  };
}

/** Characters that a wall is sent of it. */
const lengthOf = (view: WarningView) => JSON.stringify(view).length;
