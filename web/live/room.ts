/**
 * One followed topic as the browser holds it. HOT PATH `hear`: a delta only
 * marks what changed; the picture is patched once per frame by `apply`.
 */
import { shallowReactive } from "vue";
import type { Delta, Followed } from "../../contract/wire.ts";

export type ItemId = string | number;
interface Item {
  id: ItemId;
}

/**
 * `waiting`: no picture yet. `stale`: the last picture is kept but the hub is
 * out of reach or being asked again. `refused`: the hub said no; see `problem`.
 */
export type RoomState = "waiting" | "live" | "stale" | "refused";

/** What a widget sees of a room: reactive, read-only. */
export interface RoomView<I> {
  readonly items: ReadonlyMap<ItemId, I>;
  readonly state: RoomState;
  readonly problem: string | null;
}

export interface Room<I extends Item = Item> {
  view: RoomView<I>;
  /** The hub's name for the room, once followed. */
  name: () => string | null;
  /** The hub's answer to follow: a whole picture or a refusal. */
  answer(followed: Followed): void;
  /** False where a delta is missing or the hub started anew: follow again. */
  hear(delta: Delta): boolean;
  /** The hub is out of reach: keep the picture, say that it is old. */
  lose(): void;
  /** Patches the picture with all that was heard since the last time. */
  apply(): void;
}

/** `changed` is called when there is something to apply. */
export function createRoom<I extends Item>(changed: () => void): Room<I> {
  const items = shallowReactive(new Map<ItemId, I>());
  const view = shallowReactive<{
    items: typeof items;
    state: RoomState;
    problem: string | null;
  }>({
    items,
    state: "waiting",
    problem: null,
  });
  /** Latest news per item; null = it left. Bounded by the number of items however long the tab sleeps. */
  let news = new Map<ItemId, I | null>();
  /** The news are a whole picture: what they do not name has left. */
  let whole = false;
  let room: string | null = null;
  let epoch = "";
  let rev = 0;

  const picture = (all: unknown[]) => {
    news = new Map((all as I[]).map((item) => [item.id, item]));
    whole = true;
    changed();
  };

  return {
    view,
    name: () => room,
    answer(followed) {
      if ("error" in followed) {
        view.problem = followed.error;
        view.state = "refused";
        return;
      }
      ({ room, epoch, rev } = followed);
      view.problem = null;
      view.state = "live";
      picture(followed.snapshot);
    },
    hear(delta) {
      if (view.state !== "live") return true;
      if (delta.epoch !== epoch) return false;
      if (delta.reset) {
        rev = delta.rev;
        picture(delta.upsert);
        return true;
      }
      // A picture taken on joining already holds what was under way then.
      if (delta.rev <= rev) return true;
      if (delta.rev !== rev + 1) return false;
      rev = delta.rev;
      for (const item of delta.upsert as I[]) news.set(item.id, item);
      for (const id of delta.remove) news.set(id, null);
      changed();
      return true;
    },
    lose() {
      room = null;
      if (view.state === "live") view.state = "stale";
    },
    apply() {
      const heard = news;
      news = new Map();
      if (whole)
        for (const id of items.keys()) if (!heard.has(id)) items.delete(id);
      whole = false;
      for (const [id, item] of heard)
        if (item === null) items.delete(id);
        else items.set(id, item);
    },
  };
}
