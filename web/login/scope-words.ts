/** A data scope in words: names where this account may know them, else their codes. */
import { computed } from "vue";
import type { DataScope } from "../../contract/data-scope.ts";
import { useLanguage } from "../i18n/index.ts";
import { useAsk } from "../live/ask.ts";
import { useLive } from "../live/source.ts";
import type { Say } from "./words.ts";

interface Named {
  code: string;
  nameZh: string;
  nameEn: string;
}

export function useScopeWords(t: Say) {
  const { nameOf, language } = useLanguage();
  const live = useLive();
  const { answer } = useAsk(() => live.call("getCity"));

  function listed(codes: string[] | null, all: string, rows: Named[] = []) {
    if (codes === null) return all;
    if (codes.length === 0) return t("nothing");
    const names = codes.map((code) => {
      const row = rows.find((one) => one.code === code);
      return row ? nameOf(row) : code;
    });
    return names.join(language.value === "zh" ? "、" : ", ");
  }
  return {
    zone: computed(() => answer.value?.city.timeZone ?? "Asia/Shanghai"),
    departmentsOf: ({ departments }: DataScope) =>
      listed(departments, t("allDepartments"), answer.value?.departments),
    districtsOf: ({ districts }: DataScope) =>
      listed(districts, t("allDistricts"), answer.value?.districts),
  };
}
