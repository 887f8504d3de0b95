/** What makes slow progress as a table to be published. */
import type { LimitStage } from "../../contract/limit.ts";
import type { SlowIncident } from "../../contract/slow.ts";
import { HOUR } from "../../contract/time.ts";
import { createZone } from "../../contract/zone.ts";
import type { CityPack } from "../city/pack.ts";
import { STATISTICS_WORDS, type Language } from "./statistics-words.ts";
import { instantOf, type Table } from "./table-file.ts";

interface Words {
  title: string;
  centre: string;
  head: string[];
}

const WORDS: Record<Language, Words> = {
  zh: {
    title: "进展缓慢事项",
    centre: "指挥中心",
    head: [
      ...["部门", "编号", "标题", "类别", "区县", "环节"],
      ...["时限", "超期（小时）", "督办级别"],
    ],
  },
  en: {
    title: "Slow progress",
    centre: "Command centre",
    head: [
      ...["Department", "Number", "Title", "Category", "District", "Stage"],
      ...["Deadline", "Late (h)", "Supervised, level"],
    ],
  },
};

export function slowTable(
  items: readonly SlowIncident[],
  pack: Pick<CityPack, "city" | "departments" | "districts" | "categories">,
  language: Language,
): Table {
  const words = WORDS[language];
  const zone = createZone(pack.city.timeZone);
  const stage = (of: LimitStage | null) =>
    of === null ? "" : STATISTICS_WORDS[language].stage[of];
  const naming = (
    all: readonly { code: string; nameZh: string; nameEn: string }[],
  ) => {
    const names = new Map(
      all.map(({ code, nameZh, nameEn }) => [
        code,
        (language === "en" && nameEn) || nameZh,
      ]),
    );
    return (code: string | null) => (code && names.get(code)) ?? code ?? "";
  };
  const department = naming(pack.departments);
  const category = naming(pack.categories);
  const district = naming(pack.districts);
  return {
    head: words.head,
    sheets: [
      {
        name: words.title,
        rows: items.map((one) => [
          department(one.department) || words.centre,
          ...[one.number, one.title],
          ...[category(one.category), district(one.district)],
          ...[
            stage(one.stage),
            one.dueAt === null ? "" : instantOf(one.dueAt, zone),
          ],
          one.lateBy === 0 ? null : Number((one.lateBy / HOUR).toFixed(2)),
          one.supervised || null,
        ]),
      },
    ],
  };
}
