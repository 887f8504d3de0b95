/** What a line of the audit speaks of, in words: its kind and its name; null where it is already what it says. */
import { useI18n } from "vue-i18n";
import type { AuditLine, Named } from "../../../contract/audit.ts";
import { useLanguage } from "../../i18n/index.ts";
import { useNames } from "../names.ts";

/** @param named present names by object, as the hub told them */
export function useObjectWords(named: () => Readonly<Record<string, Named>>) {
  const { t, te } = useI18n({ useScope: "parent" });
  const { nameOf } = useLanguage();
  const names = useNames();

  function nameIn(object: string): string | null {
    const found = named()[object];
    return found ? nameOf(found) : null;
  }
  function nameOfRights({ object, after }: AuditLine, id: string): string {
    if (id === "policy") return t("fields.policy");
    // A person may be called as a role is.
    const isRole = after.includes('"kind":"role"');
    return isRole ? names.role(id) : (nameIn(object) ?? names.role(id));
  }
  return {
    /** Of who did it. */
    whoWord: (who: string) =>
      nameIn(who.includes("/") ? who : `account/${who}`),
    objectWord(line: AuditLine): string | null {
      const [, kind = "", id = ""] =
        /^(\w+)(?:\/(.*))?$/s.exec(line.object) ?? [];
      if (!te(`fields.object.${kind}`)) return null;
      const word = t(`fields.object.${kind}`);
      if (id === "") return word;
      const name =
        kind === "rights"
          ? nameOfRights(line, id)
          : kind === "department"
            ? names.department(id)
            : (nameIn(line.object) ?? id);
      return word + t("fields.colon") + name;
    },
  };
}
