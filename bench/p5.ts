/**
 * P5: a million registered sensors and 20,000 readings a second for ten
 * minutes: memory, loss, age of what a client sees, restart to ready.
 */
import { keyOf } from "../test/kit/city.ts";
import { startHub } from "../test/kit/hub.ts";
import { startProgram } from "../test/kit/program.ts";
import { openStore } from "../server/store/open.ts";
import { BENCH_CITY, FEED, registerSensors, sensorRoom } from "./city.ts";
import type { CrowdProgram } from "./load/crowd.ts";
import type { HttpSender } from "./load/http-sender.ts";
import type { Stamper } from "./load/stamper.ts";
import { memoryOf, percentile, report, seconds, small } from "./measure.ts";

const SENSORS = small ? 50_000 : 1_000_000;
const RATE = 20_000;
const MEASURED = small ? 15 : 600;
/** Sensors apart from the load, whose values tell their age. */
const WATCHED = 100;

const hub = await startHub({ city: BENCH_CITY });
const begun = performance.now();
await registerSensors(hub, SENSORS + WATCHED);
const registering = (performance.now() - begun) / 1000;
report("p5", "sensors registered", SENSORS / registering, "sensors/s");
report("p5", "memory, idle", memoryOf(hub.pid) / 1e6, "MB");

const door = {
  url: `${hub.url}/ingest/v1/${FEED.http}`,
  key: keyOf(FEED.http),
};
const sender = startProgram<HttpSender>(
  new URL("./load/http-sender.ts", import.meta.url),
);
const stamper = startProgram<Stamper>(
  new URL("./load/stamper.ts", import.meta.url),
);
const crowd = startProgram<CrowdProgram>(
  new URL("./load/crowd.ts", import.meta.url),
);
await crowd.call("open", {
  ...{ url: hub.url.replace("http", "ws"), cookies: [await hub.signIn()] },
  ...{ count: 1, readers: 1, follow: [sensorRoom(SENSORS, WATCHED)] },
});
await stamper.call("start", {
  ...{ ...door, first: SENSORS, sensors: WATCHED, perRequest: 1, rate: 100 },
});
const sending = sender.call("run", {
  ...{ ...door, sensors: SENSORS, perRequest: 1_000, connections: 4 },
  ...{ seconds: MEASURED, rate: RATE },
});

let peak = 0;
let done = false;
void sending.then(() => (done = true));
await seconds(3);
await crowd.call("take");
while (!done) {
  peak = Math.max(peak, memoryOf(hub.pid));
  await seconds(1);
}
const sent = await sending;
const { ages } = await crowd.call("take");
const stamped = await stamper.call("pause");
await Promise.all([sender.stop(), stamper.stop(), crowd.stop()]);

const refused = Object.entries(sent.statuses)
  .filter(([status]) => status !== "200")
  .reduce((sum, [, count]) => sum + count, 0);
report("p5", "taken", sent.accepted / sent.seconds, "readings/s", RATE);
report("p5", "requests refused", refused + stamped.refused, "requests");
report("p5", "age at a client, p50", percentile(ages, 50), "ms");
report("p5", "age at a client, p99", percentile(ages, 99), "ms");
report("p5", "memory, highest", peak / 1e6, "MB");

await hub.kill();
report("p5", "killed, start to ready", (await hub.restart()) / 1000, "s");
await hub.end();
const store = await openStore({
  url: `sqlite:${hub.dataDir}/chengshu.db`,
  timeZone: "Asia/Shanghai",
});
const { rows, bytes } = await store.readings.stats();
await store.close();
await hub.stop();
const lost = sent.accepted + stamped.readings - stamped.refused - rows;
report("p5", "acknowledged and not stored", lost, "readings");
report("p5", "store", bytes / rows, "bytes/reading");
