/** Floor of P1: mqtt.js, QoS 1, and no work at all. */
import mqtt, { type MqttClient } from "mqtt";
import { answer } from "../../test/kit/program.ts";

let count = 0;
let client: MqttClient;

const commands = {
  async start(ask: { url: string; topic: string }): Promise<void> {
    client = await mqtt.connectAsync(ask.url, { protocolVersion: 5 });
    client.on("message", () => count++);
    await client.subscribeAsync(ask.topic, { qos: 1 });
  },
  count: () => count,
  stop: () => client.endAsync(true),
};
export type MqttSubscriber = typeof commands;

answer(commands);
