/** What the parts that figures are counted by are called: codes are told, names are shown. */
import type { Statistics } from "../../contract/statistics.ts";
import { useLanguage } from "../i18n/index.ts";
import { useCity } from "../live/city.ts";
import { useWording } from "../live/wording.ts";
import { useStatisticsWords } from "./words.ts";

type Part =
  "district" | "department" | "town" | "domain" | "source" | "matterClass";
/** Name of a part's code; of an empty one, that none is known. */
export type PartNames = Record<Part, (key: string) => string>;

/** @param towns as they were told with the figures */
export function usePartNames(towns: () => Statistics["towns"]): PartNames {
  const { t } = useStatisticsWords();
  const { nameOf } = useLanguage();
  const { facetWord } = useWording();
  const { city, districts, departments } = useCity();
  return {
    district(key) {
      const found = districts.value.find(({ code }) => code === key);
      return found ? nameOf(found) : key || t("unknown");
    },
    department(key) {
      const found = departments.value.get(key);
      return found ? nameOf(found) : key;
    },
    town(key) {
      const found = towns().find((town) => town.key === key);
      return (key && found && nameOf(found)) || t("unknown");
    },
    domain(key) {
      const found = city.value?.domains.find(({ code }) => code === key);
      return found ? nameOf(found) : key || t("unknown");
    },
    source: (key) => facetWord("source", key),
    matterClass: (key) =>
      ["A", "B", "C"].includes(key) ? t(`matterClass.${key}`) : key,
  };
}
