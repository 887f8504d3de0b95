/** Stores stale blocks of roll-ups anew; the first level also compacts its chunks. */
import type { Clock } from "../../lib/clock.ts";
import type { Gate } from "../../lib/gate.ts";
import { HOUR, MINUTE } from "../../../contract/time.ts";
import type { Db, Statement } from "../db.ts";
import {
  addedUp,
  BucketList,
  bucketsOfRows,
  coarser,
  encodeBuckets,
} from "./buckets.ts";
import { decodeChunk, encodeChunk } from "./chunk.ts";
import type { Chunks, StoredChunk } from "./chunks.ts";
import { addState } from "./fold.ts";
import type { Level, LevelNo, Levels } from "./levels.ts";
import { allRows, orderRows, sortedRows } from "./order.ts";
import type { Rollups } from "./rollup.ts";
import { RowList } from "./rows.ts";

/** A block is stored anew when nothing has touched it for so long … */
const QUIET: Record<LevelNo, number> = {
  1: 10 * MINUTE,
  2: 1.5 * HOUR,
  3: 1.5 * HOUR,
};
/** … or when so many folds have. */
const CHANGES = 64;

interface Mark {
  level: LevelNo;
  grp: number;
  block: number;
}

export class Refresher {
  #db: Db;
  #chunks: Chunks;
  #rollups: Rollups;
  #levels: Levels;
  #clock: Clock;
  #gate: Gate;

  constructor(parts: {
    db: Db;
    chunks: Chunks;
    rollups: Rollups;
    levels: Levels;
    clock: Clock;
    gate: Gate;
  }) {
    this.#db = parts.db;
    this.#chunks = parts.chunks;
    this.#rollups = parts.rollups;
    this.#levels = parts.levels;
    this.#clock = parts.clock;
    this.#gate = parts.gate;
  }

  /** Marks blocks of a level as stale. */
  marks(level: LevelNo, blocks: { grp: number; block: number }[]): Statement[] {
    const since = this.#clock.now();
    return [
      {
        sql: `INSERT INTO reading_stale (level, grp, block, since, changes)
          VALUES (?, ?, ?, ?, 1) ON CONFLICT (level, grp, block) DO UPDATE SET
          since = excluded.since, changes = reading_stale.changes + 1`,
        each: blocks.map(({ grp, block }) => [level, grp, block, since]),
      },
    ];
  }

  /** Blocks that are due, the finest level first. */
  due(limit: number): Promise<Mark[]> {
    const now = this.#clock.now();
    return this.#db.all<Mark & { [key: string]: number }>(
      `SELECT level, grp, block FROM reading_stale
      WHERE changes >= ? OR since <= CASE level WHEN 1
      THEN CAST(? AS BIGINT) ELSE CAST(? AS BIGINT) END
      ORDER BY level, block, grp LIMIT ?`,
      [CHANGES, now - QUIET[1], now - QUIET[2], limit],
    );
  }

  /** Stale blocks of a level before a block, or all. */
  stale(level: LevelNo, before: number, limit: number): Promise<Mark[]> {
    return this.#db.all<Mark & { [key: string]: number }>(
      `SELECT level, grp, block FROM reading_stale
      WHERE level = ? AND block < ? ORDER BY block, grp LIMIT ?`,
      [level, before, limit],
    );
  }

  async refresh({ level: no, grp, block }: Mark): Promise<void> {
    const level = this.#levels.level(no);
    const made =
      no === 1
        ? await this.#fromChunks(level, grp, block)
        : await this.#fromFiner(level, grp, block);
    const [old] = this.#rollups.isPruned(level, block)
      ? (await this.#rollups.stored(grp, level, block, block, null)).values()
      : [];
    const buckets = this.#rollups.merged(level, block, old, made.buckets);
    const statements: Statement[] = [
      ...made.statements,
      {
        sql: `INSERT INTO reading_rollup (level, grp, block, data)
          VALUES (?, ?, ?, ?) ON CONFLICT (level, grp, block) DO UPDATE SET
          data = excluded.data`,
        params: [no, grp, block, encodeBuckets(buckets, level.ruler(block))],
      },
      {
        sql: `DELETE FROM reading_stale
          WHERE level = ? AND grp = ? AND block = ?`,
        params: [no, grp, block],
      },
    ];
    if (no < 3) {
      const above = this.#levels.level((no + 1) as LevelNo);
      const parent = above.blockOf(level.startOf(block));
      statements.push(...this.marks(above.no, [{ grp, block: parent }]));
    }
    await this.#gate.alone(() => this.#db.batch(statements));
  }

  /** An hour's chunks as minutes, and as one chunk. */
  async #fromChunks(level: Level, group: number, hour: number): Promise<Made> {
    const chunks: StoredChunk[] = [];
    await this.#chunks.each(group, hour, hour, (chunk) => chunks.push(chunk));
    const rows = new RowList();
    const start = level.startOf(hour);
    for (const { data } of chunks) decodeChunk(data, group, start, null, rows);
    const buckets = bucketsOfRows(sortedRows(rows), level.bucketOf);
    const newest = chunks.at(-1)?.seq ?? 0;
    const isPruned = this.#rollups.isPruned(level, hour);
    if (!isPruned && chunks.length <= 1) return { buckets, statements: [] };

    const statements: Statement[] = [
      {
        sql: `DELETE FROM reading_chunk
          WHERE grp = ? AND hour = ? AND seq <= ?`,
        params: [group, hour, newest],
      },
    ];
    let rowsLess = chunks.reduce((sum, chunk) => sum + chunk.count, 0);
    let bytesLess = chunks.reduce((sum, chunk) => sum + chunk.data.length, 0);
    if (!isPruned) {
      const order = orderRows(rows, allRows(rows.count));
      const { count, data } = encodeChunk(rows, order, start);
      statements.push({
        sql: `INSERT INTO reading_chunk (grp, hour, seq, count, data)
          VALUES (?, ?, ?, ?, ?)`,
        params: [group, hour, newest, count, data],
      });
      rowsLess -= count;
      bytesLess -= data.length;
    }
    statements.push(
      addState("reading", "rows", -rowsLess),
      addState("reading", "bytes", -bytesLess),
    );
    return { buckets, statements };
  }

  /** A block from the finer level's blocks within it. */
  async #fromFiner(level: Level, group: number, block: number): Promise<Made> {
    const finer = this.#rollups.finer(level)!;
    const first = finer.blockOf(level.startOf(block));
    const last = finer.blockOf(level.startOf(block + 1) - 1);
    const fine = await this.#rollups.stored(group, finer, first, last, null);
    let buckets = new BucketList();
    for (const part of fine.values())
      buckets = addedUp(buckets, coarser(part, level.bucketOf));
    const statements: Statement[] = this.#rollups.isPruned(level, block)
      ? [
          {
            sql: `DELETE FROM reading_rollup
              WHERE level = ? AND grp = ? AND block BETWEEN ? AND ?`,
            params: [finer.no, group, first, last],
          },
        ]
      : [];
    return { buckets, statements };
  }
}

interface Made {
  buckets: BucketList;
  /** What becomes of the source. */
  statements: Statement[];
}
