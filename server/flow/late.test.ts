import { expect, it } from "vitest";
import { StoreUnavailable } from "../feeds/sink.ts";
import { createSensors } from "../hub/sensors.ts";
import type { ReadingRows } from "../../contract/reading.ts";
import type { KnownReadings, Store } from "../store/store.ts";
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
    engine: {
      applyLate: (_: ReadingRows, corrections: readonly number[]) =>
        void corrected.push(...corrections),
    },
    check: () => undefined,
  };
  reload();
  let answer: (stored: KnownReadings) => void;
  const asked = new Promise<KnownReadings>((resolve) => (answer = resolve));
  const appended: number[] = [];
  const corrected: number[] = [];
  const late = createLateReadings({
    store: { readings: { existing: () => asked } } as unknown as Store,
    held: held as unknown as Held,
    clock: { now: () => 2_000 },
    applied: () => undefined,
    append: (rows) => Promise.resolve(void appended.push(rows.count)),
  });
  const take = (qualities = [0]) =>
    late.take(qualities.length, (i, row) => {
      const quality = qualities[i]!;
      Object.assign(row, { series: 0, at: 1_000, value: 1, quality });
    });
  return {
    ...{ reload, take, appended, corrected },
    answer: (value = NaN, quality = 0, count = 1) =>
      answer({
        value: new Float64Array(count).fill(value),
        quality: new Uint8Array(count).fill(quality),
      }),
  };
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

it("takes a reading that the store knows with another quality as a correction, and with the same as a duplicate", async () => {
  const { take, appended, corrected, answer } = hub();
  const taken = take([0, 2, 2, 0]);
  answer(1, 0, 4);
  expect(await taken).toEqual({ accepted: 2, duplicates: 2 });
  expect([appended, corrected]).toEqual([[2], [0, 1]]);
});
