import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { recordedData } from "../../test/kit/data.ts";
import { feedRow } from "../../test/kit/feeds.ts";
import { format as csv } from "./formats/csv.ts";
import { checkMapping, isRowWise } from "./mapping-check.ts";
import { createMapper } from "./mapping.ts";

const mapper = createMapper({ patience: 20_000, heapMb: 128 });
afterAll(() => mapper.close());

const feed = feedRow({ id: "a", timeZone: "Asia/Shanghai" });
const run = (text: string, input: unknown, mine = feed, by = mapper) =>
  by.map(mine, { text, rowWise: isRowWise(text) }, input);
const itemsOf = async (text: string, input: unknown, mine = feed) => {
  expect(checkMapping(text)).toBeNull();
  const results = await run(text, input, mine);
  return results.flatMap((r) =>
    "items" in r ? (JSON.parse(r.items) as unknown[]) : [r.error],
  );
};

describe("a mapping", () => {
  it("turns a department's rows into ours", async () => {
    const text = `$.{"sensor": 站点, "metric": "pm25", "at": $instant(时间, "YYYY/M/D H:mm"), "value": $number(值)}`;
    const rows = [
      { 站点: "A", 时间: "2026/11/20 8:00", 值: "35.2" },
      { 站点: "B", 时间: "昨天", 值: "—" },
      { 站点: "C", 时间: "2026/11/20 8:00", 值: "many" },
    ];
    const at = Date.UTC(2026, 10, 20);
    expect(await itemsOf(text, rows)).toEqual([
      { sensor: "A", metric: "pm25", at, value: 35.2 },
      { sensor: "B", metric: "pm25", at: null, value: null },
      { sensor: "C", metric: "pm25", at, value: "many" },
    ]);
  }, 60_000);

  it("may give several items of a row, or none", async () => {
    const text = `$.(["t","h"].{"metric": $, "value": $lookup($$, $)}[value])`;
    const wide = `$.($r := $; ["t","h"].{"m": $, "v": $lookup($r, $)})`;
    expect(isRowWise(text)).toBe(false);
    expect(await itemsOf(wide, [{ t: 1, h: 2 }, { t: 3 }])).toEqual([
      { m: "t", v: 1 },
      { m: "h", v: 2 },
      { m: "t", v: 3 },
      { m: "h" },
    ]);
    expect(await itemsOf("$.items", [{ items: [] }, {}])).toEqual([]);
  }, 60_000);

  it("loses no more than the row it fails on", async () => {
    const text = `$.{"sensor": $uppercase(s)}`;
    const items = await itemsOf(text, [{ s: "a" }, { s: 7 }, { s: "c" }]);
    expect(items[0]).toEqual({ sensor: "A" });
    expect(items[1]).toMatch(/argument 1 of function "?uppercase/i);
    expect(items[2]).toEqual({ sensor: "C" });
  }, 60_000);

  it("may look at the whole payload", async () => {
    const text = `[{"indicator": "x", "value": $count($), "at": $max($.t)}]`;
    expect(await itemsOf(text, [{ t: 1 }, { t: 5 }])).toEqual([
      { indicator: "x", value: 2, at: 5 },
    ]);
  }, 60_000);

  it("reads local times in the feed's own zone", async () => {
    const text = `$.{"at": $instant(t, "MM/DD/YYYY hh:mm:ss A")}`;
    const boston = feedRow({ id: "b", timeZone: "America/New_York" });
    const rows = [{ t: "01/31/2015 11:59:59 PM" }];
    expect(await itemsOf(text, rows, boston)).toEqual([
      { at: Date.UTC(2015, 1, 1, 4, 59, 59) },
    ]);
  }, 60_000);

  it.each([
    ["$.{'a': b}", true],
    ["$.(x; y)", true],
    ["$.a.b", true],
    ["$", false],
    ["a.b", false],
    ["$[a=1].{'b': c}", false],
    ["$.{'a': $count($$)}", false],
    ["$.a^(b)", false],
    ["$#$i.{'n': $i}", false],
    ["$map($, function($r){$r})", false],
  ])("%s looks at one row only: %s", (text, rowWise) => {
    expect(isRowWise(text)).toBe(rowWise);
  });
});

describe("a mapping is not saved when it", () => {
  it.each([
    ["is no JSONata", "$.{", /character/],
    ["has a regular expression", "$.a[$contains(b, /(a+)+$/)]", /regular/],
    ["compiles text", '$eval("1")', /\$eval/],
    ["compiles text by another name", '($e := $eval; $e("1"))', /\$eval/],
    ["rebinds a refused name", "($pad := 1; $pad)", /\$pad/],
    ["swells text", '$pad("x", 1000000000)', /\$pad/],
    ["hands a refused one on", "$map([1], $random)", /\$random/],
    ["matches patterns", '$match("a", "b")', /\$match/],
    ["changes what it read", "$ ~> |a|{'b':1}|", /transform/],
    ["calls what is not there", "$fetch('http://x')", /\$fetch/],
    ["searches everything", "**", /descendant/],
  ])("%s", (_what, text, message) => {
    expect(checkMapping(text)).toMatch(message);
  });
});

const data = recordedData();
describe.skipIf(!data)("recorded tables, mapped", () => {
  const rowsOf = async (name: string, rows: number) => {
    const body = gunzipSync(readFileSync(join(data!, name)));
    const ask = { mediaType: "text/csv", feed };
    return ((await csv.parse(body, ask)) as unknown[]).slice(0, rows);
  };

  it("Beijing's columns become instants in Beijing's time", async () => {
    const text = `$.{"sensor": station, "metric": "pm25", "at": $instant(year & "-" & month & "-" & day & " " & hour, "YYYY-M-D H"), "value": $number(\`PM2.5\`)}`;
    const rows = await rowsOf(
      "beijing-air-quality/PRSA_Data_Tiantan_20130301-20170228.csv.gz",
      600,
    );
    const items = (await itemsOf(text, rows)) as { at: number }[];
    expect(items[0]!.at).toBe(Date.UTC(2013, 1, 28, 16));
    expect(items[599]!.at - items[0]!.at).toBe(599 * 3_600_000);
  }, 120_000);

  it("Boston's times become instants of the American east", async () => {
    const text = `$.{"externalId": CASE_ENQUIRY_ID, "title": TYPE, "source": SOURCE, "reportedAt": $instant(OPEN_DT, "MM/DD/YYYY hh:mm:ss A")}`;
    const boston = feedRow({ id: "c", timeZone: "America/New_York" });
    const rows = await rowsOf("311-boston/boston-311-2015-01-02.csv.gz", 200);
    const items = (await itemsOf(text, rows, boston)) as {
      reportedAt: number;
    }[];
    const from = Date.UTC(2015, 0, 1, 5);
    const to = Date.UTC(2015, 2, 1, 5);
    for (const { reportedAt } of items) {
      expect(reportedAt).toBeGreaterThanOrEqual(from);
      expect(reportedAt).toBeLessThan(to);
    }
  }, 120_000);
});
