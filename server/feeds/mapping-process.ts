import type { ChildProcess } from "node:child_process";
import { startProcess } from "../lib/child.ts";

export interface MapAsk {
  text: string;
  timeZone: string;
  /** `input` is an array whose rows are mapped one by one. */
  rowWise: boolean;
  input: unknown;
}

/** What one row gave: a JSON array of items, or why there are none. */
export type MapResult = { items: string } | { error: string };

/** A result per row (or one, where not row-wise), or why there are none at all. */
export type MapAnswer = { results: MapResult[] } | { failed: string };

/** The mapping gave nothing for the payload as a whole. */
export class MappingFailed extends Error {}

export interface MappingLimits {
  /** ms that one asking may take. */
  patience: number;
  heapMb: number;
}

/** ms within which a new process must stand; machines may be busy. */
const START_PATIENCE = 60_000;

/** The process in which mappings run. Takes one asking at a time; after a failure it is dead. */
export class MappingProcess {
  readonly #child: ChildProcess;
  readonly #limits: MappingLimits;
  #isReady = false;
  #timer: NodeJS.Timeout | null = null;
  #answer: ((results: MapResult[]) => void) | null = null;
  #fail: ((error: MappingFailed) => void) | null = null;
  #isDead = false;

  constructor(limits: MappingLimits) {
    this.#limits = limits;
    this.#child = startProcess(import.meta.url, "./mapping-child", limits);
    this.#child.on("message", (message) => this.#hear(message));
    const died = () =>
      this.#end("the mapping needed more memory than it may have");
    this.#child.once("exit", died);
    this.#child.once("error", died);
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** @throws MappingFailed where it was too slow, too large, or died. */
  ask(ask: MapAsk): Promise<MapResult[]> {
    return new Promise((answer, fail) => {
      if (this.#isDead) return fail(new MappingFailed("the mappings stopped"));
      this.#answer = answer;
      this.#fail = fail;
      this.#wait();
      this.#child.send(ask, (error) => {
        if (error) this.#end(`the payload cannot be mapped: ${error.message}`);
      });
    });
  }

  /** Ends it at once; what is asked fails. */
  async kill(): Promise<void> {
    const gone =
      this.#child.exitCode !== null || this.#child.signalCode !== null
        ? Promise.resolve()
        : new Promise((exit) => this.#child.once("exit", exit));
    this.#end("the mappings stopped");
    await gone;
  }

  #hear(message: unknown): void {
    if (message === "ready") {
      this.#isReady = true;
      if (this.#answer) this.#wait();
      return;
    }
    if (this.#timer) clearTimeout(this.#timer);
    const [done, fail] = [this.#answer, this.#fail];
    this.#answer = this.#fail = null;
    const answer = message as MapAnswer;
    if ("results" in answer) done?.(answer.results);
    else fail?.(new MappingFailed(answer.failed));
  }

  #wait(): void {
    if (this.#timer) clearTimeout(this.#timer);
    const { patience } = this.#limits;
    this.#timer = setTimeout(
      () => this.#end(`the mapping took longer than ${patience / 1000} s`),
      this.#isReady ? patience : START_PATIENCE,
    );
  }

  #end(reason: string): void {
    if (this.#timer) clearTimeout(this.#timer);
    const fail = this.#fail;
    this.#answer = this.#fail = null;
    if (!this.#isDead) {
      this.#isDead = true;
      this.#child.kill("SIGKILL");
    }
    fail?.(new MappingFailed(reason));
  }
}
