/** Names of roles, actions, departments and districts in the page's language. */
import { useI18n } from "vue-i18n";
import { isWholeCity, type DataScope } from "../../contract/data-scope.ts";
import { useLanguage } from "../i18n/index.ts";
import { STEP_WORDS } from "../i18n/steps.ts";
import { useCity } from "../live/city.ts";
import { useWording } from "../live/wording.ts";
import { useDesk } from "./desk.ts";

export function useNames() {
  const { t, te } = useI18n({ useScope: "parent" });
  const { nameOf, language } = useLanguage();
  const { facetWord } = useWording();
  const { roles } = useDesk();
  const { departments, districts } = useCity();

  const role = (code: string): string => {
    const found = roles.value.find((one) => one.code === code);
    return found ? nameOf(found) : code;
  };
  const action = (code: string): string =>
    te(`actions.${code}.name`) ? t(`actions.${code}.name`) : code;
  const department = (code: string): string => {
    const found = departments.value.get(code);
    return found ? nameOf(found) : code;
  };
  const district = (code: string): string => {
    const found = districts.value.find((one) => one.code === code);
    return found ? nameOf(found) : code;
  };
  /** Of an incident, as the desk calls it. */
  const step = (code: string): string => {
    const words: Record<string, string> = STEP_WORDS[language.value];
    return words[code] ?? code;
  };
  const status = (code: string) => facetWord("status", code);
  /** `All departments` or their names, and the same of districts. */
  const listed = (
    codes: readonly string[] | null,
    name: (code: string) => string,
    all: string,
  ): string[] => (codes === null ? [t(all)] : codes.map(name));
  const departmentsOf = (scope: DataScope) =>
    listed(scope.departments, department, "scope.allDepartments");
  const districtsOf = (scope: DataScope) =>
    listed(scope.districts, district, "scope.allDistricts");
  function scopeText(scope: DataScope): string {
    if (isWholeCity(scope)) return t("scope.whole");
    const parts = [departmentsOf(scope), districtsOf(scope)];
    // Without a department or without a district nothing is seen at all.
    return parts.some((names) => names.length === 0)
      ? t("scope.none")
      : parts.map((names) => names.join(t("list"))).join(" · ");
  }
  return {
    role,
    action,
    department,
    district,
    ...{ step, status },
    ...{ departmentsOf, districtsOf, scopeText },
  };
}
