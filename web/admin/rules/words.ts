/** Texts of limits in the page's language. */
import { useI18n } from "vue-i18n";
import type { LimitRow } from "../../../contract/limit.ts";
import type { Edition } from "../../../contract/rule-table.ts";
import { useLanguage } from "../../i18n/index.ts";
import { useCity } from "../../live/city.ts";
import { minute } from "../when.ts";

export function useRuleWords() {
  const { t } = useI18n({ useScope: "parent" });
  const { nameOf } = useLanguage();
  const { categories, zone } = useCity();

  function categoryName(code: string | null): string {
    if (code === null) return t("rules.everyCategory");
    const found = categories.value.get(code);
    return found ? nameOf(found) : code;
  }
  return {
    categoryName,
    limitText: ({ amount, type }: Pick<LimitRow, "amount" | "type">): string =>
      t(`rules.type.${type}`, { n: amount }),
    /** `Pothole · Handling · class A` */
    rowName: ({ category, stage, matterClass }: LimitRow): string =>
      [
        ...[categoryName(category), t(`rules.stage.${stage}`)],
        ...(matterClass ? [t("rules.ofClass", { matterClass })] : []),
      ].join(" · "),
    editionText: ({ no, at, who }: Edition): string =>
      at === null
        ? t("rules.ofPack")
        : t("rules.editionOf", { no, who, at: minute(at, zone.value) }),
  };
}

/** Hands a file to the browser. */
export function saveFile(name: string, text: string): void {
  // With a byte order mark: office software reads Chinese only then.
  const blob = new Blob(["\uFEFF", text], { type: "text/csv;charset=utf-8" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
