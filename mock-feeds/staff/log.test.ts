import { expect, it } from "vitest";
import { dueLine, type Logged } from "./log.ts";

const MINUTE = 60_000;

/** Lines written from an instant on, looked at every twenty seconds. */
function written(from: number, to: number): number[] {
  const own: Logged[] = [];
  for (let now = from; now <= to; now += MINUTE / 3)
    if (dueLine(own, now, 42))
      own.unshift({ at: now, by: "staff-dutyofficer" });
  return own.map(({ at }) => (at - from) / MINUTE).reverse();
}

it("has four lines in the log before two minutes are over, and one now and then after", () => {
  const start = Date.parse("2026-11-20T08:00:00+08:00");
  const at = written(start, start + 120 * MINUTE);
  expect(at.filter((minute) => minute < 2)).toHaveLength(4);
  expect(at.length).toBe(6);
});

it("says its first lines once, and goes on where it was after a restart", () => {
  const said = [0, 1, 2, 3].map((n) =>
    dueLine(
      Array.from({ length: n }, () => ({ at: 0, by: "x" })),
      MINUTE,
      42,
    ),
  );
  expect(new Set(said.map((line) => line!.text)).size).toBe(4);
  const own = Array.from({ length: 9 }, () => ({ at: 0, by: "x" }));
  expect(dueLine(own, 39 * MINUTE, 42)).toBeNull();
  expect(dueLine(own, 40 * MINUTE, 42)).toEqual(dueLine(own, 41 * MINUTE, 42));
});
