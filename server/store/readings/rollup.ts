/**
 * Roll-ups: minute → hour → day. What is stored is right but for the blocks
 * marked stale; those are computed from their source when asked for, and
 * stored again when they have been quiet for a while (refresh.ts).
 *
 * Where a block's source was pruned, it cannot be computed anew: what arrives
 * for it afterwards is added on top and then dropped from the source.
 */
import type { ReadingRows, RollupBucket } from "../../../contract/reading.ts";
import type { Db } from "../db.ts";
import {
  addedUp,
  BucketList,
  bucketsOfRows,
  coarser,
  decodeBuckets,
} from "./buckets.ts";
import { groupOf } from "./chunk.ts";
import { wantedOf, type Chunks } from "./chunks.ts";
import type { Level, LevelName, LevelNo, Levels } from "./levels.ts";
import type { Log } from "./log.ts";
import { sortedRows } from "./order.ts";
import type { RowList } from "./rows.ts";

/** How many readings there were, and their sum. */
export interface Total {
  count: number;
  sum: number;
}

/** A question about series of one group, with their rows that are not folded yet. */
interface Ask {
  group: number;
  wanted: Uint8Array;
  unfolded: RowList;
}

export class Rollups {
  #db: Db;
  #log: Log;
  #chunks: Chunks;
  #levels: Levels;

  constructor(db: Db, log: Log, chunks: Chunks, levels: Levels) {
    this.#db = db;
    this.#log = log;
    this.#chunks = chunks;
    this.#levels = levels;
  }

  /** Buckets that begin in [from, to), oldest first. */
  async buckets(
    series: number,
    name: LevelName,
    from: number,
    to: number,
  ): Promise<RollupBucket[]> {
    const list = await this.#list([series], name, from, to);
    const buckets: RollupBucket[] = [];
    for (let i = 0; i < list.length; i++)
      if (list.at[i]! >= from && list.at[i]! < to)
        buckets.push({
          at: list.at[i]!,
          count: list.count[i]!,
          sum: list.sum[i]!,
          min: list.min[i]!,
          max: list.max[i]!,
          last: list.last[i]!,
        });
    return buckets;
  }

  /** What the buckets that begin in [from, to) hold, of many series together. */
  async total(
    series: Int32Array,
    name: LevelName,
    from: number,
    to: number,
  ): Promise<Total> {
    const groups = new Map<number, number[]>();
    for (const each of series) {
      const members = groups.get(groupOf(each));
      if (members) members.push(each);
      else groups.set(groupOf(each), [each]);
    }
    const total: Total = { count: 0, sum: 0 };
    for (const members of groups.values()) {
      const list = await this.#list(members, name, from, to);
      for (let i = 0; i < list.length; i++) {
        if (list.at[i]! < from || list.at[i]! >= to) continue;
        total.count += list.count[i]!;
        total.sum += list.sum[i]!;
      }
    }
    return total;
  }

  /** Buckets of some series of one group, those of whole blocks around [from, to). */
  async #list(
    series: readonly number[],
    name: LevelName,
    from: number,
    to: number,
  ): Promise<BucketList> {
    if (!(from < to)) return new BucketList();
    const level = this.#levels.named(name);
    const [first, last] = [level.blockOf(from), level.blockOf(to - 1)];
    const unfolded = this.#log.unfoldedRows(
      new Set(series),
      level.startOf(first),
      level.startOf(last + 1),
    );
    const ask = { group: groupOf(series[0]!), wanted: wantedOf(series) };
    return this.#read({ ...ask, unfolded }, level, first, last);
  }

  /** Blocks `first` … `last` of a level, as they are now. */
  async #read(
    ask: Ask,
    level: Level,
    first: number,
    last: number,
  ): Promise<BucketList> {
    const blocks = await this.stored(ask.group, level, first, last, ask.wanted);
    const stale = await this.#stale(ask, level, first, last);
    for (const [from, to] of runs(stale)) {
      const fresh = splitByBlock(
        await this.#source(ask, level, from, to),
        level,
      );
      for (let block = from; block <= to; block++)
        blocks.set(
          block,
          this.merged(level, block, blocks.get(block), fresh.get(block)),
        );
    }
    const all = new BucketList();
    for (const block of [...blocks.keys()].sort((a, b) => a - b)) {
      const list = blocks.get(block)!;
      for (let i = 0; i < list.length; i++) all.addFrom(list, i);
    }
    return all;
  }

  /** A block from its source; from what was stored too where the source was pruned. */
  merged(
    level: Level,
    block: number,
    stored = new BucketList(),
    fresh = new BucketList(),
  ): BucketList {
    return this.isPruned(level, block) ? addedUp(stored, fresh) : fresh;
  }

  /** Has the block's source been pruned? */
  isPruned(level: Level, block: number): boolean {
    return block < this.#log.state[`floor${level.no}`];
  }

  /** A level's buckets computed from the level below, or from the readings. */
  async #source(
    ask: Ask,
    level: Level,
    first: number,
    last: number,
  ): Promise<BucketList> {
    const begin = level.startOf(first);
    const end = level.startOf(last + 1);
    const finer = this.finer(level);
    if (finer)
      return coarser(
        await this.#read(
          ask,
          finer,
          finer.blockOf(begin),
          finer.blockOf(end - 1),
        ),
        level.bucketOf,
      );
    const rows = await this.#chunks.rows(ask.group, ask.wanted, first, last);
    pushBetween(rows, ask.unfolded, begin, end);
    return bucketsOfRows(sortedRows(rows), level.bucketOf);
  }

  finer(level: Level): Level | null {
    return level.no === 1
      ? null
      : this.#levels.level((level.no - 1) as LevelNo);
  }

  async stored(
    group: number,
    level: Level,
    first: number,
    last: number,
    wanted: Uint8Array | null,
  ): Promise<Map<number, BucketList>> {
    const rows = await this.#db.all<{ block: number; data: Uint8Array }>(
      `SELECT block, data FROM reading_rollup
      WHERE level = ? AND grp = ? AND block BETWEEN ? AND ? ORDER BY block`,
      [level.no, group, first, last],
    );
    const blocks = new Map<number, BucketList>();
    for (const { block, data } of rows) {
      const list = new BucketList();
      decodeBuckets(data, group, level.ruler(block), wanted, list);
      blocks.set(block, list);
    }
    return blocks;
  }

  /** Blocks whose source changed since they were stored. */
  async #stale(
    ask: Ask,
    level: Level,
    first: number,
    last: number,
  ): Promise<Set<number>> {
    const marked = await this.#db.all<{ block: number }>(
      `SELECT block FROM reading_stale
      WHERE level = ? AND grp = ? AND block BETWEEN ? AND ?`,
      [level.no, ask.group, first, last],
    );
    const stale = new Set(marked.map((row) => row.block));
    const finer = this.finer(level);
    const [begin, end] = [level.startOf(first), level.startOf(last + 1)];
    if (finer) {
      const below = await this.#stale(
        ask,
        finer,
        finer.blockOf(begin),
        finer.blockOf(end - 1),
      );
      for (const block of below) stale.add(level.blockOf(finer.startOf(block)));
    } else
      for (let i = 0; i < ask.unfolded.count; i++) {
        const at = ask.unfolded.at[i]!;
        if (at >= begin && at < end) stale.add(level.blockOf(at));
      }
    return stale;
  }
}

function pushBetween(
  into: RowList,
  rows: ReadingRows,
  from: number,
  to: number,
): void {
  for (let i = 0; i < rows.count; i++) {
    const at = rows.at[i]!;
    if (at >= from && at < to)
      into.push(rows.series[i]!, at, rows.value[i]!, rows.quality[i]!);
  }
}

function splitByBlock(list: BucketList, level: Level): Map<number, BucketList> {
  const blocks = new Map<number, BucketList>();
  for (let i = 0; i < list.length; i++) {
    const block = level.blockOf(list.at[i]!);
    let part = blocks.get(block);
    if (!part) blocks.set(block, (part = new BucketList()));
    part.addFrom(list, i);
  }
  return blocks;
}

/** Numbers as runs of neighbours, [first, last] each. */
function runs(numbers: Set<number>): [number, number][] {
  const found: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const run = found.at(-1);
    if (run && run[1] === number - 1) run[1] = number;
    else found.push([number, number]);
  }
  return found;
}
