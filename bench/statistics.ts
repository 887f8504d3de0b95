/**
 * Statistics of a day, a month, a quarter and a year of a city with a million
 * incidents, asked of a real hub over HTTP; and how long others wait meanwhile.
 * `npm run bench -- statistics [--small]`.
 */
import { setTimeout } from "node:timers/promises";
import { DAY } from "../contract/time.ts";
import { builtProgram } from "../test/kit/built.ts";
import { startHub, type Hub } from "../test/kit/hub.ts";
import { BENCH_CITY } from "./city.ts";
import { keptYear } from "./load/kept-year.ts";
import { cpuOf, percentile, report } from "./measure.ts";

/** Days, and how often each is asked. */
const PERIODS: [number, number][] = [
  [1, 10],
  [30, 3],
  [90, 2],
  [365, 1],
];
const END = Date.UTC(2026, 10, 25);

const year = await keptYear("statistics");
builtProgram("main");
const hub = await startHub({ city: BENCH_CITY, dataDir: year.dataDir });
try {
  const cookie = await hub.signIn("dispatcher");
  for (const [days, times] of PERIODS)
    for (const department of days === 30 ? ["", "&department=ECO"] : [""])
      await measure(hub, cookie, days, times, department);
} finally {
  await hub.stop();
  await year.remove();
}

async function measure(
  hub: Hub,
  cookie: string,
  days: number,
  times: number,
  filter: string,
): Promise<void> {
  const query = `from=${END - days * DAY}&to=${END}${filter}`;
  const name = `${days} days${filter && ", one department"}`;
  const took: number[] = [];
  const used = cpuOf(hub.pid);
  const waited: number[] = [];
  const asked = new AbortController();
  const other = lookOn(hub, cookie, waited, asked.signal);
  try {
    for (let i = 0; i < times; i++) {
      const before = performance.now();
      await hub.ask(`/api/statistics?${query}`, { cookie });
      took.push(performance.now() - before);
    }
  } finally {
    asked.abort();
    await other;
  }
  const cpu = (cpuOf(hub.pid) - used) / times;
  report("statistics", name, percentile(took, 50), "ms");
  report("statistics", `${name}, CPU of the hub`, cpu, "ms");
  report(
    "statistics",
    `${name}, others wait, p99`,
    percentile(waited, 99),
    "ms",
  );
}

/** Somebody else opens the newest page, again and again. */
async function lookOn(
  hub: Hub,
  cookie: string,
  waited: number[],
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const before = performance.now();
    await hub.ask("/api/incidents?limit=1", { cookie });
    waited.push(performance.now() - before);
    await setTimeout(20);
  }
}
