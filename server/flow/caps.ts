/** What one feed may have the hub hold (decisions B7): one department's mistake must not fill the memory of all. */

/** Settable, each with its own variable (docs/operate.md). */
export interface Caps {
  cameras: number;
  /** Open ones. */
  incidents: number;
  /** In force. */
  warnings: number;
  /** Registered ones of a system; and four times as many series. */
  sensors: number;
  /** Moving ones of a system that are shown. */
  objects: number;
}

/** A sensor measures a few things. */
export const SERIES_PER_SENSOR = 4;

/** Kinds, and lists of alarms, that the moving objects of a system may have: a wall can tell no more apart. */
export const MOST_WORDS = 1_000;

/** Counts what each feed has, by the name that it gave it. */
export interface Share {
  add(feed: string, name: string): void;
  delete(feed: string, name: string): void;
  clear(): void;
  /**
   * May these come too? Names that are there already may; what is on its way
   * to the store is not counted, so that a feed may go over by one batch.
   */
  room(feed: string): { takes(name: string): boolean };
}

export function createShare(most: number): Share {
  const byFeed = new Map<string, Set<string>>();
  return {
    add(feed, name) {
      const names = byFeed.get(feed);
      if (names) names.add(name);
      else byFeed.set(feed, new Set([name]));
    },
    delete: (feed, name) => void byFeed.get(feed)?.delete(name),
    clear: () => byFeed.clear(),
    room(feed) {
      const names = byFeed.get(feed);
      const fresh = new Set<string>();
      return {
        takes(name) {
          if (names?.has(name) || fresh.has(name)) return true;
          if ((names?.size ?? 0) + fresh.size >= most) return false;
          fresh.add(name);
          return true;
        },
      };
    },
  };
}
