/** Names of roles, actions, departments and districts in the page's language. */
import { useI18n } from "vue-i18n";
import { isWholeCity, type DataScope } from "../../contract/data-scope.ts";
import { useLanguage } from "../i18n/index.ts";
import { useCity } from "../live/city.ts";
import { useDesk } from "./desk.ts";

export function useNames() {
  const { t, te } = useI18n({ useScope: "parent" });
  const { nameOf } = useLanguage();
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
    ...{ departmentsOf, districtsOf, scopeText },
  };
}
