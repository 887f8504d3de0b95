import { expect, it } from "vitest";
import { StoreUnavailable } from "../feeds/sink.ts";
import { createSensors } from "../hub/sensors.ts";
import type { Store } from "../store/store.ts";
import type { Held } from "./held.ts";
import { createLateReadings } from "./late.ts";

/** What a late reading touches of a hub; `reload` is what happens when its store was away. */
function hub() {
  const reload = () => {
    const sensors = createSensors();
    sensors.add("air", "S-1", "pm25");
    held.sensors = sensors;
  };
  const held = {
    sensors: createSensors(),
    engine: { applyLate: () => undefined },
    check: () => undefined,
  };
  reload();
  let answer: (stored: Float64Array) => void;
  const asked = new Promise<Float64Array>((resolve) => (answer = resolve));
  const appended: number[] = [];
  const late = createLateReadings({
    store: { readings: { existing: () => asked } } as unknown as Store,
    held: held as unknown as Held,
    clock: { now: () => 2_000 },
    applied: () => undefined,
    append: (rows) => Promise.resolve(void appended.push(rows.count)),
  });
  const take = () =>
    late.take(1, (_, row) =>
      Object.assign(row, { series: 0, at: 1_000, value: 1, quality: 0 }),
    );
  return { reload, take, appended, answer: () => answer(Float64Array.of(NaN)) };
}

it("keeps a late reading that the store does not know", async () => {
  const { take, appended, answer } = hub();
  const taken = take();
  answer();
  expect(await taken).toEqual({ accepted: 1, duplicates: 0 });
  expect(appended).toEqual([1]);
});

it("refuses for now a late reading whose hub was loaded anew meanwhile: its number may be another series'", async () => {
  const { reload, take, appended, answer } = hub();
  const taken = take();
  reload();
  answer();
  await expect(taken).rejects.toThrow(StoreUnavailable);
  expect(appended).toEqual([]);
});
