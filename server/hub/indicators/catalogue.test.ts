import { expect, it } from "vitest";
import type { CatalogueError } from "./catalogue.ts";
import { readCatalogue } from "./catalogue.ts";

const row = {
  id: "water.pondingDepth",
  theme: "水务",
  themeEn: "Water",
  nameZh: "道路积水最大深度",
  nameEn: "Max road ponding",
  unit: "cm",
  direction: "L",
  blue: "5",
  yellow: "15",
  orange: "25",
  red: "40",
  hysteresis: "",
  ownerDept: "URBAN",
  every: "60000",
  staleAfter: "180000",
  precision: "1",
  source: "sensors",
  metric: "depth",
  kind: "ponding",
  system: "",
  aggregate: "max",
  windowKind: "latest",
  window: "",
  step: "",
  weightBy: "",
  percentile: "",
  where: "",
  formula: "",
  baseline: "none",
  scopes: "city;district;object",
  target: "",
  priority: "2",
  category: "waterlogging",
  opensIncident: "true",
  note: "",
};

function problems(...rows: Record<string, string>[]): string[] {
  try {
    readCatalogue(rows.map((change) => ({ ...row, ...change })));
  } catch (error) {
    return (error as CatalogueError).problems;
  }
  return [];
}

it("a row of the city pack becomes an indicator", () => {
  expect(readCatalogue([row])).toEqual([
    {
      id: "water.pondingDepth",
      theme: "水务",
      themeEn: "Water",
      nameZh: "道路积水最大深度",
      nameEn: "Max road ponding",
      unit: "cm",
      direction: "L",
      thresholds: { red: 40, orange: 25, yellow: 15, blue: 5 },
      hysteresis: null,
      owner: "URBAN",
      every: 60_000,
      staleAfter: 180_000,
      precision: 1,
      source: {
        from: "sensors",
        metric: "depth",
        kind: "ponding",
        system: null,
        aggregate: "max",
        window: { kind: "latest", length: 0, step: 0 },
        weightBy: null,
        percentile: null,
        where: null,
      },
      scopes: ["city", "district", "object"],
      target: null,
      opensIncident: {
        level: "blue",
        priority: 2,
        category: "waterlogging",
        department: "URBAN",
      },
      note: "",
      rev: 1,
    },
  ]);
});

it("opens an incident from any level on, from one that it names, or never", () => {
  const opens = (opensIncident: string) =>
    readCatalogue([{ ...row, opensIncident }])[0]!.opensIncident?.level;
  expect(["true", "red", "false", ""].map(opens)).toEqual([
    ...["blue", "red", undefined, undefined],
  ]);
  expect(() => opens("pink")).toThrow(/neither true, false nor a level/);
});

it("a share is a deviation from the usual, a dash is no limit", () => {
  const [indicator] = readCatalogue([
    { ...row, blue: "+20%", yellow: "", orange: "—", red: "+100%" },
  ]);
  expect(indicator?.thresholds).toEqual({
    blue: { deviation: 20 },
    red: { deviation: 100 },
  });
});

it("the measure of an internal indicator stands in the column formula", () => {
  const [indicator] = readCatalogue([
    { ...row, source: "internal", formula: "openIncidents", scopes: "city" },
  ]);
  expect(indicator?.source).toEqual({
    from: "internal",
    measure: "openIncidents",
  });
});

it("what a rate is at least over stands in the column least", () => {
  const rate = { ...row, source: "internal", formula: "onTimeRate" };
  const [indicator] = readCatalogue([{ ...rate, least: "20", scopes: "city" }]);
  expect(indicator?.source).toEqual({
    ...{ from: "internal", measure: "onTimeRate", least: 20 },
  });
  expect(() =>
    readCatalogue([{ ...rate, least: "few", scopes: "city" }]),
  ).toThrow('column least: "few" is no number');
});

it.each([
  [{ id: "Water" }, "line 2, column id: "],
  [{ direction: "X" }, "line 2, column direction: "],
  [{ blue: "about 5" }, 'column blue: "about 5" is neither'],
  [{ every: "1 min" }, 'column every: "1 min" is no number'],
  [{ every: "" }, "column every: "],
  [{ source: "guess" }, 'column source: "guess" is none of'],
  [{ aggregate: "median" }, "column aggregate: "],
  [{ windowKind: "tumbling" }, "column window: a tumbling window needs"],
  [{ windowKind: "sliding", window: "60000" }, "column step: "],
  [{ aggregate: "ratio" }, "column where: ratio needs a condition"],
  [{ aggregate: "weightedMean" }, "column weightBy: "],
  [{ aggregate: "percentile" }, "column percentile: "],
  [{ aggregate: "rate" }, "column windowKind: rate needs"],
  [{ where: "value >" }, "column where: "],
  [{ where: "valeu > 1" }, "column where: Unknown variable: valeu"],
  [{ source: "formula", formula: "1", scopes: "city" }, "column formula: "],
  [{ source: "reported" }, "column scopes: object needs sensors"],
  [{ scopes: "" }, "column scopes: name at least one"],
  [{ scopes: "town" }, "column scopes: "],
  [{ red: "1" }, "column red: limits must rise from blue to red"],
  [{ direction: "N" }, "column direction: N is never coloured"],
  [{ priority: "7" }, "column priority: "],
])("%o is told as %s", (change, sentence) => {
  const told = problems(change);
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(sentence);
});

it("every problem of the file is told at once, by line", () => {
  const told = problems({ every: "x" }, {}, { blue: "?" }, {});
  expect(told).toEqual([
    'indicators.csv line 2, column every: "x" is no number',
    expect.stringContaining("line 4, column blue"),
    "indicators.csv line 5, column id: water.pondingDepth stands on line 3 already",
  ]);
});

it("formulas that read each other are refused with their path", () => {
  const formula = (id: string, reads: string) => ({
    id,
    source: "formula",
    scopes: "city",
    formula: `ind["${reads}"] * 2.0`,
  });
  expect(problems(formula("a.a", "b.b"), formula("b.b", "a.a"))).toEqual([
    "formulas go round in a circle: a.a → b.b → a.a",
  ]);
});
