/**
 * What one session follows over all its sockets. A room holds the id of each of
 * its items, and other params make another room of the same items: a session
 * that makes params up must not fill the memory of all.
 */

/** Distinct rooms of one session: a wall follows tens, and walls of a hall mostly the same. */
const ROOMS = 500;
/** Items of those rooms; a map of all sensors is a million, and a room is followed while there are fewer. */
const ITEMS = 2_000_000;

export interface Shares {
  /** Why the session may not follow one more room, or null. */
  refusal(session: string, room: string): string | null;
  /** A socket of the session follows the room, which has so many items. */
  enter(session: string, room: string, items: number): void;
  leave(session: string, room: string): void;
}

interface Share {
  rooms: Map<string, { sockets: number; items: number }>;
  items: number;
}

export function createShares(): Shares {
  const shares = new Map<string, Share>();
  return {
    refusal(session, room) {
      const share = shares.get(session);
      if (!share || share.rooms.has(room)) return null;
      if (share.rooms.size >= ROOMS)
        return `follow: at most ${ROOMS} rooms at once a session`;
      if (share.items >= ITEMS)
        return `follow: at most ${ITEMS} items at once a session`;
      return null;
    },

    enter(session, room, items) {
      let share = shares.get(session);
      if (!share) shares.set(session, (share = { rooms: new Map(), items: 0 }));
      const known = share.rooms.get(room);
      if (known) return void known.sockets++;
      share.rooms.set(room, { sockets: 1, items });
      share.items += items;
    },

    leave(session, room) {
      const share = shares.get(session);
      const left = share?.rooms.get(room);
      if (!share || !left || --left.sockets > 0) return;
      share.rooms.delete(room);
      share.items -= left.items;
      if (share.rooms.size === 0) shares.delete(session);
    },
  };
}
