/**
 * P1: MQTT QoS 1, one reading a message, through Mosquitto; acknowledged after
 * commit, applied to indicators and pushed to a follower. Floor: mqtt.js that
 * subscribes and does nothing, before and after, by the same publisher.
 */
import { openFollower } from "../test/kit/follower.ts";
import { startHub } from "../test/kit/hub.ts";
import { startMosquitto } from "../test/kit/mosquitto.ts";
import { startProgram } from "../test/kit/program.ts";
import { BENCH_CITY, FEED, registerSensors, sensorRoom } from "./city.ts";
import type { MqttSubscriber } from "./floor/mqtt-subscriber.ts";
import type { MqttPublisher } from "./load/mqtt-publisher.ts";
import { report, seconds, small } from "./measure.ts";

const SENSORS = 1_000;
const WARM_UP = small ? 2 : 5;
const MEASURED = small ? 5 : 30;
/** Messages waiting in the broker: enough that no receiver ever runs dry between two looks. */
const AHEAD = 40_000;

/** Rate at which `received` grows while the publisher keeps ahead of it, and what was never received. */
async function measure(port: number, received: () => Promise<number>) {
  const publisher = startProgram<MqttPublisher>(
    new URL("./load/mqtt-publisher.ts", import.meta.url),
  );
  await publisher.call("start", {
    ...{ port, topic: `city/${FEED.mqtt}/loops` },
    ...{ sensors: SENSORS, rate: null, ahead: AHEAD },
  });
  const begun = performance.now();
  let from: { at: number; count: number } | undefined;
  let count = 0;
  for (;;) {
    await seconds(0.1);
    count = await received();
    await publisher.call("received", count);
    const ran = (performance.now() - begun) / 1000;
    if (ran > WARM_UP) from ??= { at: performance.now(), count };
    if (ran > WARM_UP + MEASURED) break;
  }
  const rate = (count - from!.count) / ((performance.now() - from!.at) / 1000);
  const sent = await publisher.call("stop");
  for (let looks = 0; count < sent && looks < 300; looks++) {
    await seconds(0.1);
    count = await received();
  }
  await publisher.stop();
  return { rate, lost: sent - count };
}

async function floor(): Promise<number> {
  const mosquitto = await startMosquitto();
  const subscriber = startProgram<MqttSubscriber>(
    new URL("./floor/mqtt-subscriber.ts", import.meta.url),
  );
  await subscriber.call("start", { url: mosquitto.url, topic: "city/#" });
  const { rate } = await measure(mosquitto.port, () =>
    subscriber.call("count"),
  );
  await subscriber.stop();
  await mosquitto.stop();
  return rate;
}

async function ours() {
  const mosquitto = await startMosquitto();
  const hub = await startHub({ city: BENCH_CITY, mqttUrl: mosquitto.url });
  await registerSensors(hub, SENSORS);
  const follower = await openFollower(hub.url, await hub.signIn());
  await follower.follow("indicators", { scope: "city" });
  await follower.follow("sensors", sensorRoom(0, 100).params);
  const result = await measure(mosquitto.port, async () => {
    const { items } = await hub.ask<{
      items: { id: string; health: { accepted: number } }[];
    }>("/api/feeds");
    return items.find(({ id }) => id === FEED.mqtt)!.health.accepted;
  });
  follower.close();
  await hub.stop();
  await mosquitto.stop();
  return result;
}

const before = await floor();
const { rate, lost } = await ours();
const after = await floor();
report("p1", "MQTT QoS 1, durable", rate, "msg/s", (before + after) / 2);
report("p1", "published and not accepted", lost, "msg");
