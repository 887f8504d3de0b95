import { describe, expect, it } from "vitest";
import { MINUTE } from "../../contract/time.ts";
import {
  extendLine,
  MOST_POINTS,
  sinceBegun,
  withGaps,
  type Line,
} from "./history.ts";

const line = (...points: [number, number | null][]): Line => ({
  at: points.map(([at]) => at),
  value: points.map(([, value]) => value),
  state: points.map(() => null),
});
const old = line([1, 10], [2, 11]);

describe("a line that is continued live", () => {
  it("takes a later value at its end", () =>
    expect(extendLine(old, { at: 3, value: 12 }, 0).value).toEqual([
      10, 11, 12,
    ]));

  it("corrects its end", () =>
    expect(extendLine(old, { at: 2, value: 99 }, 0).value).toEqual([10, 99]));

  it("is not changed by a value that comes late", () =>
    expect(extendLine(old, { at: 1.5, value: 99 }, 0)).toEqual(old));

  it("breaks where it was silent for three periods", () => {
    const broken = extendLine(old, { at: 9, value: 12, every: 2 }, 0);
    expect(broken.value).toEqual([10, 11, null, 12]);
  });

  it("loses what is older than its window", () =>
    expect(extendLine(old, { at: 3, value: 12 }, 2).at).toEqual([2, 3]));

  it("never grows beyond what a panel can show", () => {
    let long = line();
    for (let at = 0; at < 3 * MOST_POINTS; at++)
      long = extendLine(long, { at, value: at }, 0);
    expect(long.at).toHaveLength(MOST_POINTS);
    expect(long.value.at(-1)).toBe(3 * MOST_POINTS - 1);
    expect(long.state).toHaveLength(MOST_POINTS);
  });
});

describe("a history that tells only what there is", () => {
  it("is broken where its usual step is missed three times", () => {
    const told = line(
      [0, 1],
      [MINUTE, 1],
      [2 * MINUTE, 1],
      [9 * MINUTE, 1],
      [10 * MINUTE, 1],
    );
    expect(withGaps(told).value).toEqual([1, 1, 1, null, 1, 1]);
  });
});

describe("the picture of a line", () => {
  const day = { from: 0, to: 24 * 60 * MINUTE };

  it("begins with the line where that is young", () => {
    const begun = 23 * 60 * MINUTE;
    expect(sinceBegun(day, [line([begun, 1]), line()])).toEqual({
      from: begun,
      to: day.to,
    });
  });

  it("shows a quarter of an hour at least", () =>
    expect(sinceBegun(day, [line([day.to - 1, 1])]).from).toBe(
      day.to - 15 * MINUTE,
    ));

  it("is the whole window where there is a past, or nothing", () => {
    expect(sinceBegun(day, [line([60 * MINUTE, 1])])).toEqual(day);
    expect(sinceBegun(day, [line()])).toEqual(day);
  });
});
