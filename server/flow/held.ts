/**
 * The part of the city that is held in memory and rebuilt from the store: what
 * sensors last said and what indicators make of it. Loading is one road for a
 * start and for recovery after a failed commit (R7, docs/decisions/0004).
 */
import type { ReadingRows } from "../../contract/reading.ts";
import { isRefusal } from "../feeds/refusal.ts";
import { StoreUnavailable } from "../feeds/sink.ts";
import type { Engine } from "../hub/indicators/engine.ts";
import type { Sensors } from "../hub/sensors.ts";
import { backoff } from "../lib/backoff.ts";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import { StoreDown } from "../store/db.ts";
import type { SeriesRow, Store } from "../store/store.ts";

export interface Held {
  readonly sensors: Sensors;
  readonly engine: Engine;
  /** @throws StoreUnavailable while the store cannot write. */
  check(): void;
  readonly degraded: string | null;
  /** Writes that are not durable yet. */
  readonly waiting: number;
  /** Appends readings; a failure makes the hub degraded. */
  append(rows: ReadingRows): Promise<void>;
  /**
   * Watches another write of what memory already holds: whatever makes it fail,
   * memory is ahead of the store, and the hub is degraded until it is loaded anew.
   */
  applied<T>(write: Promise<T>): Promise<T>;
  /**
   * Watches a write of what memory does not hold yet. Only a store that is down
   * makes the hub degraded; any other error is that of one message and passes
   * as it is, as a refusal does: it must not silence the city.
   */
  durable<T>(write: Promise<T>): Promise<T>;
  /** Saves a checkpoint of everything applied so far. */
  checkpoint(): Promise<void>;
  close(): Promise<void>;
}

export interface HeldOptions {
  store: Store;
  clock: Clock;
  log: Log;
  /** Makes both empty, ready to load. */
  create: () => Promise<{ sensors: Sensors; engine: Engine }>;
  /** Called after every load but the first: rooms reset, indexes rebuilt. */
  reloaded: () => Promise<void>;
  checkpointEvery: number;
  probeEvery: number;
}

export async function openHeld(options: HeldOptions): Promise<Held> {
  const { store, log } = options;
  let state = await load(options);
  let degraded: string | null = null;
  let probe: NodeJS.Timeout | null = null;
  let saving: Promise<void> | null = null;
  let waiting = 0;

  function degrade(error: unknown): void {
    if (degraded !== null) return;
    degraded = (error as Error).message;
    log.error({ err: error }, "the store cannot write; feeds are refused");
    probe = setTimeout(() => void recover(0), options.probeEvery);
  }

  /** @param failures of loading, one after another: loading is dear. */
  async function recover(failures: number): Promise<void> {
    try {
      await store.probe();
      state = await load(options);
      await options.reloaded();
      // Not before all is loaded: what is taken meanwhile would be forgotten.
      degraded = null;
      log.warn("the store writes again; the hub was loaded from it");
    } catch (error) {
      const isDown = error instanceof StoreDown;
      if (!isDown)
        log.error({ err: error }, "the hub cannot be loaded from its store");
      const longest = 60 * options.probeEvery;
      probe = setTimeout(
        () => void recover(isDown ? 0 : failures + 1),
        isDown
          ? options.probeEvery
          : backoff(failures + 1, { first: options.probeEvery, longest }),
      );
    }
  }

  const durable = <T>(write: Promise<T>) =>
    watched(write, (error) => error instanceof StoreDown);

  async function watched<T>(
    write: Promise<T>,
    isTheStores: (error: unknown) => boolean,
  ): Promise<T> {
    waiting++;
    try {
      return await write;
    } catch (error) {
      if (isRefusal(error) || !isTheStores(error)) throw error;
      degrade(error);
      throw new StoreUnavailable("the store cannot write; send it again later");
    } finally {
      waiting--;
    }
  }

  const applied = <T>(write: Promise<T>) => watched(write, () => true);

  function checkpoint(): Promise<void> {
    if (degraded !== null) return Promise.resolve();
    saving ??= durable(
      store.readings.saveCheckpoint([
        ...state.sensors.save(),
        ...state.engine.save(),
      ]),
    ).finally(() => (saving = null));
    return saving;
  }

  const timer = setInterval(
    () =>
      void checkpoint().catch((error: unknown) => {
        if (!isRefusal(error))
          log.error({ err: error }, "no checkpoint could be saved");
      }),
    options.checkpointEvery,
  );
  timer.unref();

  return {
    get sensors() {
      return state.sensors;
    },
    get engine() {
      return state.engine;
    },
    get degraded() {
      return degraded;
    },
    get waiting() {
      return waiting;
    },
    check() {
      if (degraded !== null)
        throw new StoreUnavailable(
          `the store cannot write (${degraded}); send it again later`,
        );
    },
    append: (rows) => applied(store.readings.append(rows)),
    applied,
    durable,
    checkpoint,
    async close() {
      clearInterval(timer);
      if (probe) clearTimeout(probe);
      await checkpoint().catch(() => undefined);
    },
  };
}

/** Store → memory: who the sensors are, the last checkpoint, then every reading after it. */
async function load(options: HeldOptions) {
  const { store, clock } = options;
  const { sensors, engine } = await options.create();
  await store.series.each((rows) => sensors.restore(rows));
  const missing: SeriesRow[] = [];
  await store.sensors.each((rows) => {
    for (const row of rows) missing.push(...sensors.register(row));
  });
  // A catalogue row is stored after its series; only a foreign hand leaves some out.
  if (missing.length > 0) await store.series.add(missing);
  const parts = await store.readings.checkpoint();
  sensors.load(parts);
  engine.load(parts);
  const now = clock.now();
  await store.readings.tail((rows) => engine.replay(rows, now));
  return { sensors, engine };
}
