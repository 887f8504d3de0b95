/**
 * A department that keeps its own ledger: it makes readings at a steady rate
 * and sends each batch, the same bytes, until it is acknowledged. A program of
 * its own: it outlives the hub.
 */
import mqtt from "mqtt";
import { answer } from "../kit/program.ts";
import { createBatch } from "../kit/readings.ts";
import type { Batch } from "./ledger.ts";

export interface SenderPlan {
  /** HTTP: the door's URL. MQTT: the broker's. */
  url: string;
  key: string;
  feed: string;
  road: "http" | "mqtt";
  /** Sensors `first` … `first + sensors - 1` are this sender's. */
  first: number;
  sensors: number;
  perBatch: number;
  /** Readings a second. */
  rate: number;
}

/** Batches on their way at most; a hub that is away must not fill our memory. */
const OUTSTANDING = 64;
const AGAIN_AFTER = 50;

type Send = (body: Buffer) => Promise<boolean>;

const ledger: Batch[] = [];
const complaints: string[] = [];
let making = false;
let outstanding = 0;
let close: () => Promise<void> = () => Promise.resolve();

const commands = {
  async start(plan: SenderPlan): Promise<void> {
    const send = plan.road === "http" ? httpRoad(plan) : await mqttRoad(plan);
    making = true;
    make(plan, send);
  },
  /** Makes nothing new; what is on its way is sent until it is acknowledged. */
  pause(): void {
    making = false;
  },
  resume(): void {
    making = true;
  },
  /** Resolves when everything made is acknowledged. */
  async settle(): Promise<void> {
    while (outstanding > 0)
      await new Promise((resolve) => setTimeout(resolve, 10));
  },
  ledger: () => ledger,
  acknowledged: () =>
    ledger.reduce((sum, b) => sum + (b.acknowledged ? b.count : 0), 0),
  complaints: () => complaints,
  close: () => close(),
};
export type Sender = typeof commands;

function make(plan: SenderPlan, send: Send): void {
  const slices = plan.sensors / plan.perBatch;
  const batch = createBatch(plan.perBatch);
  const every = (plan.perBatch / plan.rate) * 1000;
  let turn = 0;
  let at = 0;
  let due = performance.now();
  setInterval(() => {
    const now = performance.now();
    // While paused or held up, time passes without readings.
    if (!making || outstanding >= OUTSTANDING) due = now;
    for (; due < now && outstanding < OUTSTANDING; due += every) {
      const slice = turn++ % slices;
      if (slice === 0) at = Math.max(Date.now(), at + 1);
      const entry: Batch = {
        first: plan.first + slice * plan.perBatch,
        count: plan.perBatch,
        at,
        acknowledged: false,
      };
      batch.fill(entry.first, at);
      ledger.push(entry);
      outstanding++;
      void deliver(entry, Buffer.from(batch.body), send);
    }
  }, 2);
}

async function deliver(entry: Batch, body: Buffer, send: Send): Promise<void> {
  while (!(await send(body)))
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
  entry.acknowledged = true;
  outstanding--;
}

function httpRoad({ url, key }: SenderPlan): Send {
  return async (body) => {
    try {
      const reply = await fetch(url, {
        method: "POST",
        body: new Uint8Array(body),
        headers: {
          authorization: `Bearer ${key}`,
          "content-type": "application/json",
        },
      });
      const text = await reply.text();
      if (!reply.ok) {
        // 503 and 429 are honest; anything else is a fault of the hub.
        if (reply.status !== 503 && reply.status !== 429) complain(text);
        return false;
      }
      if ((JSON.parse(text) as { rejected: number }).rejected > 0)
        complain(text);
      return true;
    } catch {
      return false;
    }
  };
}

async function mqttRoad({ url, key, feed, first }: SenderPlan): Promise<Send> {
  const client = await mqtt.connectAsync(url, {
    clientId: `chaos-${feed}-${first}`,
    username: feed,
    password: key,
    clean: false,
    reconnectPeriod: 100,
    connectTimeout: 3_000,
  });
  client.on("error", () => undefined);
  close = () => client.endAsync(true);
  // mqtt.js itself sends again what had no PUBACK when it reconnects.
  return (body) =>
    client.publishAsync(`city/${feed}/all`, body, { qos: 1 }).then(
      () => true,
      () => false,
    );
}

function complain(text: string): void {
  if (complaints.length < 20) complaints.push(text.slice(0, 500));
}

answer(commands);
