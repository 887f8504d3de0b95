import mqtt from "mqtt";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startMosquitto, type Mosquitto } from "./mosquitto.ts";

let broker: Mosquitto;
beforeAll(async () => {
  broker = await startMosquitto();
});
afterAll(() => broker.stop());

it("keeps what a sleeping subscriber missed, over a restart of the broker", async () => {
  const sleeper = {
    clientId: "sleeper",
    clean: false,
    protocolVersion: 5 as const,
    properties: { sessionExpiryInterval: 3600 },
  };
  const first = await mqtt.connectAsync(broker.url, sleeper);
  await first.subscribeAsync("city/#", { qos: 1 });
  await first.endAsync();

  const sender = await mqtt.connectAsync(broker.url);
  await sender.publishAsync("city/air/1", "35.2", { qos: 1 });
  await sender.endAsync();
  await broker.pause();
  await broker.restart();

  const again = mqtt.connect(broker.url, sleeper);
  const heard = await new Promise((resolve) =>
    again.once("message", (_topic, payload) => resolve(payload.toString())),
  );
  await again.endAsync();
  expect(heard).toBe("35.2");
});
