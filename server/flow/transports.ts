/** MQTT in: the city's broker where one is configured, else the embedded one where asked for. */
import { hostname } from "node:os";
import type { Config } from "../config.ts";
import type { KeptOutSender } from "../feeds/refusal.ts";
import type { Feeds } from "../feeds/run.ts";
import { openBroker } from "../feeds/transports/broker.ts";
import { followBroker } from "../feeds/transports/mqtt.ts";

export interface Transports {
  /** Port of the embedded broker, or null. */
  mqttPort: number | null;
  /** Resolves when everything that was taken has its answer. */
  close(): Promise<void>;
}

export async function openTransports(ask: {
  config: Config;
  feeds: Feeds;
  /** The embedded broker kept somebody out. */
  refused: (who: KeptOutSender) => void;
}): Promise<Transports> {
  const { config, feeds, refused } = ask;
  const stop = new AbortController();
  const { signal } = stop;
  const ended: Promise<void>[] = [];
  let mqttPort: number | null = null;
  if (config.mqttUrl !== null)
    ended.push(
      followBroker({
        feeds,
        url: config.mqttUrl,
        clientId: `chengshu-${hostname()}-${config.port}`,
        share: config.mqttShare,
        signal,
      }),
    );
  else if (config.mqttPort !== null) {
    const broker = await openBroker({
      feeds,
      refused,
      host: config.host,
      port: config.mqttPort,
      signal,
    });
    mqttPort = broker.port;
    ended.push(broker.ended);
  }
  return {
    mqttPort,
    async close() {
      stop.abort();
      await Promise.all(ended);
    },
  };
}
