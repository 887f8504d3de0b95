/**
 * Field mapping by JSONata, in a process of its own. A thread would not do: a
 * text doubled thirty times ends the whole process from inside a thread, on
 * any heap limit (docs/decisions/0005). Here it ends the child, and one
 * payload is refused.
 */
import type { ChildProcess } from "node:child_process";
import type { Feed } from "../../contract/feed.ts";
import { startProcess } from "../lib/child.ts";

export interface MapAsk {
  text: string;
  timeZone: string;
  /** `input` is an array whose rows are mapped one by one. */
  rowWise: boolean;
  input: unknown;
}

/** Per row (or once, where not row-wise): items, or why there are none. */
export interface MapAnswer {
  results: ({ items: unknown[] } | { error: string })[];
}

/** The mapping gave nothing for the payload as a whole. */
export class MappingFailed extends Error {}

export interface Mapper {
  /**
   * Maps one payload of a feed; its rows one by one where the mapping allows it.
   * @throws MappingFailed where the child was too slow, too large or died.
   */
  map(
    feed: Feed,
    mapping: { text: string; rowWise: boolean },
    parsed: unknown,
  ): Promise<MapAnswer>;
  close(): Promise<void>;
}

export interface MapperLimits {
  /** ms a payload may take. */
  patience: number;
  heapMb: number;
}

interface Job {
  ask: MapAsk;
  done: (answer: MapAnswer) => void;
  failed: (error: MappingFailed) => void;
}

/** Payloads wait in a line per feed, and the lines take turns. */
export function createMapper(
  limits: MapperLimits = { patience: 5_000, heapMb: 256 },
): Mapper {
  const lines = new Map<string, Job[]>();
  let child: ChildProcess | null = null;
  let running: Job | null = null;
  let closed = false;

  function next(): void {
    if (running || closed) return;
    const [first] = lines;
    if (!first) return;
    const [feedId, line] = first;
    running = line.shift()!;
    // To the end of the turns, while it has more.
    lines.delete(feedId);
    if (line.length > 0) lines.set(feedId, line);
    run(running);
  }

  function run(job: Job): void {
    const mine = (child ??= startProcess(import.meta.url, "./mapping-child", {
      heapMb: limits.heapMb,
    }));
    const timer = setTimeout(() => {
      end(`the mapping took longer than ${limits.patience / 1000} s`);
    }, limits.patience);
    const died = () => end("the mapping needed more memory than it may have");
    function settle(): void {
      clearTimeout(timer);
      mine.removeAllListeners();
      mine.on("error", () => {});
      running = null;
    }
    function end(reason: string): void {
      settle();
      child = null;
      mine.kill("SIGKILL");
      job.failed(new MappingFailed(reason));
      next();
    }
    mine.removeAllListeners();
    mine.once("message", (answer) => {
      settle();
      mine.once("exit", () => {
        if (child === mine) child = null;
      });
      job.done(answer as MapAnswer);
      next();
    });
    mine.once("exit", died);
    mine.once("error", died);
    mine.send(job.ask, (error) => {
      if (error && running === job) died();
    });
  }

  return {
    map(feed, { text, rowWise }, parsed) {
      const ask = {
        text,
        timeZone: feed.timeZone,
        rowWise: rowWise && Array.isArray(parsed),
        input: parsed,
      };
      return new Promise<MapAnswer>((done, failed) => {
        if (closed) return failed(new MappingFailed("the hub is stopping"));
        const line = lines.get(feed.id) ?? [];
        line.push({ ask, done, failed });
        lines.set(feed.id, line);
        next();
      });
    },
    close() {
      closed = true;
      const stopped = new MappingFailed("the hub is stopping");
      for (const line of lines.values())
        for (const job of line) job.failed(stopped);
      lines.clear();
      running?.failed(stopped);
      const dying = child;
      child = null;
      if (!dying || dying.exitCode !== null) return Promise.resolve();
      return new Promise((done) => {
        dying.removeAllListeners();
        dying.once("exit", () => done());
        dying.kill("SIGKILL");
      });
    },
  };
}
