/**
 * The hub's hot path alone, on one core: ids → numbers → latest values → the
 * windows of indicators with city and district scope. The floor is a plain
 * `Map` look-up of the same ids and one store into a typed array.
 *
 * Needs no server: `npm run bench -- hub`.
 */
import type { ReadingRows } from "../contract/reading.ts";
import { createEngine } from "../server/hub/indicators/engine.ts";
import { createSensors, type Sensors } from "../server/hub/sensors.ts";
import { indicator } from "../test/kit/engine.ts";
import { percentile, report, small } from "./measure.ts";

const BATCH = 1000;
const DISTRICTS = Array.from({ length: 7 }, (_, i) => `d${i}`);
const START = Date.UTC(2026, 10, 20);
/** CPU time of this process: on a shared machine the wall clock counts the neighbours. */
const ms = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Readings in random order, their ids fresh strings as a parser makes them. */
function batches(sensors: number, count: number) {
  let random = 12345;
  const next = () =>
    (random = (Math.imul(random, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  return Array.from({ length: count }, (_, b) => {
    const ids = Array.from({ length: BATCH }, () =>
      sensorId(Math.floor(next() * sensors)),
    );
    return {
      sensor: JSON.parse(JSON.stringify(ids)) as string[],
      metric: new Array<string>(BATCH).fill("depth"),
      at: Float64Array.from(ids, (_, i) => START + (b * BATCH + i) * 0.05),
      value: Float64Array.from(ids, () => next() * 100),
    };
  });
}

type Batch = ReturnType<typeof batches>[number];

const sensorId = (no: number) => `SN-${String(no).padStart(8, "0")}`;

function city(sensors: number) {
  const held = createSensors({ seed: 7, districts: DISTRICTS });
  const engine = createEngine({
    sensors: held,
    timeZone: "Asia/Shanghai",
    districts: DISTRICTS,
  });
  engine.setCatalogue([
    indicator({
      id: "bench.window",
      source: { aggregate: "mean" },
    }),
    indicator({
      id: "bench.latest",
      direction: "L",
      thresholds: { blue: 90, red: 99 },
      source: {
        aggregate: "max",
        window: { kind: "latest", length: 0, step: 0 },
      },
    }),
  ]);
  for (let no = 0; no < sensors; no++)
    held.register({
      system: "bench",
      id: sensorId(no),
      name: `监测点 ${no}`,
      kind: "gauge",
      lng: 120,
      lat: 30,
      district: DISTRICTS[no % DISTRICTS.length]!,
      metrics: [{ metric: "depth", unit: "cm" }],
      attributes: {},
      registered: true,
    });
  return { held, engine };
}

function resident(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().rss;
}

/** What the flow does with resolved readings; a function of its own, so that it is compiled as it is there. */
function take(
  held: Sensors,
  series: Int32Array,
  { at, value }: Batch,
  now: number,
): ReadingRows {
  const rows: ReadingRows = {
    count: 0,
    series: new Int32Array(BATCH),
    at: new Float64Array(BATCH),
    value: new Float64Array(BATCH),
    quality: new Uint8Array(BATCH),
  };
  for (let i = 0; i < BATCH; i++) {
    const no = series[i]!;
    if (held.judge(no, at[i]!, value[i]!, 0) !== "new") continue;
    held.apply(no, at[i]!, value[i]!, 0, now);
    rows.series[rows.count] = no;
    rows.at[rows.count] = at[i]!;
    rows.value[rows.count++] = value[i]!;
  }
  return rows;
}

function lookUp(map: Map<string, number>, values: Float64Array, batch: Batch) {
  for (let i = 0; i < BATCH; i++)
    values[map.get(batch.sensor[i]!)!] = batch.value[i]!;
}

for (const sensors of small ? [10_000] : [100_000, 1_000_000]) {
  const name = sensors >= 1_000_000 ? "1M" : `${sensors / 1000}k`;
  const before = resident();
  const begun = ms();
  const { held, engine } = city(sensors);
  report("hub", `${name}.register`, (1000 * sensors) / (ms() - begun), "1/s");
  if (globalThis.gc)
    report(
      "hub",
      `${name}.memory`,
      (resident() - before) / sensors,
      "B/sensor",
    );

  const work = batches(sensors, small ? 50 : 1000);
  const series = new Int32Array(BATCH);
  const took = {
    resolve: [] as number[],
    latest: [] as number[],
    indicators: [] as number[],
    all: [] as number[],
    evaluate: [] as number[],
  };
  const first = work.length / 5;
  for (const [b, batch] of work.entries()) {
    const t0 = ms();
    held.resolveAll("bench", batch.sensor, batch.metric, series);
    const t1 = ms();
    const now = batch.at[BATCH - 1]!;
    const rows = take(held, series, batch, now);
    const t2 = ms();
    engine.apply(rows, now);
    const t3 = ms();
    if (b < first) {
      engine.evaluate(now); // warm: not counted
      continue;
    }
    took.resolve.push(t1 - t0);
    took.latest.push(t2 - t1);
    took.indicators.push(t3 - t2);
    took.all.push(t3 - t0);
    if (b % 4 !== 0) continue; // 20,000 readings a second, five evaluations
    const t4 = ms();
    engine.evaluate(now);
    took.evaluate.push(ms() - t4);
  }
  // Medians of batches: a shared machine interrupts some of them for long.
  const rate = (times: number[]) => (1000 * BATCH) / percentile(times, 50);

  const map = new Map<string, number>();
  for (let no = 0; no < sensors; no++) map.set(sensorId(no), no);
  const values = new Float64Array(sensors);
  const floorWork = batches(sensors, work.length - first);
  const floors = floorWork.map((batch) => {
    const t0 = ms();
    lookUp(map, values, batch);
    return ms() - t0;
  });
  const floor = rate(floors);

  report("hub", `${name}.resolve`, rate(took.resolve), "1/s", floor);
  report("hub", `${name}.latest`, rate(took.latest), "1/s", floor);
  report("hub", `${name}.indicators`, rate(took.indicators), "1/s", floor);
  report("hub", `${name}.all`, rate(took.all), "1/s", floor);
  report("hub", `${name}.evaluate`, percentile(took.evaluate, 50), "ms");
  const t1 = ms();
  const parts = [...held.save(), ...engine.save()];
  report("hub", `${name}.checkpoint`, ms() - t1, "ms");
  report(
    "hub",
    `${name}.checkpoint.size`,
    parts.reduce((sum, { blob }) => sum + blob.length, 0) / 2 ** 20,
    "MiB",
  );
}
