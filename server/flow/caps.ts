/** What one feed may have the hub hold (decisions B7): one department's mistake must not fill the memory of all. */

/** Settable, each with its own variable (docs/operate.md). */
export interface Caps {
  cameras: number;
  /** Open ones. */
  incidents: number;
  /** Characters of their titles, descriptions and addresses, which stay in memory. */
  incidentText: number;
  /** In force. */
  warnings: number;
  /** Characters of those, as JSON: every wall is sent them all at once. */
  warningText: number;
  /** Registered ones of a system; and four times as many series. */
  sensors: number;
  /** Moving ones of a system that are shown. */
  objects: number;
  /** Alarms of those that have an open incident. */
  objectAlarms: number;
}

/** A sensor measures a few things. */
export const SERIES_PER_SENSOR = 4;

/** Kinds, and lists of alarms, that the moving objects of a system may have: a wall can tell no more apart. */
export const MOST_WORDS = 1_000;

/** New kinds, districts, metrics or units of one system's catalogue, and new metrics of its readings: numbers for words are few, and belong to all. */
export const NEW_WORDS = 2_000;

/** Sources and categories of one feed's incidents in a day. */
export const WORDS_A_DAY = 1_000;

/** Counts what each feed has, by the name that it gave it, and how much text that is where it is told. */
export interface Share {
  add(feed: string, name: string, text?: number): void;
  delete(feed: string, name: string): void;
  clear(): void;
  /** Characters of all that the feed has, but for these names. */
  textWithout(feed: string, names: readonly string[]): number;
  /**
   * May these come too? Names that are there already may; what is on its way
   * to the store is not counted, so that a feed may go over by one batch.
   */
  room(feed: string): { takes(name: string): boolean };
}

export function createShare(most: number): Share {
  interface Held {
    texts: Map<string, number>;
    text: number;
  }
  const byFeed = new Map<string, Held>();
  return {
    add(feed, name, text = 0) {
      let held = byFeed.get(feed);
      if (!held) byFeed.set(feed, (held = { texts: new Map(), text: 0 }));
      held.text += text - (held.texts.get(name) ?? 0);
      held.texts.set(name, text);
    },
    delete(feed, name) {
      const held = byFeed.get(feed);
      if (!held) return;
      held.text -= held.texts.get(name) ?? 0;
      held.texts.delete(name);
    },
    clear: () => byFeed.clear(),
    textWithout(feed, names) {
      const held = byFeed.get(feed);
      if (!held) return 0;
      return names.reduce(
        (text, name) => text - (held.texts.get(name) ?? 0),
        held.text,
      );
    },
    room(feed) {
      const names = byFeed.get(feed)?.texts;
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
