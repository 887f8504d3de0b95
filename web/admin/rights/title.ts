/** What a change is about, in a few words. */
import { useI18n } from "vue-i18n";
import type { ChangeRequest } from "../../../contract/rights.ts";
import { useNames } from "../names.ts";

export function useTitle() {
  const { t } = useI18n({ useScope: "parent" });
  const names = useNames();
  return ({ change, target }: ChangeRequest): string =>
    t(`rights.kind.${change.kind}`, {
      target: change.kind === "role" ? names.role(change.role) : target,
    });
}
