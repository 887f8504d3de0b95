/** Posts batches of readings to an ingest door and counts what it was told. */
import { Agent, request } from "node:http";
import { answer } from "../../test/kit/program.ts";
import { percentile } from "../measure.ts";
import { createBatch } from "../../test/kit/readings.ts";

export interface HttpLoad {
  /** Full URL of the door. */
  url: string;
  key: string;
  sensors: number;
  perRequest: number;
  connections: number;
  /** How long, s. */
  seconds: number;
  /** Readings a second; null: as fast as it answers. */
  rate: number | null;
}

export interface HttpSent {
  accepted: number;
  duplicates: number;
  rejected: number;
  /** Requests by status; `0` where there was no answer. */
  statuses: Record<string, number>;
  seconds: number;
  latency: { p50: number; p99: number };
}

let stopping = false;

const commands = {
  async run(load: HttpLoad): Promise<HttpSent> {
    const agent = new Agent({
      keepAlive: true,
      maxSockets: load.connections,
    });
    const sent = {
      accepted: 0,
      duplicates: 0,
      rejected: 0,
      statuses: {} as Record<string, number>,
    };
    const latencies: number[] = [];
    const slices = Math.floor(load.sensors / load.perRequest);
    const last = new Float64Array(slices);
    let turn = 0;
    const started = performance.now();
    const end = started + load.seconds * 1000;
    const gap = load.rate === null ? 0 : (load.perRequest / load.rate) * 1000;

    const connection = async () => {
      const batch = createBatch(load.perRequest);
      while (!stopping) {
        const mine = turn++;
        const due = started + mine * gap;
        const wait = due - performance.now();
        if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
        if (performance.now() >= end) return;
        const slice = mine % slices;
        const at = Math.max(Date.now(), last[slice]! + 1);
        last[slice] = at;
        batch.fill(slice * load.perRequest, at);
        const before = performance.now();
        const { status, text } = await post(load, agent, batch.body);
        latencies.push(performance.now() - before);
        sent.statuses[status] = (sent.statuses[status] ?? 0) + 1;
        if (status !== 200) continue;
        const told = JSON.parse(text) as typeof sent;
        sent.accepted += told.accepted;
        sent.duplicates += told.duplicates ?? 0;
        sent.rejected += told.rejected ?? 0;
      }
    };
    stopping = false;
    await Promise.all(Array.from({ length: load.connections }, connection));
    agent.destroy();
    return {
      ...sent,
      seconds: (performance.now() - started) / 1000,
      latency: {
        p50: percentile(latencies, 50),
        p99: percentile(latencies, 99),
      },
    };
  },
  stop() {
    stopping = true;
  },
};
export type HttpSender = typeof commands;

function post(
  { url, key }: HttpLoad,
  agent: Agent,
  body: Buffer,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const ask = request(
      url,
      {
        method: "POST",
        agent,
        headers: {
          authorization: `Bearer ${key}`,
          "content-type": "application/json",
          "content-length": body.length,
        },
      },
      (reply) => {
        let text = "";
        reply.setEncoding("utf8");
        reply.on("data", (chunk: string) => (text += chunk));
        reply.on("end", () => resolve({ status: reply.statusCode ?? 0, text }));
        reply.on("error", () => resolve({ status: 0, text: "" }));
      },
    );
    ask.on("error", () => resolve({ status: 0, text: "" }));
    ask.end(body);
  });
}

answer(commands);
