/**
 * The queue as one desk sees it: what passes its filter in its order, and how
 * many of each facet's values there are. HOT PATH `hear` and `tick`: they touch
 * only what changed; a look at every row costs a comparison.
 */
import type { QueueFacet, QueueFilter } from "../../../contract/filter.ts";
import type { QueueRow } from "../../../contract/incident.ts";
import {
  FACETS,
  failsOf,
  ORDERS,
  valuesOf,
  wordsOf,
  type Lens,
  type Values,
} from "./facets.ts";

interface Entry {
  row: QueueRow;
  values: Values;
  fails: number;
  /** When time alone changes what it is counted as; Infinity = never. */
  turnsAt: number;
  /** Made when it is first searched. */
  text: string | null;
}

/** What became different, be it seen through the filter or not. */
export interface News {
  came: QueueRow[];
  changed: QueueRow[];
  gone: QueueRow[];
}

export interface Queue {
  /** All rows as they are now; gives what changed, or null. */
  hear(rows: ReadonlyMap<string | number, QueueRow>, now: number): News | null;
  /** Time passed; gives whether anything changed. */
  tick(now: number): boolean;
  /** Another filter, or other knowledge: everything is judged anew. */
  look(filter: QueueFilter, lens: Lens, now: number): void;
  row(id: string): QueueRow | undefined;
  /** Rows that pass, in order. */
  readonly passing: readonly QueueRow[];
  passes(id: string): boolean;
  readonly size: number;
  /** Rows with a value, among those that pass every other facet and the words. */
  count(facet: QueueFacet, value: string): number;
  /** Values that some row has, whether or not it passes. */
  values(facet: QueueFacet): string[];
}

/** More changes than this at once are sorted together. */
const MANY = 400;

/** @param told who hears of a row that came to pass, and of one that passes no more (with the row as it was last) */
export function createQueue(
  first: QueueFilter,
  firstLens: Lens,
  told: {
    came(id: string): void;
    left(row: QueueRow): void;
  },
): Queue {
  let filter = first;
  let lens = firstLens;
  let words = wordsOf(first.text);
  const entries = new Map<string, Entry>();
  let passing: QueueRow[] = [];
  /** Counted, and had at all, by facet. */
  const counts = FACETS.map(() => new Map<string, number>());
  const had = FACETS.map(() => new Map<string, number>());

  function judge(row: QueueRow, now: number, text: string | null): Entry {
    const values = valuesOf(row, lens, now);
    const turnsAt = turnOf(row, now);
    const entry: Entry = { row, values, fails: 0, turnsAt, text };
    entry.fails = failsNow(entry);
    return entry;
  }
  function failsNow(entry: Entry): number {
    return failsOf(entry.values, filter, () => {
      if (words.length === 0) return true;
      entry.text ??= lens.textOf(entry.row).toLowerCase();
      return words.every((word) => entry.text!.includes(word));
    });
  }

  function weigh(entry: Entry, by: 1 | -1): void {
    const { values, fails } = entry;
    for (let i = 0; i < FACETS.length; i++) {
      // Whoever fails by this facet alone would come if it were chosen.
      const counted = fails === 0 || fails === 1 << i;
      for (const value of values[i]!) {
        add(had[i]!, value, by);
        if (counted) add(counts[i]!, value, by);
      }
    }
  }

  const order = () => ORDERS[filter.order];
  /** Where a row stands, or would. */
  function placeOf(row: QueueRow): number {
    const compare = order();
    let [low, high] = [0, passing.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(passing[middle]!, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function enter(entry: Entry, sorted: boolean): void {
    entries.set(entry.row.id, entry);
    weigh(entry, 1);
    if (entry.fails !== 0) return;
    if (sorted) passing.splice(placeOf(entry.row), 0, entry.row);
  }
  function leave(entry: Entry, sorted: boolean): void {
    entries.delete(entry.row.id);
    weigh(entry, -1);
    if (entry.fails !== 0) return;
    if (sorted) passing.splice(placeOf(entry.row), 1);
  }

  /** Puts `next` in place of `before`, and tells who came or left. */
  function exchange(
    before: Entry | undefined,
    next: Entry | null,
    sorted: boolean,
  ): void {
    if (before) leave(before, sorted);
    if (next) enter(next, sorted);
    const [was, is] = [before?.fails === 0, next?.fails === 0];
    if (is && !was) told.came(next!.row.id);
    if (was && !is) told.left(next?.row ?? before!.row);
  }

  const sort = () => {
    passing = [];
    for (const { row, fails } of entries.values())
      if (fails === 0) passing.push(row);
    passing.sort(order());
  };

  return {
    hear(rows, now) {
      const news: News = { came: [], changed: [], gone: [] };
      const { came, changed, gone } = news;
      for (const row of rows.values()) {
        const before = entries.get(row.id);
        if (!before) came.push(row);
        else if (before.row !== row) changed.push(row);
      }
      if (entries.size + came.length > rows.size)
        for (const { row } of entries.values())
          if (!rows.has(row.id)) gone.push(row);
      const some = came.length + changed.length + gone.length;
      if (some === 0) return null;
      const sorted = some <= MANY;
      for (const { id } of gone) exchange(entries.get(id), null, sorted);
      for (const row of [...changed, ...came])
        exchange(entries.get(row.id), judge(row, now, null), sorted);
      if (!sorted) sort();
      return news;
    },

    tick(now) {
      const turned: Entry[] = [];
      for (const entry of entries.values())
        if (entry.turnsAt <= now) turned.push(entry);
      const sorted = turned.length <= MANY;
      for (const entry of turned)
        exchange(entry, judge(entry.row, now, entry.text), sorted);
      if (!sorted) sort();
      return turned.length > 0;
    },

    look(next, nextLens, now) {
      const same = lens === nextLens;
      [filter, lens, words] = [next, nextLens, wordsOf(next.text)];
      for (const map of [...counts, ...had]) map.clear();
      for (const [id, before] of entries) {
        // Another word is searched for: what the row is did not change.
        if (same) before.fails = failsNow(before);
        const entry = same ? before : judge(before.row, now, null);
        if (!same) entries.set(id, entry);
        weigh(entry, 1);
      }
      sort();
    },

    row: (id) => entries.get(id)?.row,
    get passing() {
      return passing;
    },
    passes: (id) => entries.get(id)?.fails === 0,
    get size() {
      return entries.size;
    },
    count: (facet, value) => counts[FACETS.indexOf(facet)]!.get(value) ?? 0,
    values: (facet) => [...had[FACETS.indexOf(facet)]!.keys()],
  };
}

function add(to: Map<string, number>, value: string, by: number): void {
  const n = (to.get(value) ?? 0) + by;
  if (n === 0) to.delete(value);
  else to.set(value, n);
}

/** A deadline is kept at its own instant, so red begins a ms later. */
function turnOf({ due }: QueueRow, now: number): number {
  if (due === null || due.dueAt === null) return Infinity;
  if (due.pausedAt === null && due.yellowAt !== null && now < due.yellowAt)
    return due.yellowAt;
  return now <= due.dueAt ? due.dueAt + 1 : Infinity;
}
