import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { recordedData } from "../../../test/kit/data.ts";
import { feedRow } from "../../../test/kit/feeds.ts";
import { Flaw } from "../format.ts";
import { format } from "./csv.ts";

const feed = feedRow({ id: "csv", format: "csv" });
const read = async (body: string | Uint8Array) =>
  (await format.parse(Buffer.from(body), {
    mediaType: "text/csv",
    feed,
  })) as unknown[];

describe("csv", () => {
  it.each([
    ["commas", "站点,值\nA,1\n"],
    ["semicolons", "站点;值\r\nA;1\r\n"],
    ["tabs", "站点\t值\nA\t1"],
    ["bars", "站点|值\n\nA|1\n\n"],
    ["a byte order mark", "\uFEFF站点,值\nA,1\n"],
    ["quotes", '"站点","值"\n"A",1\n'],
  ])("reads %s", async (_what, text) => {
    expect(await read(text)).toEqual([{ 站点: "A", 值: "1" }]);
  });

  it("reads GB 18030 and UTF-16, as office software writes them", async () => {
    const gb = Buffer.from("bce0b2e2d5be2c620a412c31", "hex");
    expect(await read(gb)).toEqual([{ 监测站: "A", b: "1" }]);
    const utf16 = Buffer.from("\uFEFF站,b\nA,1", "utf16le");
    expect(await read(utf16)).toEqual([{ 站: "A", b: "1" }]);
  });

  it("keeps delimiters, quotes and line ends that stand in quotes", async () => {
    expect(await read('a,b\n"x,y","say ""hi""\nthere"\n')).toEqual([
      { a: "x,y", b: 'say "hi"\nthere' },
    ]);
  });

  it("names a row of another width by its line, and reads the others", async () => {
    const [first, second, third] = await read("a,b\n1,2\n3\n4,5\n");
    expect([first, third]).toEqual([
      { a: "1", b: "2" },
      { a: "4", b: "5" },
    ]);
    expect(second).toBeInstanceOf(Flaw);
    expect(second).toMatchObject({
      message: "line 3: expected 2 columns, found 1",
    });
  });

  it("gives columns without a name, or with one twice, a name of their own", async () => {
    expect(await read("a,,a,a\n1,2,3,4")).toEqual([
      { a: "1", column2: "2", a_2: "3", a_3: "4" },
    ]);
  });

  it.each([
    ["nothing", "", "empty"],
    ["a quote left open", 'a,b\n1,"2\n3,4\n', "Quote Not Closed"],
    ["a quote in the middle", 'a,b\n"1"2,3\n', "line 2"],
    ["a column __proto__", "a,__proto__\n1,2\n", "__proto__"],
    ["a thousand columns and one", `${"a,".repeat(1000)}a\n`, "columns"],
    ["a header without end", `${"a".repeat(70_000)},b\n`, "line 1: longer"],
    [
      "one broken row after another",
      `${"a".repeat(60_000)},b\n${"1\n".repeat(600)}`,
      "too many rows",
    ],
    ["bytes of no encoding", Buffer.from([0x61, 0xff, 0xff]), "neither"],
  ])("cannot read %s", async (_what, body, message) => {
    await expect(read(body)).rejects.toThrow(message);
  });

  it("numbers the columns of one name", async () => {
    const [row] = await read("a,a,a_2,a\n1,2,3,4\n");
    expect(row).toEqual({ a: "1", a_2: "2", a_2_2: "3", a_3: "4" });
  });

  it("keeps a refused row such that it can be read again", async () => {
    const [row] = await read('站点;值\n"A;1";"x ""y"" z"\n');
    expect(await read(format.raw(row))).toEqual([row]);
    const [empty] = await read('a\n""\n');
    expect(await read(format.raw(empty))).toEqual([empty]);
  });

  it("says nothing without a mapping", async () => {
    const { rejections, facts } = format.judge(await read("a\n1\n"), feed);
    expect([facts.length, rejections.length]).toEqual([0, 1]);
  });
});

const data = recordedData();
describe.skipIf(!data)("recorded tables", () => {
  const table = (name: string) => gunzipSync(readFileSync(join(data!, name)));

  it("Beijing's air has a row for every hour of four years", async () => {
    const rows = (await read(
      table("beijing-air-quality/PRSA_Data_Tiantan_20130301-20170228.csv.gz"),
    )) as Record<string, string>[];
    expect(rows).toHaveLength(35_064);
    expect(rows.filter((row) => row["PM2.5"] === "NA")).toHaveLength(677);
  }, 60_000);

  it("Boston's requests are all there, with their quoted commas", async () => {
    const rows = await read(table("311-boston/boston-311-2015-01-02.csv.gz"));
    expect(rows).toHaveLength(15_720);
    expect(rows.filter((row) => row instanceof Flaw)).toEqual([]);
  }, 60_000);
});
