/** Where moving objects are: shown at once, acknowledged when durable (R1, R2). */
import type { DataScope, View } from "../../contract/data-scope.ts";
import type { Feed } from "../../contract/feed.ts";
import { HOUR, SECOND } from "../../contract/time.ts";
import type { Position, PositionView } from "../../contract/position.ts";
import type { Outcome } from "../feeds/sink.ts";
import {
  createPositions,
  hasLeft,
  isSameTrace,
  SILENT_PERIODS,
} from "../hub/positions.ts";
import type { Clock } from "../lib/clock.ts";
import { madeOf } from "../lib/made-of.ts";
import type { ItemId, Topics } from "../push/topics.ts";
import type { Store } from "../store/store.ts";
import type { Caps } from "./caps.ts";
import type { Held } from "./held.ts";
import { tooFarAhead } from "./future.ts";
import { createObjectShares } from "./objects.ts";
import { elsewhere, type Place } from "./place.ts";

export interface PositionFlow {
  take(
    feed: Feed,
    items: { index: number; item: Position }[],
  ): Promise<Outcome>;
  load(feeds: readonly Feed[]): Promise<void>;
  /** The newest of every object that is shown. */
  newest(): PositionView[];
  /** Systems have other owners: their objects enter and leave the rooms of those who see by department. */
  handedOver(systems: readonly string[]): void;
  /**
   * Where grid workers are, as far as somebody sees it: objects of kind
   * `gridWorker` and named by a login. A login may be said by any feed, so
   * that only systems of the worker's own departments are believed.
   * @param workers departments of each login; null = of the whole city
   */
  lastOf(
    workers: ReadonlyMap<string, DataScope["departments"]>,
    view: View,
  ): Map<string, Pick<PositionView, "lng" | "lat" | "at">>;
  /** Lets silent objects leave; called every second. */
  tick(): void;
}

/** Period of objects whose system no feed brings any more. */
const FORMER_PERIOD = 60 * SECOND;

export function createPositionFlow(ask: {
  store: Store;
  topics: Topics;
  clock: Clock;
  place: Place;
  caps: Caps;
  held: () => Held;
  /** One that is the newest of its object. HOT PATH. */
  heard: (feed: Feed, view: PositionView) => void;
}): PositionFlow {
  const { store, topics, clock, place, held } = ask;
  const shares = createObjectShares(ask.caps);
  const positions = createPositions();
  /** A duplicate is acknowledged when its original is durable. */
  let lastAppend: Promise<void> = Promise.resolve();
  /** Late ones of a system are settled one batch after another: no two judge the same at once. */
  const lastLate = new Map<string, Promise<unknown>>();

  /** Keeps late positions that the store does not know. @returns how many */
  async function settle(late: PositionView[], now: number): Promise<number> {
    await lastAppend;
    const fresh: PositionView[] = [];
    const corrections = new Set<PositionView>();
    for (const views of byHour(late).values()) {
      const times = views.map(({ at }) => at);
      const [from, to] = [Math.min(...times), Math.max(...times) + 1];
      const told = await store.positions.track(views[0]!.id, from, to);
      const known = new Map(told.map((one) => [one.at, one]));
      for (const view of views) {
        const before = known.get(view.at);
        // A track does not keep the kind of every instant.
        if (before && isSameTrace(before, view)) continue;
        if (before) corrections.add(view);
        known.set(view.at, view);
        fresh.push(view);
      }
    }
    if (fresh.length === 0) return 0;
    lastAppend = held().applied(
      store.positions.append(fresh, now, corrections),
    );
    await lastAppend;
    return fresh.length;
  }

  topics.fill(
    "positions",
    {
      ids: (params) => {
        const wanted = kindsOf(params);
        return [...positions.ids()].filter((id) => wanted(id));
      },
      accepts: (params) => {
        const wanted = kindsOf(params);
        return (id) => wanted(String(id));
      },
      sees,
      item: (id) => positions.get(String(id)),
    },
    true,
  );

  /** Its departments are those whose feeds speak for its system; it is of the district where it is now. */
  function sees({ departments, districts }: View) {
    const owned = madeOf(
      () => held().sensors,
      (sensors) => sensors.ownedBy(departments),
    );
    const wanted = districts === null ? null : new Set(districts);
    return (id: ItemId) => {
      const object = String(id);
      if (positions.get(object) === null) return true;
      const district = positions.districtOf(object);
      const system = held().sensors.systems.find(systemOf(object));
      return (
        owned()(system) &&
        (wanted === null || (district !== null && wanted.has(district)))
      );
    };
  }

  /** An object that left is told to every room: it no longer has a kind. */
  function kindsOf(params: unknown): (id: string) => boolean {
    const { kinds } = params as { kinds?: string[] };
    if (kinds === undefined) return () => true;
    const wanted = new Set(kinds);
    return (id) => wanted.has(positions.get(id)?.kind ?? kinds[0]!);
  }

  return {
    async take(feed, items) {
      const outcome: Outcome = { accepted: 0, duplicates: 0, rejections: [] };
      const kept: PositionView[] = [];
      const corrections = new Set<PositionView>();
      const late: PositionView[] = [];
      const now = clock.now();
      const room = shares.room(feed.system);
      for (const { index, item } of items) {
        const view = viewOf(feed, item);
        const district = place.districtAt(item.lng, item.lat);
        const refused =
          tooFarAhead(feed, item.at, now, "/at") ??
          (district === null ? elsewhere(item) : null) ??
          room.refusal(view);
        if (refused) {
          outcome.rejections.push({ index, ...refused });
          continue;
        }
        const before = positions.get(view.id);
        const left = positions.districtOf(view.id);
        const verdict = positions.put(view, feed.expectEvery, district);
        if (verdict === "duplicate") outcome.duplicates++;
        else if (verdict === "late") late.push(view);
        else {
          outcome.accepted++;
          kept.push(view);
          if (verdict === "correction") corrections.add(view);
          const moved =
            before !== null && (before.kind !== view.kind || left !== district);
          topics.touch("positions", view.id, moved);
          ask.heard(feed, view);
        }
      }
      for (const views of [kept, late])
        for (const view of views) shares.add(feed.system, view);
      if (kept.length > 0) {
        lastAppend = held().applied(
          store.positions.append(kept, now, corrections),
        );
        // Heard below, but perhaps only after the late ones are settled.
        lastAppend.catch(() => undefined);
      }
      // Taken now: others append while this feed's late ones are settled.
      const waits: Promise<unknown>[] = [lastAppend];
      if (late.length > 0) {
        const before = lastLate.get(feed.system) ?? Promise.resolve();
        const mine = before.then(() => settle(late, now));
        lastLate.set(
          feed.system,
          mine.catch(() => undefined),
        );
        waits.push(
          mine.then((fresh) => {
            outcome.accepted += fresh;
            outcome.duplicates += late.length - fresh;
          }),
        );
      }
      await Promise.all(waits);
      return outcome;
    },

    async load(feeds) {
      const every = periodsOf(feeds);
      const now = clock.now();
      const longest = Math.max(FORMER_PERIOD, ...every.values());
      const latest = await store.positions.latest(
        now - SILENT_PERIODS * longest,
      );
      positions.clear();
      shares.clear();
      lastLate.clear();
      lastAppend = Promise.resolve();
      for (const view of latest) {
        const system = systemOf(view.id);
        const period = every.get(system) ?? FORMER_PERIOD;
        if (hasLeft(view.at, period, now)) continue;
        positions.put(view, period, place.districtAt(view.lng, view.lat));
        shares.add(system, view);
      }
    },

    newest: () => [...positions.ids()].map((id) => positions.get(id)!),

    lastOf(workers, view) {
      const seen = sees(view);
      const { sensors } = held();
      const found = new Map<string, Pick<PositionView, "lng" | "lat" | "at">>();
      for (const id of positions.ids()) {
        const { kind, lng, lat, at } = positions.get(id)!;
        if (kind !== "gridWorker") continue;
        const name = id.slice(id.indexOf("/") + 1);
        const departments = workers.get(name);
        if (departments === undefined || !seen(id)) continue;
        const system = sensors.systems.find(systemOf(id));
        if (!sensors.ownedBy(departments)(system)) continue;
        if ((found.get(name)?.at ?? 0) < at) found.set(name, { lng, lat, at });
      }
      return found;
    },

    handedOver(systems) {
      const theirs = new Set(systems);
      for (const id of positions.ids())
        if (theirs.has(systemOf(id))) topics.touch("positions", id, true);
    },

    tick() {
      for (const id of positions.leave(clock.now())) {
        shares.left(systemOf(id), id);
        topics.touch("positions", id);
      }
    },
  };
}

/** Of one object in one hour: what the store reads at once stays small. */
function byHour(views: PositionView[]): Map<string, PositionView[]> {
  const hours = new Map<string, PositionView[]>();
  for (const view of views) {
    const key = `${Math.floor(view.at / HOUR)} ${view.id}`;
    const same = hours.get(key);
    if (same) same.push(view);
    else hours.set(key, [view]);
  }
  return hours;
}

/** Of each system with moving objects; which of its feeds brought one is not kept, so the slowest counts. */
function periodsOf(feeds: readonly Feed[]): Map<string, number> {
  const periods = new Map<string, number>();
  for (const { system, format, yields, expectEvery } of feeds)
    if ((yields ?? format) === "positions/1")
      periods.set(system, Math.max(expectEvery, periods.get(system) ?? 0));
  return periods;
}

const systemOf = (id: string) => id.split("/", 1)[0]!;

const viewOf = (feed: Feed, item: Position): PositionView => ({
  id: `${feed.system}/${item.object}`,
  kind: item.kind,
  lng: item.lng,
  lat: item.lat,
  speed: item.speed ?? null,
  heading: item.heading ?? null,
  at: item.at,
  alarms: item.alarms,
});
