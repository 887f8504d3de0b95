/**
 * What happens to a log in the background, one thing at a time: folding,
 * removing folded blocks, refreshing roll-ups, pruning.
 */
import type { Clock } from "../../lib/clock.ts";
import type { Gate } from "../../lib/gate.ts";
import { createQueue } from "../../lib/queue.ts";
import { StoreDown, type Db } from "../db.ts";
import type { Retention } from "../store.ts";
import { addState, finishFold, setState, writeFold } from "./fold.ts";
import type { LevelNo, Levels } from "./levels.ts";
import type { Log } from "./log.ts";
import type { Refresher } from "./refresh.ts";

/** A stretch is folded when it has so many rows or is so old. */
const FOLD_ROWS = 1_000_000;
const FOLD_AFTER = 60_000;
const LOOK_EVERY = 1_000;
/** Blocks, chunks or roll-ups removed in one transaction. */
const SLICE = 100;
/** Beyond every block. */
const ALL = Number.MAX_SAFE_INTEGER;
const REFRESH_EVERY = 5_000;

export interface Upkeep {
  /** Looks whether a fold is due; cheap. */
  look(): void;
  /** Folds and refreshes everything that was appended so far, before its time. */
  settle(): Promise<void>;
  prune(now: number, keep: Retention): Promise<void>;
  close(): Promise<void>;
}

/** @param refresher null for a log without roll-ups */
export function startUpkeep(parts: {
  db: Db;
  log: Log;
  levels: Levels;
  refresher: Refresher | null;
  clock: Clock;
  gate: Gate;
  onFold: (rows: number, ms: number) => void;
}): Upkeep {
  const { db, log, levels, refresher, clock, gate, onFold } = parts;
  const inTurn = createQueue();
  let closed = false;
  let busy = false;
  let refreshed = 0;

  const isDue = () =>
    log.stretches.length > 1 ||
    log.last.rows.count >= FOLD_ROWS ||
    clock.now() - log.last.since >= FOLD_AFTER;

  async function fold(): Promise<void> {
    const began = performance.now();
    if (log.stretches.length === 1) log.cut();
    const stretch = log.stretches[0]!;
    const made = await writeFold(db, log, stretch, levels, (places) => {
      // Done again after the next start: whoever stops a hub does not wait for it.
      if (closed) throw new StoreDown("The store is closed.");
      return refresher
        ? refresher.marks(
            1,
            places.map(({ group, hour }) => ({ grp: group, block: hour })),
          )
        : [];
    });
    await gate.alone(async () => {
      await db.batch(finishFold(log, stretch.upto, made));
      log.state.folded = stretch.upto;
      log.stretches.shift();
    });
    onFold(made.rows, performance.now() - began);
  }

  /** Everything that was appended before; what comes meanwhile would never let it end. */
  async function foldAll(): Promise<void> {
    await log.settled();
    const { upto } = log.last;
    while (log.state.folded < upto) await fold();
    await sweep();
  }

  /** Removes blocks that are folded and that no restart would replay. */
  async function sweep(): Promise<void> {
    const upto = Math.min(log.state.folded, log.state.checkpoint);
    for (;;) {
      const [gone] = await db.batch([
        {
          sql: `DELETE FROM ${log.name}_log WHERE seq IN (
            SELECT seq FROM ${log.name}_log WHERE seq <= ?
            ORDER BY seq LIMIT ${SLICE}) RETURNING seq`,
          params: [upto],
        },
      ]);
      if (closed || gone!.length < SLICE) return;
    }
  }

  async function work(): Promise<void> {
    if (log.state.clearing > 0) await clear(log.state.clearing as LevelNo);
    while (!closed && isDue()) await fold();
    await sweep();
    if (refresher && clock.now() - refreshed >= REFRESH_EVERY)
      await refreshDue(refresher);
  }

  async function refreshDue(roll: Refresher): Promise<void> {
    for (;;) {
      const marks = await roll.due(SLICE);
      for (const mark of marks) {
        if (closed || isDue()) return;
        await roll.refresh(mark);
      }
      refreshed = clock.now();
      if (marks.length < SLICE) return;
    }
  }

  /** Trouble with the store is told to those who append; here it only waits. */
  function look(): void {
    if (busy || closed) return;
    busy = true;
    void inTurn(work)
      .catch(() => undefined)
      .finally(() => (busy = false));
  }
  const timer = setInterval(look, LOOK_EVERY);

  /** Makes the source of a level's blocks before `floor` vanish, in slices. */
  async function raiseFloor(no: LevelNo, floor: number): Promise<void> {
    const name = `floor${no}` as const;
    if (floor <= log.state[name]) return;
    for (;;) {
      const marks = (await refresher?.stale(no, floor, SLICE)) ?? [];
      for (const mark of marks) await refresher!.refresh(mark);
      if (marks.length < SLICE) break;
    }
    await gate.alone(async () => {
      await db.batch([
        setState(log.name, name, floor),
        setState(log.name, "clearing", no),
      ]);
      log.state[name] = floor;
      log.state.clearing = no;
    });
    await clear(no);
  }

  async function clear(no: LevelNo): Promise<void> {
    if (no === 1) await clearChunks(log.state.floor1);
    else {
      const finer = levels.level((no - 1) as LevelNo);
      const floor = levels.level(no).startOf(log.state[`floor${no}`]);
      await clearRollups(finer.no, finer.blockOf(floor));
    }
    await db.batch([setState(log.name, "clearing", 0)]);
    log.state.clearing = 0;
  }

  async function clearChunks(before: number): Promise<void> {
    const oldest = `FROM ${log.name}_chunk WHERE hour < ?
      ORDER BY hour, grp, seq LIMIT ${SLICE}`;
    for (;;) {
      const [sums] = await db.all<{ rows: number; bytes: number; n: number }>(
        `SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) AS rows,
        CAST(COALESCE(SUM(LENGTH(data)), 0) AS BIGINT) AS bytes,
        COUNT(*) AS n FROM (SELECT count, data ${oldest}) AS oldest`,
        [before],
      );
      const { rows, bytes, n } = sums!;
      if (n === 0) return;
      await db.batch([
        {
          sql: `DELETE FROM ${log.name}_chunk WHERE (grp, hour, seq) IN (
            SELECT grp, hour, seq ${oldest})`,
          params: [before],
        },
        addState(log.name, "rows", -rows),
        addState(log.name, "bytes", -bytes),
      ]);
    }
  }

  async function clearRollups(level: LevelNo, before: number): Promise<void> {
    for (;;) {
      const [gone] = await db.batch([
        {
          sql: `DELETE FROM reading_rollup WHERE (level, grp, block) IN (
            SELECT level, grp, block FROM reading_rollup
            WHERE level = ? AND block < ? ORDER BY block LIMIT ${SLICE})
            RETURNING block`,
          params: [level, before],
        },
      ]);
      if (gone!.length < SLICE) return;
    }
  }

  return {
    look() {
      if (isDue()) look();
    },
    settle: () =>
      inTurn(async () => {
        await foldAll();
        for (const no of refresher ? ([1, 2, 3] as const) : [])
          for (;;) {
            const marks = await refresher!.stale(no, ALL, SLICE);
            for (const mark of marks) await refresher!.refresh(mark);
            if (marks.length < SLICE) break;
          }
      }),
    /** A level is never kept shorter than what it is computed from. */
    prune: (now, keep) =>
      inTurn(async () => {
        const minute = Math.max(keep.raw, keep.minute);
        const hour = Math.max(minute, keep.hour);
        const day = Math.max(hour, keep.day);
        await foldAll();
        const floor = (no: LevelNo, age: number) =>
          levels.level(no).blockOf(now - age);
        await raiseFloor(1, floor(1, keep.raw));
        if (!refresher) return;
        await raiseFloor(2, floor(2, minute));
        await raiseFloor(3, floor(3, hour));
        await clearRollups(3, floor(3, day));
      }),
    async close() {
      closed = true;
      clearInterval(timer);
      await inTurn(() => Promise.resolve());
    },
  };
}
