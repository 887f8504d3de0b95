import { describe, expect, it } from "vitest";
import { feedRow } from "../../test/kit/feeds.ts";
import { checkMapping, isRowWise } from "./mapping-check.ts";
import { createMapper, type Mapper } from "./mapping.ts";

const feed = feedRow({ id: "a" });
const run = (text: string, input: unknown, mine = feed, by: Mapper) =>
  by.map(mine, { text, rowWise: isRowWise(text) }, input);

describe("a hostile mapping ends alone", () => {
  const limits = { patience: 4_000, heapMb: 64 };
  const hostile: [string, string][] = [
    ["text doubled", `$reduce([1..28], function($a,$i){$a & $a}, "x")`],
    [
      "text split",
      `$split($reduce([1..26], function($a,$i){$a & $a}, "x"), "")`,
    ],
    [
      "objects doubled",
      `$string($reduce([1..60], function($a,$i){{"a":$a,"b":$a}}, {"x":1}))`,
    ],
    [
      "objects doubled, for the hub to unfold",
      `$reduce([1..60], function($a,$i){{"a":$a,"b":$a}}, {"x":1})`,
    ],
    ["more than it may give", `[1..900000].{"sensor": "a long enough name"}`],
    ["a deep recursion", "($f := function($n){$f($n+1)+1}; $f(1))"],
    ["an endless one", "($f := function(){$f()}; $f())"],
    ["a range of ten million", "[1..9999999]"],
    ["ranges in ranges", "$sum([1..100000].([1..100000]))"],
    ["a square sort", "$distinct([1..500000])"],
  ];

  it.each(hostile)(
    "%s",
    async (_what, text) => {
      expect(checkMapping(text)).toBeNull();
      const mapper = createMapper(limits);
      try {
        const outcome = await run(text, {}, feed, mapper).catch(
          (error: unknown) => error,
        );
        expect(JSON.stringify(outcome) ?? "").not.toContain("items");
        // And the next payload finds a mapper again.
        const next = await run("$.a", [{ a: 1 }], feed, mapper);
        expect(next).toEqual([{ items: "[1]" }]);
      } finally {
        await mapper.close();
      }
    },
    120_000,
  );

  it("and other feeds take their turn", async () => {
    const mapper = createMapper();
    const slow = run("[1..9].([1..9].([1..999]))", {}, feed, mapper);
    const many = Array.from({ length: 5 }, () =>
      run("$.a", [{ a: 1 }], feed, mapper),
    );
    const order: string[] = [];
    const other = run("$.a", [{ a: 2 }], feedRow({ id: "b" }), mapper);
    await Promise.all([
      slow,
      ...many.map((one) => one.then(() => order.push("a"))),
      other.then(() => order.push("b")),
    ]);
    await mapper.close();
    expect(order.indexOf("b")).toBeLessThan(2);
  }, 60_000);
});
