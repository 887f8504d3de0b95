/** The audit's rows of what differs, in words: fields by their names, codes by what people call them. The raw text stays beside. */
import { useI18n } from "vue-i18n";
import { useCity } from "../../live/city.ts";
import type { Part, Row } from "../difference.ts";
import { useNames } from "../names.ts";
import { POLICY_KEYS, usePolicyText, type PolicyKey } from "../policy/lines.ts";
import { second } from "../when.ts";

const INSTANT = /(At|until)$/;

const isPolicy = (field: string): field is PolicyKey =>
  (POLICY_KEYS as readonly string[]).includes(field);

export function useFieldWords() {
  const { t, te } = useI18n({ useScope: "parent" });
  const { zone } = useCity();
  const names = useNames();
  const policyText = usePolicyText();

  const namings: Readonly<Record<string, (code: string) => string>> = {
    ...{ role: names.role, roles: names.role, actions: names.action },
    ...{ department: names.department, departments: names.department },
    ...{ districts: names.district, owner: names.department },
    kind: (kind) =>
      te(`fields.kind.${kind}`) ? t(`fields.kind.${kind}`) : kind,
    state: (state) =>
      te(`devices.state.${state}`) ? t(`devices.state.${state}`) : state,
  };
  /** Nothing in these means no limit. */
  const everything: Readonly<Record<string, string>> = {
    departments: "scope.allDepartments",
    districts: "scope.allDistricts",
    allow: "feeds.anywhere",
  };

  function fieldWord(field: string): string {
    if (isPolicy(field)) return t(`policy.line.${field}`);
    return te(`fields.name.${field}`) ? t(`fields.name.${field}`) : field;
  }

  /** @param text a value as JSON writes it, a string without its quotes */
  function valueWord(field: string, text: string): string {
    if (text === "null") return t(everything[field] ?? "fields.null");
    const isSwitch = text === "true" || text === "false";
    if (isPolicy(field) && (isSwitch || /^\d+$/.test(text)))
      return policyText(field, isSwitch ? text === "true" : Number(text));
    if (isSwitch) return t(text === "true" ? "fields.yes" : "fields.no");
    if (INSTANT.test(field) && /^\d{12,14}$/.test(text))
      return second(Number(text), zone.value);
    return namings[field]?.(text) ?? text;
  }

  /** @param label the path of a field: `scope.districts` */
  return ({ label, parts }: Row): Row => {
    const path = label.split(".");
    const field = path.at(-1) ?? "";
    const word = path.map(fieldWord).join(" · ");
    const told = (part: Part): Part => {
      const text = valueWord(field, part.text);
      return text === part.text ? part : { ...part, text, raw: part.text };
    };
    return { label: word, raw: label, parts: parts.map(told) };
  };
}
