/** The city that benches load: one catalogue, two roads for readings, indicators bound to every reading. */
import { indicatorRow, PLACES, type CityPlan } from "../test/kit/city.ts";
import type { Hub } from "../test/kit/hub.ts";
import { METRIC, sensorId } from "../test/kit/readings.ts";

export const FEED = {
  http: "push",
  mqtt: "near",
  catalogue: "catalogue",
  reports: "reports",
  cameras: "cameras",
};
export const SYSTEM = "test";
const KIND = "loop";

const scopes = "city;district";

/** Indicators that a department reports itself, one for each widget of a full wall. */
export const REPORTED = Array.from({ length: 100 }, (_, i) => `bench.told${i}`);

export const BENCH_CITY: CityPlan = {
  feeds: [
    { id: FEED.http },
    { id: FEED.mqtt, transport: "mqtt" },
    { id: FEED.catalogue, format: "sensors/1", expectEvery: 86_400_000 },
    { id: FEED.reports, format: "indicators/1" },
    { id: FEED.cameras, format: "cameras/1" },
  ],
  indicators: [
    indicatorRow({ id: "bench.mean", aggregate: "mean", scopes }),
    indicatorRow({ id: "bench.sum", aggregate: "sum", scopes }),
    indicatorRow({
      ...{ id: "bench.peak", aggregate: "max", scopes },
      ...{ windowKind: "sliding", window: "60000", step: "10000" },
      ...{ direction: "L", blue: "90000", red: "99000" },
    }),
    indicatorRow({
      ...{ id: "bench.share", aggregate: "ratio", where: "value > 50000.0" },
      scopes,
    }),
    indicatorRow({
      ...{ id: "bench.index", source: "formula", metric: "", aggregate: "" },
      ...{ windowKind: "", window: "" },
      formula: 'ind["bench.mean"] / 1000.0',
    }),
    ...REPORTED.map((id) =>
      indicatorRow({ id, source: "reported", precision: "0" }),
    ),
  ],
};

/** Registers sensors 0 … count − 1 by the public door, half of them in each district. */
export async function registerSensors(hub: Hub, count: number): Promise<void> {
  const AT_ONCE = 1_000;
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const first = next;
      next += AT_ONCE;
      const items = Array.from(
        { length: Math.min(AT_ONCE, count - first) },
        (_, i) => sensor(first + i),
      );
      const reply = await hub.post(FEED.catalogue, items);
      if (!reply.ok) throw new Error(await reply.text());
      await reply.body?.cancel();
    }
  };
  await Promise.all([lane(), lane()]);
}

function sensor(no: number) {
  const district = no % 2 ? PLACES.east : PLACES.west;
  return {
    id: sensorId(no),
    name: `Loop ${no}`,
    kind: KIND,
    // A grid inside the district: no two sensors of a thousand stand in one place.
    lng: district.lng + ((no % 1000) - 500) / 20_000,
    lat: district.lat + ((Math.floor(no / 1000) % 1000) - 500) / 20_000,
    metrics: [{ metric: METRIC, unit: "veh/h" }],
  };
}

/** Registers cameras 0 … count − 1, on a grid over one district. */
export async function registerCameras(hub: Hub, count: number): Promise<void> {
  const items = Array.from({ length: count }, (_, i) => ({
    ...{ id: `CAM-${i}`, name: `路口 ${i}` },
    lng: PLACES.east.lng + ((i % 100) - 50) / 2_000,
    lat: PLACES.east.lat + (Math.floor(i / 100) - 50) / 2_000,
  }));
  for (let from = 0; from < count; from += 5_000) {
    const some = items.slice(from, from + 5_000);
    const reply = await hub.post(FEED.cameras, some);
    if (!reply.ok) throw new Error(await reply.text());
    await reply.body?.cancel();
  }
}

/** Topic and params of a room of sensors `first` … `first + count - 1`. */
export const sensorRoom = (first: number, count: number) => ({
  topic: "sensors",
  params: {
    ids: Array.from(
      { length: count },
      (_, i) => `${SYSTEM}/${sensorId(first + i)}`,
    ),
  },
});
