import { describe, expect, it } from "vitest";
import { Freshness, State } from "../../contract/level.ts";
import { IncidentStatus } from "../../contract/incident-status.ts";
import { HOUR, MINUTE } from "../../contract/time.ts";
import { hazardName } from "./hazards.ts";
import { columnPrecision, difference, figure, shortFigure } from "./numbers.ts";
import * as times from "./times.ts";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

/** `a.b.c` of every text. */
function keysOf(messages: object, before = ""): string[] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === "string"
      ? [before + key]
      : keysOf(value as object, `${before}${key}.`),
  );
}
const holes = (text: string) => text.match(/\{\w+\}/g)?.sort() ?? [];
const textAt = (messages: object, key: string) =>
  key
    .split(".")
    .reduce<unknown>(
      (at, part) => (at as Record<string, unknown>)[part],
      messages,
    ) as string;

const local = import.meta.glob<{ zh: object; en: object }>(
  ["../{inbox,login,mobile,ops,pair,start}/words.ts", "../widgets/*/words.ts"],
  { eager: true, import: "words" },
);

describe.each([["the pages", { zh, en }], ...Object.entries(local)])(
  "the words of %s",
  (_, words) => {
    it("are the same in both languages", () =>
      expect(keysOf(words.en).sort()).toEqual(keysOf(words.zh).sort()));

    it("leave the same holes", () => {
      for (const key of keysOf(words.zh).filter((k) => !k.startsWith("unit.")))
        expect(holes(textAt(words.en, key)), key).toEqual(
          holes(textAt(words.zh, key)),
        );
    });
  },
);

it("has a word for every level, freshness and status", () => {
  for (const words of [zh, en]) {
    expect(Object.keys(words.level).sort()).toEqual([...State.options].sort());
    expect(words.freshness).toMatchObject(
      Object.fromEntries(
        Freshness.options.map((one) => [one, expect.any(String)]),
      ),
    );
    expect(Object.keys(words.incidentStatus).sort()).toEqual(
      [...IncidentStatus.options].sort(),
    );
  }
});

describe("what a warning warns of", () => {
  it("is said in English too", () => {
    expect(hazardName("大风", "zh")).toBe("大风");
    expect(hazardName("大风", "en")).toBe("Gale");
  });
  it("says itself where the dictionary does not know it", () =>
    expect(hazardName("Small craft advisory", "en")).toBe(
      "Small craft advisory",
    ));
});

describe("a number", () => {
  it.each([
    [1_284, 0, "1,284"],
    [-3.84, 1, "−3.8"],
    [0.256, 3, "0.256"],
    [-0.04, 1, "0.0"],
    [1_234_567.5, 1, "1,234,567.5"],
  ])("of %d reads %s", (value, precision, text) =>
    expect(figure(value, precision)).toBe(text),
  );

  it("that is missing is a dash, never a zero", () =>
    expect(figure(null)).toBe("—"));

  it("that differs shows its sign, nothing has none", () => {
    expect(difference(3.84, 1)).toBe("+3.8");
    expect(difference(-3.84, 1)).toBe("−3.8");
    expect(difference(0.01, 1)).toBe("0.0");
  });

  it("of six digits is short in a narrow cell", () => {
    expect(shortFigure(12_845_601, "zh")).toBe("1,285万");
    expect(shortFigure(12_845_601, "en")).toBe("12.8M");
    expect(shortFigure(9_999, "zh")).toBe("9,999");
  });

  it("has the same decimals as its neighbours in a column", () => {
    expect(columnPrecision([42, 7, null])).toBe(0);
    expect(columnPrecision([42, 45.7])).toBe(1);
    expect(columnPrecision([0.12, 0.3])).toBe(3);
  });
});

describe("a time", () => {
  const zone = "Asia/Shanghai";
  const at = Date.parse("2026-11-20T00:42:15+08:00");

  it("is the city's, wherever the browser stands", () => {
    expect(times.hourMinuteSecond(at, zone)).toBe("00:42:15");
    expect(times.longDate(at, zone, "zh")).toBe("2026年11月20日");
    expect(times.weekday(at, zone, "en")).toBe("Friday");
  });

  it("of another day bears its date", () => {
    expect(times.moment(at, at + HOUR, zone)).toBe("00:42");
    expect(times.moment(at - HOUR, at, zone)).toBe("11-19 23:42");
  });

  it("knows the city's midnight", () =>
    expect(times.midnight(at, zone)).toBe(at - 42 * MINUTE - 15_000));

  it("that has passed is told in its largest unit", () => {
    expect(times.age(40_000)).toEqual({ key: "seconds", n: 40 });
    expect(times.age(26 * HOUR)).toEqual({ key: "hours", n: 26 });
    expect(times.age(80 * HOUR)).toEqual({ key: "days", n: 3 });
    expect(times.hoursMinutes(65 * MINUTE)).toBe("1:05");
  });
});
