/**
 * P2: HTTP ingest, 1,000 readings a request, durable, sustained. Floor: a
 * separate program that parses and commits the same bodies, before and after,
 * by the same sender.
 */
import { execFileSync } from "node:child_process";
import { keyOf } from "../test/kit/city.ts";
import { startHub } from "../test/kit/hub.ts";
import { startProgram } from "../test/kit/program.ts";
import { BENCH_CITY, FEED, registerSensors } from "./city.ts";
import type { HttpCommit } from "./floor/http-commit.ts";
import type { HttpSender } from "./load/http-sender.ts";
import { report, small } from "./measure.ts";

const SENSORS = 10_000;
const MEASURED = small ? 8 : 60;
const FLOOR = small ? 5 : 20;

async function send(url: string, key: string, forSeconds: number) {
  const sender = startProgram<HttpSender>(
    new URL("./load/http-sender.ts", import.meta.url),
  );
  const sent = await sender.call("run", {
    ...{ url, key, sensors: SENSORS, perRequest: 1_000 },
    ...{ connections: 4, seconds: forSeconds, rate: null },
  });
  await sender.stop();
  return { ...sent, rate: sent.accepted / sent.seconds };
}

async function floor(): Promise<number> {
  const program = startProgram<HttpCommit>(
    new URL("./floor/http-commit.ts", import.meta.url),
  );
  const port = await program.call("start");
  const { rate } = await send(`http://127.0.0.1:${port}/`, "", FLOOR);
  await program.call("stop");
  await program.stop();
  return rate;
}

const before = await floor();
const hub = await startHub({ city: BENCH_CITY });
await registerSensors(hub, SENSORS);
const sent = await send(
  `${hub.url}/ingest/v1/${FEED.http}`,
  keyOf(FEED.http),
  MEASURED,
);
await hub.end();
const bytes = Number(
  execFileSync("du", ["-sb", hub.dataDir]).toString().split("\t")[0],
);
await hub.stop();
const after = await floor();

const refused = Object.entries(sent.statuses)
  .filter(([status]) => status !== "200")
  .reduce((sum, [, count]) => sum + count, 0);
const mean = (before + after) / 2;
report("p2", "HTTP ingest, durable", sent.rate, "readings/s", mean);
report("p2", "request p50", sent.latency.p50, "ms");
report("p2", "request p99", sent.latency.p99, "ms");
report("p2", "requests refused", refused, "requests");
report("p2", "duplicates", sent.duplicates, "readings");
report("p2", "store", bytes / sent.accepted, "bytes/reading");
