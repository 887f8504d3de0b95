import { expect, it } from "vitest";
import { DAY, HOUR } from "../../contract/time.ts";
import type { ReadingLog } from "../store/store.ts";
import { rowsOf } from "../../test/kit/engine.ts";
import { yearAgo } from "./year-ago.ts";

const NOW = Date.parse("2026-11-20T08:00:00+08:00");

/** Readings of the last month, and hours of what is older. */
function asked(age: number, where: string | null) {
  const from = NOW - age;
  const row = { series: 0, at: from };
  const rows = rowsOf([
    { ...row, value: 100 },
    { ...row, at: from + 1, value: 1e6, quality: 2 },
    { ...row, at: from + 2, value: 50, quality: 1 },
  ]);
  const spans: number[] = [];
  const readings = {
    range: () => Promise.resolve(age < 30 * DAY ? rows : rowsOf([])),
    total(_series: Int32Array, _level: string, begin: number, end: number) {
      spans.push(begin - from, end - from);
      return Promise.resolve({ count: 2, sum: 60 });
    },
  } as unknown as ReadingLog;
  const clock = { now: () => NOW };
  const question = { series: () => Int32Array.of(0), from, to: from + HOUR };
  return {
    spans,
    answer: yearAgo(question, where, { readings, clock }),
  };
}

it("is the mean of the readings that are not bad, as long as they are kept", async () => {
  expect(await asked(DAY, null).answer).toBe(75);
});

it("leaves out what the indicator's condition leaves out", async () => {
  expect(await asked(DAY, "value > 60.0").answer).toBe(100);
  expect(await asked(DAY, "value > 1e7").answer).toBeNull();
});

it("is the mean of the hours that the span touches, once the readings are pruned", async () => {
  const { answer, spans } = asked(365 * DAY, null);
  expect(await answer).toBe(30);
  expect(spans).toEqual([1 - HOUR, HOUR]);
});

it("is unknown where a condition cannot be asked of the readings any more", async () => {
  expect(await asked(365 * DAY, "value > 60.0").answer).toBeNull();
});
