/**
 * The store alone: rows a second appended with folding on, what a row costs the
 * hub's thread, bytes a row, how late commits are while a fold runs, look-ups of
 * what is known, restart with a million series. `npm run bench -- store
 * [--small] [--url postgres://…]`.
 */
import { readFileSync } from "node:fs";
import type { ReadingRows } from "../contract/reading.ts";
import { HOUR, MINUTE } from "../contract/time.ts";
import { openStore } from "../server/store/open.ts";
import type { SeriesRow, Store } from "../server/store/store.ts";
import { createChance } from "../test/kit/chance.ts";
import { makeFolder } from "../test/kit/folder.ts";
import { cpuOf, percentile, report, seconds, small } from "./measure.ts";

const SERIES = small ? 50_000 : 1_000_000;
const PER_APPEND = 1_000;
const BULK_ROWS = small ? 2_000_000 : 12_000_000;
const STEADY_RATE = 20_000;
const STEADY_SECONDS = small ? 10 : 150;
const START = Date.UTC(2026, 10, 20);
const chance = createChance(42);

const named = process.argv.indexOf("--url");
const folder = makeFolder("bench-store");
const url =
  named > 0 ? process.argv[named + 1]! : `sqlite:${folder.path}/city.db`;
const folds: number[] = [];
const open = () => openStore({ url, onFold: (_rows, ms) => folds.push(ms) });

let store = await open();
try {
  await registerSeries(store);
  await appendInBulk(store);
  await lookUp(store);
  await steady(store);
  await restart();
} finally {
  await store.close();
  await folder.remove();
}

async function registerSeries(store: Store): Promise<void> {
  const begun = performance.now();
  for (let no = 0; no < SERIES; no += 10_000)
    await store.series.add(
      Array.from({ length: Math.min(10_000, SERIES - no) }, (_, i) => ({
        no: no + i,
        system: "bench",
        sensor: `S-${String(no + i).padStart(7, "0")}`,
        metric: "level",
      })),
    );
  const took = (performance.now() - begun) / 1000;
  report("store", "series registered", SERIES / took, "series/s");
}

/** 1,000 neighbours: every series speaks once a minute, values of one decimal. */
function round(no: number): ReadingRows {
  const rows = {
    count: PER_APPEND,
    series: new Int32Array(PER_APPEND),
    at: new Float64Array(PER_APPEND),
    value: new Float64Array(PER_APPEND),
    quality: new Uint8Array(PER_APPEND),
  };
  for (let i = 0; i < PER_APPEND; i++) {
    const row = no * PER_APPEND + i;
    rows.series[i] = row % SERIES;
    rows.at[i] = START + Math.floor(row / SERIES) * MINUTE + (row % 60) * 1000;
    rows.value[i] = ((row * 7919) % 1000) / 10;
  }
  return rows;
}

/** As fast as it goes, 32 appends under way. */
async function appendInBulk(store: Store): Promise<void> {
  const rounds = BULK_ROWS / PER_APPEND;
  let next = 0;
  const [mainBefore, allBefore] = [ownCpu(), cpuOf(process.pid)];
  const begun = performance.now();
  const lane = async () => {
    while (next < rounds) await store.readings.append(round(next++));
  };
  await Promise.all(Array.from({ length: 32 }, lane));
  const took = (performance.now() - begun) / 1000;
  const making = cpuOfMaking();
  const main = ownCpu() - mainBefore - making;
  const all = cpuOf(process.pid) - allBefore - 2 * making;
  report("store", "appended, folding on", BULK_ROWS / took, "rows/s", 600_000);
  report("store", "hub's thread", (main * 1000) / BULK_ROWS, "µs/row", 0.1);
  report("store", "all threads", (all * 1000) / BULK_ROWS, "µs/row", 0.8);
  const before = await store.readings.stats();
  report("store", "waiting to be folded", before.unfolded, "rows");
  await store.readings.settle();
  const { rows, bytes } = await store.readings.stats();
  report("store", "raw, folded and compacted", bytes / rows, "bytes/row", 40);

  function cpuOfMaking(): number {
    const before = ownCpu();
    for (let i = 0; i < rounds; i++) round(i);
    return ownCpu() - before;
  }
}

/** Rows that were folded long ago, as a sender's resend would ask for them. */
async function lookUp(store: Store): Promise<void> {
  const asks = 200;
  let found = 0;
  const begun = performance.now();
  for (let ask = 0; ask < asks; ask++) {
    const { series, at } = round(chance.between(0, BULK_ROWS / PER_APPEND));
    const { value: known } = await store.readings.existing(series, at);
    for (const value of known) if (!Number.isNaN(value)) found++;
  }
  const took = performance.now() - begun;
  report("store", "look-ups in chunks", (asks * PER_APPEND) / took, "rows/ms");
  report("store", "look-ups answered", found / (asks * PER_APPEND), "of all");
}

/** The city's own rate, with folds under way: how late is a commit? */
async function steady(store: Store): Promise<void> {
  const late: number[] = [];
  const first = BULK_ROWS / PER_APPEND;
  const appends = (STEADY_RATE / PER_APPEND) * STEADY_SECONDS;
  const gap = 1 / (STEADY_RATE / PER_APPEND);
  folds.length = 0;
  const begun = performance.now();
  const open: Promise<void>[] = [];
  for (let i = 0; i < appends; i++) {
    const due = begun + i * gap * 1000;
    const wait = due - performance.now();
    if (wait > 0) await seconds(wait / 1000);
    const asked = performance.now();
    open.push(
      store.readings
        .append(round(first + i))
        .then(() => void late.push(performance.now() - asked)),
    );
  }
  await Promise.all(open);
  const asked = performance.now();
  await store.readings.append(round(first + appends));
  late.push(performance.now() - asked);
  report("store", "commit at 20,000 rows/s, p50", percentile(late, 50), "ms");
  report("store", "commit at 20,000 rows/s, p99", percentile(late, 99), "ms");
  report("store", "commit, latest", percentile(late, 100), "ms");
  report("store", "folds meanwhile", folds.length, "folds");
  report("store", "longest fold", Math.max(0, ...folds), "ms");
}

async function restart(): Promise<void> {
  const first = (await store.readings.stats()).rows;
  await store.readings.saveCheckpoint([
    { name: "bench", blob: new Uint8Array(32 * SERIES) },
  ]);
  await store.close();
  const begun = performance.now();
  store = await open();
  report("store", "open again", performance.now() - begun, "ms");
  const loading = performance.now();
  const names: SeriesRow[] = [];
  await store.series.each((rows) => {
    for (const row of rows) names.push(row);
  });
  report("store", "series loaded", performance.now() - loading, "ms", 4_000);
  const saved = performance.now();
  const parts = await store.readings.checkpoint();
  report("store", "saved state read", performance.now() - saved, "ms");
  const lost = first - (await store.readings.stats()).rows;
  report("store", "rows lost", lost, "rows");
  report("store", "parts", parts.size, "parts");
  const asking = performance.now();
  await store.readings.rollup(7, "minute", START, START + 24 * HOUR);
  report(
    "store",
    "a series' day, minutes",
    performance.now() - asking,
    "ms",
    50,
  );
}

/** CPU time of this thread alone, ms. */
function ownCpu(): number {
  const text = readFileSync(`/proc/self/task/${process.pid}/stat`, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
