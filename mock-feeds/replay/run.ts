import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { openDoor, type Door } from "../send/door.ts";
import { beijing } from "./beijing.ts";
import { boston } from "./boston.ts";
import { cap } from "./cap.ts";
import { book, createEntry, type Entry } from "./ledger.ts";
import { london } from "./london.ts";
import { losAngeles } from "./los-angeles.ts";
import type { Recording, Row } from "./recording.ts";

/** Words of `--only`, and the folders of recorded data they read. */
export const SOURCES = {
  beijing,
  metr: losAngeles,
  boston,
  cap,
  cameras: london,
} as const;
export type SourceId = keyof typeof SOURCES;

/** Folders below `from` that each of them reads. */
export const FOLDERS: Record<SourceId, readonly string[]> = {
  beijing: ["beijing-air-quality"],
  metr: ["metr-la"],
  boston: ["311-boston"],
  cap: ["cap-google", "cap-oasis-appendix"],
  cameras: ["cameras-tfl"],
};
export const SOURCE_IDS = Object.keys(SOURCES) as SourceId[];

export interface ReplayOptions {
  /** Folder of recorded data. */
  from: string;
  /** Base URL of the hub. */
  hub: string;
  /** Feed key by feed id. */
  keys: Record<string, string>;
  /** Source seconds in a real second, or `max`: as fast as the hub acknowledges. */
  speed: number | "max";
  only?: readonly SourceId[];
  /** Rows of each file. */
  limit?: number;
  signal?: AbortSignal;
  /** Called after every answered request. */
  onProgress?(progress: Progress): void;
  onTrouble?(message: string): void;
}

export interface Progress {
  entries: readonly Entry[];
  /** Source time of the newest row sent, per feed. */
  sourceTime: ReadonlyMap<string, number>;
}

/** How often a paced replay looks what is due. */
const TICK = 250;

/**
 * Replays recorded files through the hub's HTTP doors: catalogues first, then
 * all feeds at once.
 * @returns the ledger, one entry per feed
 * @throws where a file is missing, a key is refused, or the signal aborts
 */
export async function runReplay(options: ReplayOptions): Promise<Entry[]> {
  const { only = SOURCE_IDS, limit = Infinity } = options;
  const stop = new AbortController();
  // Every request of every lane listens for the end.
  setMaxListeners(0, stop.signal);
  const outer = options.signal ?? new AbortController().signal;
  const abort = () => stop.abort(outer.reason);
  outer.addEventListener("abort", abort);
  if (outer.aborted) abort();

  const entries: Entry[] = [];
  const sourceTime = new Map<string, number>();

  const play = async (recording: Recording): Promise<void> => {
    const entry = createEntry(recording.feed);
    entries.push(entry);
    const door = openDoor({
      hub: options.hub,
      feed: recording.feed,
      key: keyOf(options.keys, recording.feed),
      mediaType: recording.mediaType,
      signal: stop.signal,
      patient: false,
      ...(options.onTrouble && { onTrouble: options.onTrouble }),
    });
    const send = async (items: unknown[]): Promise<void> => {
      const answer = await door.post(bodyOf(recording, items));
      book(entry, items.length, answer);
      options.onProgress?.({ entries, sourceTime });
    };
    const rows = counted(recording.rows(limit), (row) => {
      entry.rows++;
      if (row.at !== null) sourceTime.set(recording.feed, row.at);
    });
    if (options.speed === "max" || recording.catalogue)
      await playAtOnce(recording, rows, send);
    else await playPaced(recording, rows, options.speed, send, stop.signal);
  };

  try {
    const recordings: Recording[] = [];
    for (const id of only)
      recordings.push(...(await SOURCES[id](options.from)));
    const catalogues = recordings.filter((r) => r.catalogue);
    const others = recordings.filter((r) => !r.catalogue);
    await Promise.all(catalogues.map(play));
    await Promise.all(others.map(play));
    return entries;
  } catch (error) {
    // One feed that fails ends the others too: half a replay proves nothing.
    stop.abort(error);
    throw error;
  } finally {
    outer.removeEventListener("abort", abort);
  }
}

function keyOf(keys: Record<string, string>, feed: string): string {
  const key = keys[feed];
  if (key === undefined)
    throw new Error(`the key file has no key for the feed ${feed}`);
  return key;
}

function bodyOf(
  recording: Recording,
  items: unknown[],
): Parameters<Door["post"]>[0] {
  return recording.mediaType === "application/json"
    ? JSON.stringify(items)
    : (items[0] as Uint8Array);
}

async function* counted(
  rows: AsyncIterable<Row>,
  seen: (row: Row) => void,
): AsyncGenerator<Row> {
  for await (const row of rows) {
    seen(row);
    yield row;
  }
}

/**
 * As fast as answers come: each lane has one request in flight and one being
 * filled, so order holds within a lane and the file is read no faster than the
 * hub takes it.
 */
async function playAtOnce(
  recording: Recording,
  rows: AsyncIterable<Row>,
  send: (items: unknown[]) => Promise<void>,
): Promise<void> {
  const lanes = Array.from({ length: recording.lanes }, () => ({
    filling: [] as unknown[],
    flying: Promise.resolve(),
  }));
  const dispatch = async (lane: (typeof lanes)[number]): Promise<void> => {
    await lane.flying;
    const full = lane.filling;
    lane.filling = [];
    lane.flying = send(full);
    // Looked at when this lane is next needed; until then it is not "unhandled".
    lane.flying.catch(() => undefined);
  };
  for await (const { items } of rows)
    for (const item of items) {
      const lane = lanes[recording.laneOf(item)]!;
      lane.filling.push(item);
      if (lane.filling.length >= recording.perRequest) await dispatch(lane);
    }
  for (const lane of lanes) if (lane.filling.length > 0) await dispatch(lane);
  await Promise.all(lanes.map((lane) => lane.flying));
}

/** As fast as the source's own time, `speed` times over; late rows catch up at once. */
async function playPaced(
  recording: Recording,
  rows: AsyncIterable<Row>,
  speed: number,
  send: (items: unknown[]) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { perRequest, longestWait } = recording;
  let due: unknown[] = [];
  const flush = async () => {
    for (let i = 0; i < due.length; i += perRequest)
      await send(due.slice(i, i + perRequest));
    due = [];
  };
  let before: number | null = null;
  /** Real time at which the row is to be sent. */
  let turn = Date.now();
  for await (const { at, items } of rows) {
    if (at !== null) {
      if (before !== null)
        turn += Math.min(longestWait, Math.max(0, (at - before) / speed));
      before = at;
    }
    if (turn - Date.now() >= TICK || due.length >= perRequest) await flush();
    const wait = turn - Date.now();
    if (wait > 0 && due.length === 0) await sleep(wait, undefined, { signal });
    due.push(...items);
  }
  await flush();
}
