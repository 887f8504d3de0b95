/** Names of what an incident speaks of, in the reader's language: a code without a name stands for itself. */
import type { AreaName } from "../../../contract/area.ts";
import { useLanguage } from "../../i18n/index.ts";
import { useSentences, type Names } from "../../i18n/sentence.ts";
import { moment } from "../../i18n/times.ts";
import { useCity } from "../../live/city.ts";
import { useWording } from "../../live/wording.ts";
import { useLive } from "../../live/source.ts";
import { useWords } from "./words/index.ts";

/** Names, and the hub's sentences told with them. Once in each component. */
export function useNames() {
  const { t, te } = useWords();
  const { nameOf } = useLanguage();
  const { departments, categories, districts, zone } = useCity();
  const { facetWord, priorityWord } = useWording();
  const live = useLive();

  const named = (
    rows: ReadonlyMap<string, { nameZh: string; nameEn: string }>,
    code: string,
  ): string => {
    const found = rows.get(code);
    return found ? nameOf(found) : code;
  };
  const word = (key: string, code: string) =>
    te(`${key}.${code}`) ? t(`${key}.${code}`) : code;

  const names = {
    department: (code) => named(departments.value, code),
    district: (code) => {
      const found = districts.value.find((one) => one.code === code);
      return found ? nameOf(found) : code;
    },
    step: (code) => word("step", code),
    status: (code) => facetWord("status", code),
    orderStatus: (code) => word("orderStatus", code),
  } satisfies Partial<Names>;
  return {
    ...names,
    t,
    te,
    priorityWord,
    ...useSentences(names),
    category: (code: string) => named(categories.value, code),
    /** From the largest to the smallest. */
    areaPath: (areas: readonly AreaName[]) => areas.toReversed().map(nameOf),
    source: (code: string) => facetWord("source", code),
    /** In city time, with its date where it is not of today. */
    when: (at: number) => moment(at, live.now(), zone.value),
  };
}
export type Naming = ReturnType<typeof useNames>;
