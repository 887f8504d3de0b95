/** Statistics as rows of a table, for spreadsheets: one shape for the whole, its stages and its parts. */
import {
  percentOf,
  type Figures,
  type Part,
  type Percentiles,
  type Share,
  type Statistics,
} from "../../contract/statistics.ts";
import { HOUR } from "../../contract/time.ts";
import type { CityPack } from "../city/pack.ts";
import {
  STATISTICS_WORDS,
  type ColumnName,
  type Language,
} from "./statistics-words.ts";
import type { Cell, Table } from "./table-file.ts";

const SECTIONS = [
  "districts",
  "sources",
  "classes",
  "domains",
  "towns",
] as const;

const rounded = (value: number, digits: number) =>
  Number(value.toFixed(digits));
const percent = (share: Share): Cell => {
  const value = percentOf(share);
  return value === null ? null : rounded(value, 2);
};
const hours = (ms: number | undefined): Cell =>
  ms === undefined ? null : rounded(ms / HOUR, 2);

interface Told {
  figures?: Figures;
  /** Of a stage, which has no figures but these. */
  kept?: { inForce: Share; first: Share };
  natural: Percentiles | null;
  worked: Percentiles | null;
}

/** Columns behind section, code and name; what a row does not have stays empty. */
const COLUMNS: Record<ColumnName, (told: Told) => Cell> = {
  registered: ({ figures }) => figures?.registered ?? null,
  dispatched: ({ figures }) => figures?.dispatched ?? null,
  closed: ({ figures }) => figures?.closed ?? null,
  wholeKept: ({ figures }) => figures?.onTime.n ?? null,
  wholeSettled: ({ figures }) => figures?.onTime.of ?? null,
  wholeRate: ({ figures }) => (figures ? percent(figures.onTime) : null),
  wholeRateFirst: ({ figures }) =>
    figures ? percent(figures.onTimeFirst) : null,
  kept: ({ figures, kept }) => (kept?.inForce ?? figures?.handled)?.n ?? null,
  settled: ({ figures, kept }) =>
    (kept?.inForce ?? figures?.handled)?.of ?? null,
  rate: ({ figures, kept }) => percent(kept?.inForce ?? figures!.handled),
  rateFirst: ({ figures, kept }) =>
    percent(kept?.first ?? figures!.handledFirst),
  fedBack: ({ figures }) => figures?.rework.of ?? null,
  reworked: ({ figures }) => figures?.rework.n ?? null,
  reworkRate: ({ figures }) => (figures ? percent(figures.rework) : null),
  returned: ({ figures }) => figures?.returns.n ?? null,
  returnRate: ({ figures }) => (figures ? percent(figures.returns) : null),
  accuracy: ({ figures }) => (figures ? percent(figures.accuracy) : null),
  supervised: ({ figures }) => figures?.supervision.n ?? null,
  superviseRate: ({ figures }) =>
    figures ? percent(figures.supervision) : null,
  reached: ({ figures }) => figures?.reached.n ?? null,
  satisfaction: ({ figures }) =>
    figures ? percent(figures.satisfaction) : null,
  naturalP50: ({ natural }) => hours(natural?.p50),
  naturalP90: ({ natural }) => hours(natural?.p90),
  workedP50: ({ worked }) => hours(worked?.p50),
  workedP90: ({ worked }) => hours(worked?.p90),
};
const NAMES = Object.keys(COLUMNS) as ColumnName[];

export function sheetsOf(
  statistics: Statistics,
  pack: Pick<CityPack, "city" | "departments" | "districts">,
  language: Language,
): Table {
  const words = STATISTICS_WORDS[language];
  const nameIn = (
    all: readonly { code: string; nameZh: string; nameEn: string }[],
    key: string,
  ): string => {
    const found = all.find(({ code }) => code === key);
    const name = language === "zh" ? found?.nameZh : found?.nameEn;
    return name || found?.nameZh || key || words.unknown;
  };
  const row = (section: string, key: string, name: string, told: Told) => [
    ...[section, key, name],
    ...NAMES.map((column) => COLUMNS[column](told)),
  ];
  const parts = (
    section: keyof typeof words.section,
    all: Part[],
    name: (key: string) => string,
  ) => ({
    name: words.section[section],
    rows: all.map(({ key, figures, natural }) =>
      row(words.section[section], key, name(key), {
        ...{ figures, natural, worked: null },
      }),
    ),
  });
  const totals = words.section.totals;
  const stages = words.section.stages;
  const named: Record<(typeof SECTIONS)[number], (key: string) => string> = {
    districts: (key) => nameIn(pack.districts, key),
    sources: (key) => key,
    classes: (key) => words.matterClass[key] ?? key,
    domains: (key) => nameIn(pack.city.domains, key),
    towns: (key) => nameIn(townNames, key),
  };
  const townNames = statistics.towns.map(({ key, nameZh, nameEn }) => ({
    ...{ code: key, nameZh, nameEn },
  }));
  /** What not every city has. */
  const has = {
    domains: pack.city.domains.length > 0,
    towns: statistics.towns.length > 0,
  };
  return {
    head: [...words.head, ...NAMES.map((column) => words.column[column])],
    sheets: [
      {
        name: totals,
        rows: (["totals", "before"] as const).map((which) =>
          row(totals, which, words[which], {
            ...{ figures: statistics[which], natural: null, worked: null },
          }),
        ),
      },
      {
        name: stages,
        rows: statistics.stages.map(
          ({ stage, kept, keptFirst, natural, worked }) =>
            row(stages, stage, words.stage[stage], {
              kept: { inForce: kept, first: keptFirst },
              ...{ natural, worked },
            }),
        ),
      },
      parts("departments", statistics.departments, (key) =>
        nameIn(pack.departments, key),
      ),
      ...SECTIONS.filter(
        (section) => !(section in has) || has[section as keyof typeof has],
      ).map((section) => parts(section, statistics[section], named[section])),
    ],
  };
}
