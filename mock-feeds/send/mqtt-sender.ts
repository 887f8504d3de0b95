import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "mqtt";
import { createOutbox } from "./outbox.ts";
import { createIdleSignal, type Sender } from "./sender.ts";

export interface MqttSenderOptions {
  /** `mqtt://host:port` */
  url: string;
  feed: string;
  key: string;
  /** Last part of the topic `city/{feed}/{topic}`. */
  topic: string;
  /** Items kept while the broker is away. */
  keep: number;
  /** Items in one message. */
  perMessage: number;
  signal: AbortSignal;
  /** Least wait before a new connection, ms. */
  reconnectAfter?: number;
  onTrouble?(message: string): void;
}

/** Messages on the way at a time. */
const IN_FLIGHT = 16;
/** A broker that is over its quota keeps silent (decisions B7): ask again. */
const ACKNOWLEDGED_WITHIN = 30_000;
const RECONNECT_AFTER = 1_000;
const BUSY_PAUSE = 1_000;

/** "Unacceptable protocol version" in 3.1.1 and in 5. */
const WRONG_VERSION = new Set([1, 132]);

/** MQTT 5 reason codes that say "not now" rather than "never". */
const NOT_NOW = new Set([0x80, 0x83, 0x87, 0x88, 0x89, 0x96, 0x97]);

/** Publishes with QoS 1; what was not acknowledged is published again. */
export function openMqttSender(options: MqttSenderOptions): Sender {
  const { feed, signal } = options;
  const outbox = createOutbox<unknown>(options.keep);
  const idle = createIdleSignal();
  const topic = `city/${feed}/${options.topic}`;
  const told = (message: string) =>
    options.onTrouble?.(`feed ${feed}: ${message}`);

  const client = connect(options.url, {
    protocolVersion: 5,
    clientId: `mock-${feed}`,
    username: feed,
    password: options.key,
    // The session outlives the connection, so that a resent message is one message.
    clean: false,
    properties: { sessionExpiryInterval: 3600 },
    // The part of chance keeps the feeds from returning as one.
    reconnectPeriod:
      (options.reconnectAfter ?? RECONNECT_AFTER) * (1 + Math.random()),
    // A key may be made after the department is switched on.
    reconnectOnConnackError: true,
    connectTimeout: 10_000,
  });

  let closed = false;
  let onTheWay = 0;
  let itemsOnTheWay = 0;
  let acknowledged = 0;
  let refused = 0;
  let lastAnswer = Date.now();
  let freeSlot: (() => void) | null = null;
  let reported = false;

  // One sentence per outage, not one per second.
  const trouble = (error: Error & { code?: unknown }) => {
    if (WRONG_VERSION.has(Number(error.code))) return speakOlder();
    if (!reported) told(`the broker is away (${error.message || "refused"})`);
    reported = true;
  };
  client.on("error", trouble);
  client.on("connect", () => {
    reported = false;
    lastAnswer = Date.now();
  });

  /** Not every broker speaks MQTT 5: the next connection is made in 3.1.1. */
  function speakOlder(): void {
    client.options.protocolVersion = 4;
    client.options.protocolId = "MQTT";
    client.options.properties = {};
  }

  const connected = () =>
    client.connected
      ? Promise.resolve()
      : new Promise<void>((resolve) => client.once("connect", () => resolve()));
  const slot = () =>
    onTheWay < IN_FLIGHT
      ? Promise.resolve()
      : new Promise<void>((resolve) => (freeSlot = resolve));

  async function publish(items: unknown[]): Promise<void> {
    onTheWay++;
    itemsOnTheWay += items.length;
    try {
      await client.publishAsync(topic, JSON.stringify(items), { qos: 1 });
      acknowledged += items.length;
    } catch (error) {
      if (closed) return;
      const code = (error as { code?: unknown }).code;
      if (typeof code === "number" && !NOT_NOW.has(code)) {
        refused += items.length;
        told(`refused: ${(error as Error).message}`);
      } else {
        outbox.giveBack(items);
        await sleep(BUSY_PAUSE);
      }
    } finally {
      lastAnswer = Date.now();
      onTheWay--;
      itemsOnTheWay -= items.length;
      freeSlot?.();
      freeSlot = null;
      if (outbox.size + itemsOnTheWay === 0) idle.reached();
    }
  }

  async function deliver(): Promise<void> {
    while (!closed) {
      await outbox.filled();
      await slot();
      await connected();
      const items = outbox.take(options.perMessage);
      if (items.length > 0) void publish(items);
    }
  }
  void deliver();

  const watch = setInterval(() => {
    if (onTheWay === 0 || !client.connected) return;
    if (Date.now() - lastAnswer < ACKNOWLEDGED_WITHIN) return;
    told(`nothing was acknowledged for ${ACKNOWLEDGED_WITHIN / 1000} s`);
    lastAnswer = Date.now();
    // Only a new connection makes the client say it again.
    client.stream.destroy();
  }, 1000);

  async function close(): Promise<void> {
    if (closed) return;
    closed = true;
    clearInterval(watch);
    signal.removeEventListener("abort", abort);
    await client.endAsync(true);
    idle.reached();
  }
  const abort = () => void close();
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();

  return {
    send: (items) => outbox.push(items),
    settled: () =>
      outbox.size + itemsOnTheWay === 0 ? Promise.resolve() : idle.promise(),
    close,
    get count() {
      return {
        waiting: outbox.size + itemsOnTheWay,
        acknowledged,
        refused,
        dropped: outbox.dropped,
      };
    },
  };
}
