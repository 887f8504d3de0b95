/** Warnings: stored first, shown after; expired ones leave by themselves. */
import type { Feed } from "../../contract/feed.ts";
import type { Warning, WarningView } from "../../contract/warning.ts";
import type { CityPack } from "../city/pack.ts";
import type { Outcome } from "../feeds/sink.ts";
import { createCityShape } from "../hub/city-shape.ts";
import { inForce, judgeWarning, warningId } from "../hub/warnings.ts";
import type { Clock } from "../lib/clock.ts";
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
}

export function createWarningFlow(ask: {
  store: Store;
  topics: Topics;
  clock: Clock;
  pack: CityPack;
  caps: Caps;
}): WarningFlow {
  const { store, topics, clock, pack, caps } = ask;
  const share = createShare(caps.warnings);
  const city = createCityShape(pack.districts, pack.city.regionCode);
  const shown = new Map<string, WarningView>();

  topics.fill(
    "warnings",
    {
      ids: () => shown.keys(),
      accepts: () => () => true,
      item: (id) => shown.get(String(id)) ?? null,
    },
    false,
  );

  function show(view: WarningView): void {
    const before = shown.get(view.id);
    if (inForce(view, clock.now())) {
      shown.set(view.id, view);
      share.add(view.feed, view.id);
    } else {
      shown.delete(view.id);
      share.delete(view.feed, view.id);
    }
    if (shown.get(view.id) !== before) topics.touch("warnings", view.id);
  }

  async function takeOne(
    feed: Feed,
    item: Warning,
  ): Promise<"new" | "duplicate" | "refused"> {
    const id = warningId(feed.id, item);
    const named = item.references.map((one) => warningId(feed.id, one));
    const known = new Map(
      (await store.warnings.get([id, ...named])).map((one) => [one.id, one]),
    );
    if (known.has(id)) return "duplicate";
    const { view, changed, awaits } = judgeWarning(item, {
      feed: feed.id,
      now: clock.now(),
      ours: await inTurns(city.meets(item.areas)),
      known: (id) => known.get(id),
      early: await store.warnings.awaiting(id),
    });
    // What ends another takes its place; what is not shown is not held.
    const ends = changed.some((one) => shown.has(one.id));
    const fits = ends || share.room(feed.id).takes(id);
    if (inForce(view, clock.now()) && !fits) return "refused";
    await store.warnings.put([...changed, view], { by: view, awaits });
    for (const one of [...changed, view]) show(one);
    return "new";
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
            message: `the feed ${feed.id} has ${caps.warnings} warnings in force and more are not taken (MAX_WARNINGS)`,
          });
      }
      return outcome;
    },

    async load() {
      shown.clear();
      share.clear();
      for (const view of await store.warnings.inForce(clock.now())) show(view);
    },

    tick() {
      for (const view of [...shown.values()]) show(view);
    },
  };
}
