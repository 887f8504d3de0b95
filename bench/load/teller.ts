/**
 * A department that reports indicators: value n of the run is n, posted one by
 * one in turn over some indicators; remembers when each was sent, so that
 * whoever sees the number on a wall knows its age.
 */
import { Agent, request } from "node:http";
import { answer } from "../../test/kit/program.ts";

export interface Tellings {
  url: string;
  key: string;
  /** Ids; each gets every n-th value. */
  indicators: string[];
  /** Values a second, all together. */
  rate: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 });
/** Epoch ms, with fractions, of value n. */
const sentAt: number[] = [];
let timer: NodeJS.Timeout | undefined;
let refused = 0;

const commands = {
  start(load: Tellings): void {
    clearInterval(timer);
    const started = performance.now();
    const first = sentAt.length;
    timer = setInterval(() => {
      const due = ((performance.now() - started) / 1000) * load.rate;
      while (sentAt.length - first < due) {
        const n = sentAt.length;
        sentAt.push(performance.timeOrigin + performance.now());
        const indicator = load.indicators[n % load.indicators.length]!;
        post(
          load,
          `[{"indicator":"${indicator}","at":${Date.now()},"value":${n}}]`,
        );
      }
    }, 1);
  },
  pause(): { sentAt: number[]; refused: number } {
    clearInterval(timer);
    return { sentAt, refused };
  },
};
export type Teller = typeof commands;

function post({ url, key }: Tellings, body: string): void {
  const ask = request(
    url,
    {
      method: "POST",
      agent,
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
      },
    },
    (reply) => {
      if (reply.statusCode !== 200) refused++;
      reply.resume();
    },
  );
  ask.on("error", () => refused++);
  ask.end(body);
}

answer(commands);
