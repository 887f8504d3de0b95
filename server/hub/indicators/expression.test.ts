import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile } from "./expression.ts";
import { compileFormula, inOrder } from "./formula.ts";
import { iaqi } from "./iaqi.ts";
import { compileWhere } from "./where.ts";

const run = (formula: string, values: Record<string, number | null>) =>
  compileFormula(formula).run((id) => values[id] ?? null);

describe("a formula", () => {
  it.each([
    ['ind["a.b"] * 2', 6],
    ['2 * ind["a.b"] + 1', 7],
    ['ind["a.b"] / ind["c.d"] * 100', 75],
    ['ind["a.b"] + 1 / 2', 3.5],
    ['ind["a.b"] > 1 ? 1 : 0.5', 1],
    ['max([ind["a.b"], ind["c.d"], 1])', 4],
    ['min(ind["a.b"], 2)', 2],
    ['abs(1 - ind["c.d"])', 3],
    ['round(ind["a.b"] / 2)', 2],
    ['[ind["a.b"], ind["c.d"]].exists(x, x >= 4) ? 10 : 20', 10],
    ['iaqi("pm25", ind["a.b"] * 25)', 100],
  ])("%s counts in decimals", (formula, result) => {
    expect(run(formula, { "a.b": 3, "c.d": 4 })).toBe(result);
  });

  it("has no value where one that it reads is missing", () => {
    expect(run('ind["a.b"] + ind["c.d"]', { "a.b": 3 })).toBeNull();
  });

  it("has no value where it divides by zero", () => {
    expect(run('1 / ind["a.b"]', { "a.b": 0 })).toBeNull();
  });

  it.each([
    ["ind.size()", "the method size is not one of"],
    ['"a".matches("(a+)+$")', "the method matches is not one of"],
    ['timestamp("2026-01-01T00:00:00Z") == ind["a.b"]', "timestamp"],
    [
      '[1].exists(x, [2].exists(y, y > x)) ? ind["a.b"] : 0',
      "a macro stands inside a macro",
    ],
    ['ind["a" + "b"]', "write the indicator out"],
    ['ind["a.b"] + value', "reads `ind[…]`"],
    ["1 + 2", "reads at least one indicator"],
    ['ind["a.b"] > 1', "gives bool, and double was expected"],
    ['iaqi("pm26", ind["a.b"])', 'not "pm26"'],
    ['ind["a.b"] +', "Unexpected token"],
    ['{"a": ind["a.b"]}.a', "Exceeded maxMapEntries"],
    ["ind.a", "`.` is not allowed here"],
  ])("%s is refused: %s", (formula, sentence) => {
    expect(() => compileFormula(formula)).toThrow(sentence);
  });

  it("comes after those that it reads", () => {
    const reads = (...ids: string[]) => ({ reads: ids });
    expect(
      inOrder(
        new Map([
          ["c.c", reads("b.b", "a.a")],
          ["b.b", reads("a.a")],
          ["a.a", reads("x.x")],
        ]),
      ),
    ).toEqual(["a.a", "b.b", "c.c"]);
  });

  it("is refused with the path where formulas go round in a circle", () => {
    expect(() =>
      inOrder(
        new Map([
          ["z.z", { reads: ["a.a"] }],
          ["a.a", { reads: ["b.b"] }],
          ["b.b", { reads: ["a.a"] }],
        ]),
      ),
    ).toThrow("a.a → b.b → a.a");
  });
});

describe("a condition", () => {
  it.each([
    ["value >= 1", 1, true],
    ["value < -2.5", -2.5, false],
    ["value > 0 && value <= 18", 18, true],
    ["!(value == 3) || value != 4", 3, true],
    ["value in [1, 2, 3]", 2, true],
    ["value * 2 > 5", 2.5, false],
  ])("%s of %d is %s", (where, value, result) => {
    expect(compileWhere(where)(value)).toBe(result);
  });

  it("judges in its quick form exactly as CEL does", () => {
    const operator = fc.constantFrom(">=", ">", "<=", "<", "==", "!=");
    const number = fc.constantFrom("0", "-1", "2.5", "-0.25", "3");
    const comparison = fc
      .tuple(operator, number)
      .map(([op, limit]) => `value ${op} ${limit}`);
    const condition = fc
      .tuple(comparison, fc.constantFrom("&&", "||"), comparison, fc.boolean())
      .map(([a, join, b, not]) => `${not ? "!" : ""}(${a} ${join} ${b})`);
    fc.assert(
      fc.property(
        condition,
        fc.constantFrom(-1, -0.25, 0, 1, 2.5, 3, 4),
        (text, value) => {
          const slow = compile(text, "bool").run({ value });
          expect([text, compileWhere(text)(value)]).toEqual([text, slow]);
        },
      ),
      { seed: 7 },
    );
  });

  it("is refused where it gives a number", () => {
    expect(() => compileWhere("value + 1")).toThrow(
      "gives double, and bool was expected",
    );
  });
});

describe("the sub-index of HJ 633-2012", () => {
  it.each([
    ["pm25", 35, 50],
    ["pm25", 36, 52],
    ["pm25", 75, 100],
    ["pm25", 600, 500],
    ["pm10", 420, 300],
    ["so2_1h", 800, 200],
    ["so2_1h", 900, 200],
    ["no2", 80, 100],
    ["co", 4, 100],
    ["co_1h", 7.5, 75],
    ["o3", 160, 100],
    ["o3_1h", 160, 50],
    ["pm25", 0, 0],
  ])("of %s at %d is %d", (pollutant, concentration, index) => {
    expect(iaqi(pollutant, concentration)).toBe(index);
  });
});
