import { describe, expect, it } from "vitest";
import { Figures, type Part } from "../../contract/statistics.ts";
import { spanBetween, spanOf } from "./period.ts";
import { ranked, sorted } from "./ranking.ts";

const ZONE = "Asia/Shanghai";
const at = (text: string) => Date.parse(`${text.replace(" ", "T")}:00+08:00`);

describe("a period of the city", () => {
  const now = at("2026-11-27 00:30");
  it.each([
    ["today", "2026-11-27 00:00", "2026-11-28 00:00"],
    ["week", "2026-11-23 00:00", "2026-11-30 00:00"],
    ["month", "2026-11-01 00:00", "2026-12-01 00:00"],
    ["quarter", "2026-10-01 00:00", "2027-01-01 00:00"],
  ] as const)("%s is the whole of it, by the city's days", (name, from, to) =>
    expect(spanOf(name, now, ZONE)).toEqual({ from: at(from), to: at(to) }),
  );

  it("of one's own has both its days, and no more than the hub counts", () => {
    expect(spanBetween("2026-11-01", "2026-11-01", ZONE)).toEqual({
      ...{ from: at("2026-11-01 00:00"), to: at("2026-11-02 00:00") },
    });
    expect(spanBetween("2026-11-02", "2026-11-01", ZONE)).toBeNull();
    expect(spanBetween("2025-01-01", "2026-11-01", ZONE)).toBeNull();
    expect(spanBetween("", "2026-11-01", ZONE)).toBeNull();
  });
});

describe("a league table", () => {
  const share = { n: 0, of: 0 };
  const part = (key: string, n: number, of: number): Part => ({
    ...{ key, natural: null },
    figures: {
      ...(Object.fromEntries(
        Object.keys(Figures.shape).map((name) => [name, share]),
      ) as unknown as Figures),
      handled: { n, of },
    },
  });
  const parts = [
    part("few", 1, 1),
    part("b", 9, 10),
    part("best", 20, 20),
    part("c", 18, 20),
    part("worst", 1, 20),
  ];

  it("gives equal rates one rank, and none to what is too little", () =>
    expect(ranked(parts).map(({ part: { key }, rank }) => [key, rank])).toEqual(
      [
        ["few", null],
        ["b", 2],
        ["best", 1],
        ["c", 2],
        ["worst", 4],
      ],
    ));

  it("puts what is not ranked last, whichever way it is sorted", () => {
    const keys = (falling: boolean) =>
      sorted(ranked(parts), "rate", falling).map(({ part }) => part.key);
    expect(keys(true)).toEqual(["best", "c", "b", "worst", "few"]);
    expect(keys(false)).toEqual(["worst", "c", "b", "best", "few"]);
  });
});
