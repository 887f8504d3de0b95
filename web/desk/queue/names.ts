/** Names of what a queue's rows name by code, in the reader's language. */
import { computed } from "vue";
import type { QueueFacet } from "../../../contract/filter.ts";
import type { QueueRow } from "../../../contract/incident.ts";
import { useLanguage } from "../../i18n/index.ts";
import { useLateness } from "../../i18n/late.ts";
import { lettersOf } from "../../i18n/pinyin.ts";
import { useCity } from "../../live/city.ts";
import { useWording } from "../../live/wording.ts";
import type { DeskWord } from "../words.ts";
import { NONE } from "./facets.ts";

/** @param t the desk's words */
export function useNames(t: DeskWord) {
  const { nameOf, shortNameOf } = useLanguage();
  const { facetWord, priorityWord, placeWord } = useWording();
  const { city, districts, departments, categories, calendar } = useCity();
  const byCode = computed(
    () => new Map(districts.value.map((one) => [one.code, one])),
  );

  const domains = computed(
    () => new Map(city.value?.domains.map((one) => [one.code, one])),
  );

  const named = <R extends { nameZh: string; nameEn: string }>(
    rows: ReadonlyMap<string, R>,
    code: string,
  ) => {
    const found = rows.get(code);
    return found ? shortNameOf(found) : code;
  };
  const department = (code: string) => named(departments.value, code);

  function category(code: string): string {
    const found = categories.value.get(code);
    return found ? nameOf(found) : code;
  }

  /** Where it is; of what has no address at least what kind of matter it is. */
  function place({ district, address, category: kind }: QueueRow): string {
    const rest = address || (kind === null ? "" : category(kind));
    return placeWord({ district, address: rest });
  }

  function value(facet: QueueFacet, code: string): string {
    switch (facet) {
      case "need":
        return t(`need.${code}`);
      case "priority":
        return priorityWord(code === NONE ? null : Number(code));
      case "status":
      case "source":
        return facetWord(facet, code);
      case "district":
        return code === NONE ? t("noDistrict") : named(byCode.value, code);
      case "domain":
        return code === NONE ? t("noDomain") : named(domains.value, code);
      case "category":
        return code === NONE ? t("noCategory") : category(code);
      case "department":
        return code === NONE ? t("noDepartment") : department(code);
    }
  }

  /** The major that a category belongs to. */
  function majorOf(code: string): string {
    const found = categories.value.get(code);
    return found?.parent ? majorOf(found.parent) : code;
  }

  /** What facets count by; undefined in a city without domains. */
  function domainOf(code: string | null): string | null | undefined {
    if (domains.value.size === 0) return undefined;
    return code === null ? null : (categories.value.get(code)?.domain ?? null);
  }

  /** What can be searched for; names, which are few, by their pinyin as well. */
  function textOf(row: QueueRow): string {
    const { district } = row;
    const named = [
      facetWord("source", row.source),
      ...(row.category === null ? [] : [category(row.category)]),
      ...(district === null ? [] : [value("district", district)]),
      ...row.handlers.map(department),
    ];
    const letters = named.map(lettersOf);
    return [row.number, row.title, place(row), ...named, ...letters].join(" ");
  }

  return {
    late: useLateness(),
    ...{ t, place, department, category, value, majorOf, domainOf, textOf },
    /** The city's working time; null until it is known. */
    calendar,
  };
}
