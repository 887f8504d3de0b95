/** Sources: names of systems stand as they are, and whoever called does not. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { recordedData } from "../../test/kit/data.ts";
import { createSources } from "./sources.ts";

const office = (nameZh: string, nameEn: string) => ({
  ...{ code: "X", nameZh, nameEn, parent: null, aliases: [] },
});
const pack = {
  sources: ["高新通", "Citizens Connect"],
  trusted: ["江平台"],
  hotline: ["hotline12345"],
  departments: [office("市公安局", "Public Security")],
};
let feeds = [{ system: "water", nameZh: "水务热线", nameEn: "Water Desk" }];
const sources = createSources(pack, () => feeds);
const shown = (source: string) => sources.shown(source);

describe("a source", () => {
  it.each(["hotline12345", "gridReport", "videoAi", "12345热线", "网格上报"])(
    "%s names a way in",
    (source) => expect(shown(source)).toBe(source),
  );
  it.each(["grid report", "citizen app", "city eye", "来电登记", "市民广场"])(
    "%s names nobody, though it begins as a caller would be told",
    (source) => expect(shown(source)).toBe(source),
  );
  it.each(["李女士", "王先生"])("%s says no more than that", (source) =>
    expect(shown(source)).toBe(source),
  );
  it.each(["高新通", "Citizens Connect", "江平台"])(
    "%s is one that the city's pack names",
    (source) => expect(shown(source)).toBe(source),
  );
  it.each(["公安", "水务", "Water Desk", "Public Security", "水务局"])(
    "%s is an office's, or a part of its name",
    (source) => expect(shown(source)).toBe(source),
  );
  it.each([
    ["张三", "张*"],
    ["王小明", "王**"],
    ["王小明先生", "王**先生"],
    ["欧阳未名女士", "欧阳**女士"],
    ["热线(张三师傅)", "热线(张*师傅)"],
    ["欧阳未名", "欧阳**"],
    ["阿依古丽·买买提", "阿***·***"],
    ["John Smith", "J*** S****"],
    ["张三 13812345678", "张* 138****5678"],
    ["网格员-李四", "网格员-李*"],
    ["热线(王丽)", "热线(王*)"],
    ["来电王小明", "来电王**"],
    ["网格员王小明", "网格员王**"],
    ["来電張三豐", "来電張**"],
    ["張三豐", "張**"],
    ["歐陽未名", "歐陽**"],
    ["wang xiaoming", "w*** x*******"],
    ["xiaoming wang", "x******* w***"],
    ["王\u200b小明", "王**"],
    ["来电王\u2060小明先生", "来电王**先生"],
    ["ＷＡＮＧ Ｘｉａｏｍｉｎｇ", "W*** X*******"],
    ["13812345678", "138****5678"],
  ])("%s is a caller, told as %s", (source, masked) => {
    expect(shown(source)).toBe(masked);
    expect(shown(masked)).toBe(masked);
  });

  it.skipIf(recordedData() === null)(
    "is nobody in any words that a city's requests put beside each other in small letters",
    () => {
      const file = "311-boston/boston-311-2015-01-02.csv.gz";
      const table = gunzipSync(readFileSync(join(recordedData()!, file)));
      const cells = new Set(table.toString().toLowerCase().split(/[,\n]/));
      const phrases = [...cells].flatMap((cell) => {
        const words = cell.match(/[a-z]{2,12}/g) ?? [];
        return words.flatMap((_, i) =>
          [2, 3]
            .filter((n) => i + n <= words.length)
            .map((n) => words.slice(i, i + n).join(" ")),
        );
      });
      expect(phrases.length).toBeGreaterThan(1_000);
      expect(phrases.filter((phrase) => shown(phrase) !== phrase)).toEqual([]);
    },
  );

  it("is judged anew when the city has other feeds", () => {
    expect(shown("林业")).toBe("林*");
    feeds = [{ system: "wood", nameZh: "林业巡查", nameEn: "" }];
    sources.clear();
    expect(shown("林业")).toBe("林业");
    expect(shown("水务")).toBe("水*");
  });
});
