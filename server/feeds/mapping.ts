/**
 * Field mapping by JSONata, in a process of its own. A thread would not do: a
 * text doubled thirty times ends the whole process from inside a thread, on
 * any heap limit (docs/decisions/0005). Here it ends the child, and one
 * payload is refused.
 */
import type { Feed } from "../../contract/feed.ts";
import {
  MappingFailed,
  MappingProcess,
  type MapResult,
  type MapAsk,
  type MappingLimits,
} from "./mapping-process.ts";

export interface Mapping {
  text: string;
  /** It says one thing of each row and never looks at the others. */
  rowWise: boolean;
}

export interface Mapper {
  /**
   * Maps one payload of a feed; its rows one by one where the mapping allows
   * it, with a result each.
   * @throws MappingFailed where it was too slow, too large, or died.
   */
  map(feed: Feed, mapping: Mapping, parsed: unknown): Promise<MapResult[]>;
  close(): Promise<void>;
}

/** Rows handed over at once: other feeds get their turn in between. */
const ROWS_A_TURN = 500;

interface Job {
  ask: MapAsk;
  done: (results: MapResult[]) => void;
  failed: (error: unknown) => void;
}

/** Askings wait in a line per feed, and the lines take turns. */
export function createMapper(
  limits: MappingLimits = { patience: 5_000, heapMb: 256 },
): Mapper {
  const lines = new Map<string, Job[]>();
  let child: MappingProcess | null = null;
  let isWorking = false;
  let isClosed = false;

  async function work(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    for (let job = nextJob(); job; job = nextJob()) {
      if (!child || child.isDead) child = new MappingProcess(limits);
      await child.ask(job.ask).then(job.done, job.failed);
    }
    isWorking = false;
  }

  /** The first of the line whose turn it is; the line goes to the end of the turns. */
  function nextJob(): Job | undefined {
    const [first] = lines;
    if (!first || isClosed) return undefined;
    const [feedId, line] = first;
    const job = line.shift();
    lines.delete(feedId);
    if (line.length > 0) lines.set(feedId, line);
    return job;
  }

  function ask(feedId: string, ask: MapAsk): Promise<MapResult[]> {
    return new Promise((done, failed) => {
      if (isClosed) return failed(new MappingFailed("the mappings stopped"));
      const line = lines.get(feedId) ?? [];
      line.push({ ask, done, failed });
      lines.set(feedId, line);
      void work();
    });
  }

  return {
    async map({ id, timeZone }, { text, rowWise }, input) {
      if (!rowWise || !Array.isArray(input))
        return ask(id, { text, timeZone, rowWise: false, input });
      const results: MapResult[] = [];
      for (let i = 0; i < input.length; i += ROWS_A_TURN) {
        const rows: unknown[] = input.slice(i, i + ROWS_A_TURN);
        const turn = { text, timeZone, rowWise, input: rows };
        results.push(...(await ask(id, turn)));
      }
      return results;
    },
    async close() {
      isClosed = true;
      const stopped = new MappingFailed("the mappings stopped");
      for (const line of lines.values())
        for (const job of line) job.failed(stopped);
      lines.clear();
      await child?.kill();
    },
  };
}
