/** Says a refusal's kind in the reader's language; the hub's own sentence stands beneath it. */
import { useI18n } from "vue-i18n";
import { refusalOf } from "./refusal.ts";
import { words } from "./words.ts";

export function useReason() {
  const { t } = useI18n({ useScope: "local", messages: words });
  return (path: string): string => {
    const { kind, n, field } = refusalOf(path);
    const said = t(`refusal.${kind}`, { field });
    return n === null ? said : t("refused", { n, kind: said });
  };
}
