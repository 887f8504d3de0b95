/** What a field lets choose from, in the reader's language. */
import { computed } from "vue";
import type { Candidate } from "../../../../contract/likeness.ts";
import { useLanguage } from "../../../i18n/index.ts";
import { useCity } from "../../../live/city.ts";
import { useTopic } from "../../../live/topic.ts";

export interface Choice {
  value: string;
  name: string;
  /** Beside the name, and searched as well. */
  hint?: string;
}

export function useCityChoices() {
  const { departments, categories } = useCity();
  const { nameOf } = useLanguage();
  const rows = (
    of: ReadonlyMap<string, { code: string; nameZh: string; nameEn: string }>,
  ): Choice[] =>
    [...of.values()].map((row) => ({
      value: row.code,
      name: nameOf(row),
      hint: row.code,
    }));
  return {
    departments: computed(() => rows(departments.value)),
    categories: computed(() => rows(categories.value)),
  };
}

/** Open incidents beside this one, likely duplicates first. */
export function useIncidentChoices(
  id: string,
  likely: () => readonly Candidate[],
) {
  const queue = useTopic("queue", {});
  return computed((): Choice[] => {
    const first = new Set(likely().map((one) => one.id));
    const others = [...queue.items.values()].filter(
      (row) => row.id !== id && !first.has(row.id),
    );
    return [...likely(), ...others].map((row) => ({
      value: row.id,
      name: row.title,
      hint: row.number,
    }));
  });
}
