/**
 * What one person or wall follows over all sessions and sockets. A room holds
 * the id of each of its items and is asked about each that changes, and other
 * params make another room of the same items: who makes params up must not fill
 * the memory of all, nor their time.
 */

/** Distinct rooms of one account: a wall follows tens, and walls of a hall mostly the same. */
const ROOMS = 500;
/** Items of those rooms; a map of all sensors is a million, and a room is followed while there are fewer. */
const ITEMS = 2_000_000;

export interface Shares {
  /** Why the account may not follow one more room, or null. */
  refusal(account: string, room: string): string | null;
  /** A socket of the account follows the room, which has so many items. */
  enter(account: string, room: string, items: number): void;
  leave(account: string, room: string): void;
}

interface Share {
  rooms: Map<string, { sockets: number; items: number }>;
  items: number;
}

export function createShares(): Shares {
  const shares = new Map<string, Share>();
  return {
    refusal(account, room) {
      const share = shares.get(account);
      if (!share || share.rooms.has(room)) return null;
      if (share.rooms.size >= ROOMS)
        return `follow: at most ${ROOMS} rooms at once an account`;
      if (share.items >= ITEMS)
        return `follow: at most ${ITEMS} items at once an account`;
      return null;
    },

    enter(account, room, items) {
      let share = shares.get(account);
      if (!share) shares.set(account, (share = { rooms: new Map(), items: 0 }));
      const known = share.rooms.get(room);
      if (known) return void known.sockets++;
      share.rooms.set(room, { sockets: 1, items });
      share.items += items;
    },

    leave(account, room) {
      const share = shares.get(account);
      const left = share?.rooms.get(room);
      if (!share || !left || --left.sockets > 0) return;
      share.rooms.delete(room);
      share.items -= left.items;
      if (share.rooms.size === 0) shares.delete(account);
    },
  };
}
