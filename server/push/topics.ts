/**
 * Live topics: rooms with a revision, conflation and one encode per flush.
 * HOT PATH `touch`: no allocation beyond the set entry, no closure per call.
 * Knows neither hub nor socket: values in, deltas out (architecture.md §4).
 */
import { isWholeCity, viewKey, type View } from "../../contract/data-scope.ts";
import type { Delta } from "../../contract/wire.ts";
import { later } from "../lib/later.ts";
import { budget, type Budget } from "./budget.ts";

export type ItemId = string | number;

/** What fills one topic. Ids are whatever the filler touches; items carry their own `id`. */
export interface Source {
  /** Ids of all items of a room as it is now; of those that the view does not see the room keeps nothing. */
  ids(params: unknown, view: View): Iterable<ItemId>;
  /** Says whether an id belongs to a room of these params; asked once per room and touch, and again before it is sent where the view is narrow. */
  accepts(params: unknown): (id: ItemId) => boolean;
  /**
   * Says whether somebody with this view may see an id (R6). Never asked for
   * the whole city. True for what is gone: its `item` is null.
   */
  sees(view: View): (id: ItemId) => boolean;
  /** The item as it is now, masked for the view; null = it left. */
  item(id: ItemId, params: unknown, view: View): { id: ItemId } | null;
  /**
   * How many items a room of these params has now. Only where it has the first
   * few of many: when one enters or leaves, another makes room or moves up
   * that nobody touched. Such a source accepts whatever might be among them.
   */
  size?(params: unknown, view: View): number;
}

/** Only the whole city may follow. */
export const nobody = () => () => false;

interface Room {
  key: string;
  topic: string;
  params: unknown;
  view: View;
  rev: number;
  members: number;
  /** Does its view see less than the whole city? */
  isNarrow: boolean;
  /** Of the room, and within its view. */
  accepts: (id: ItemId) => boolean;
  dirty: Set<ItemId>;
  /** Of those, what the room did not accept when it was touched. */
  left: Set<ItemId>;
  /** Ids that the members hold, so that a leaving item is removed once. */
  held: Set<ItemId>;
  spent: Budget;
  /** Calls off the flush that is due; null = none is. */
  callOff: (() => void) | null;
  hot: boolean;
}

export interface Snapshot {
  room: string;
  epoch: string;
  rev: number;
  now: number;
  snapshot: unknown[];
}

export interface Topics {
  /** Declares what fills a topic. */
  fill(topic: string, source: Source, hot: boolean): void;
  /**
   * Tells that an item changed, appeared or left. `moved`: it may belong to
   * other rooms than before, so those that held it are told as well.
   */
  touch(topic: string, id: ItemId, moved?: boolean): void;
  /** Does anybody follow the topic? Asked once per batch on hot paths. */
  isFollowed(topic: string): boolean;
  /** Whose rooms of a topic are followed. */
  views(topic: string): readonly View[];
  /** Everything of a topic may have changed: rooms send a reset. */
  reset(topic?: string): void;
  /** Enters a room and takes its picture in the same tick (R4). */
  join(topic: string, params: unknown, view: View): Snapshot;
  leave(room: string): void;
  /** The picture of a joined room again, for a follower that fell behind. */
  picture(room: string): Delta | null;
  stats(): { rooms: number; members: number; flushes: number; items: number };
}

export function createTopics(ask: {
  epoch: string;
  now: () => number;
  /** Sends one encoded delta to everybody in the room. */
  send: (room: string, delta: Delta) => void;
}): Topics {
  const sources = new Map<string, { source: Source; hot: boolean }>();
  const rooms = new Map<string, Room>();
  const byTopic = new Map<string, Room[]>();
  let flushes = 0;
  let items = 0;

  function flush(room: Room): void {
    room.callOff = null;
    if (room.dirty.size === 0) return;
    const source = sources.get(room.topic)!.source;
    const upsert: unknown[] = [];
    const remove: ItemId[] = [];
    for (const id of room.dirty) {
      const item = source.item(id, room.params, room.view);
      // It may have come back since; or left a narrow room, where nobody may be shown it.
      const hasLeft = (room.isNarrow || room.left.has(id)) && !room.accepts(id);
      if (item && !hasLeft) {
        room.held.add(item.id);
        upsert.push(item);
      } else {
        const itemId = item?.id ?? id;
        if (room.held.delete(itemId)) remove.push(itemId);
      }
    }
    // Untouched items keep their order: as many as there should be are the right ones.
    if (source.size && source.size(room.params, room.view) !== room.held.size)
      settle(room, upsert, remove);
    room.dirty.clear();
    room.left.clear();
    if (upsert.length === 0 && remove.length === 0) return;
    room.rev++;
    flushes++;
    items += upsert.length;
    ask.send(room.key, {
      room: room.key,
      epoch: ask.epoch,
      rev: room.rev,
      now: ask.now(),
      upsert,
      remove,
    });
  }

  /** Tells of those that moved into the room or out of it because others did. */
  function settle(room: Room, upsert: unknown[], remove: ItemId[]): void {
    const { source } = sources.get(room.topic)!;
    const now = new Set(seen(room));
    for (const id of room.held)
      if (!now.has(id)) {
        room.held.delete(id);
        remove.push(id);
      }
    for (const id of now) {
      if (room.held.has(id)) continue;
      room.held.add(id);
      upsert.push(source.item(id, room.params, room.view));
    }
  }

  /**
   * Everything for one more that will hold it. What moved untouched is told by
   * what the others hold, so all must hold the same before.
   */
  function share(room: Room): { id: ItemId }[] {
    if (room.callOff !== null && sources.get(room.topic)!.source.size) {
      room.callOff();
      flush(room);
    }
    const picture = pictureOf(room);
    for (const { id } of picture) room.held.add(id);
    return picture;
  }

  function schedule(room: Room): void {
    const wait = room.hot
      ? budget.wait(room.spent, room.members, ask.now())
      : 0;
    room.callOff = later(wait, () => flush(room));
  }

  function pictureOf(room: Room): { id: ItemId }[] {
    const { source } = sources.get(room.topic)!;
    const picture: { id: ItemId }[] = [];
    for (const id of seen(room)) {
      const item = source.item(id, room.params, room.view);
      if (item) picture.push(item);
    }
    return picture;
  }

  /** What is asked of the source is narrowed here once for every topic: none can forget it. */
  function* seen({ topic, params, view }: Room): Iterable<ItemId> {
    const { source } = sources.get(topic)!;
    const ids = source.ids(params, view);
    const sees = isWholeCity(view) ? () => true : source.sees(view);
    for (const id of ids) if (sees(id)) yield id;
  }

  function acceptsOf(source: Source, params: unknown, view: View) {
    const accepts = source.accepts(params);
    if (isWholeCity(view)) return accepts;
    const sees = source.sees(view);
    return (id: ItemId) => accepts(id) && sees(id);
  }

  function open(key: string, topic: string, params: unknown, view: View): Room {
    const filled = sources.get(topic);
    if (!filled) throw new Error(`topic ${topic} is not filled`);
    const room: Room = {
      key,
      topic,
      params,
      view,
      rev: 0,
      members: 0,
      isNarrow: !isWholeCity(view),
      accepts: acceptsOf(filled.source, params, view),
      dirty: new Set(),
      left: new Set(),
      held: new Set(),
      spent: budget.create(),
      callOff: null,
      hot: filled.hot,
    };
    rooms.set(key, room);
    const peers = byTopic.get(topic);
    if (peers) peers.push(room);
    else byTopic.set(topic, [room]);
    return room;
  }

  return {
    fill(topic, source, hot) {
      sources.set(topic, { source, hot });
    },

    touch(topic, id, moved = false) {
      const followed = byTopic.get(topic);
      if (followed === undefined) return;
      for (const room of followed) {
        if (!room.accepts(id)) {
          if (!moved) continue;
          room.left.add(id);
        }
        room.dirty.add(id);
        if (room.callOff === null) schedule(room);
      }
    },

    isFollowed: (topic) => byTopic.has(topic),

    views: (topic) => byTopic.get(topic)?.map((room) => room.view) ?? [],

    reset(topic) {
      for (const room of rooms.values()) {
        if (topic !== undefined && room.topic !== topic) continue;
        const { source } = sources.get(room.topic)!;
        room.accepts = acceptsOf(source, room.params, room.view);
        room.dirty.clear();
        room.left.clear();
        room.rev++;
        const upsert = pictureOf(room);
        room.held = new Set(upsert.map((item) => item.id));
        ask.send(room.key, {
          room: room.key,
          epoch: ask.epoch,
          rev: room.rev,
          now: ask.now(),
          upsert,
          remove: [],
          reset: true,
        });
      }
    },

    join(topic, params, view) {
      const key = roomOf(topic, params, view);
      const room = rooms.get(key) ?? open(key, topic, params, view);
      room.members++;
      const snapshot = share(room);
      return {
        room: key,
        epoch: ask.epoch,
        rev: room.rev,
        now: ask.now(),
        snapshot,
      };
    },

    leave(key) {
      const room = rooms.get(key);
      if (!room || --room.members > 0) return;
      // An empty room forgets its rev: a later join starts a new room, and a
      // client that left follows again anyway.
      room.callOff?.();
      rooms.delete(key);
      const peers = byTopic.get(room.topic)!;
      peers.splice(peers.indexOf(room), 1);
      if (peers.length === 0) byTopic.delete(room.topic);
    },

    picture(key) {
      const room = rooms.get(key);
      if (!room) return null;
      const upsert = share(room);
      return {
        room: key,
        epoch: ask.epoch,
        rev: room.rev,
        now: ask.now(),
        upsert,
        remove: [],
        reset: true,
      };
    },

    stats: () => ({
      rooms: rooms.size,
      members: [...rooms.values()].reduce((sum, room) => sum + room.members, 0),
      flushes,
      items,
    }),
  };
}

/** The room's name. What a viewer may see is part of it (R6). */
export const roomOf = (topic: string, params: unknown, view: View) =>
  `${topic}|${canonical(params)}|${viewKey(view)}`;

/** The same params always name the same room: keys sorted, undefined left out. */
export function canonical(params: unknown): string {
  return JSON.stringify(params, (_key, value: unknown) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : value,
  );
}
