/** A change of rights as rows of what goes and what comes. */
import { useI18n } from "vue-i18n";
import type { Policy, RightsChange } from "../../../contract/rights.ts";
import { isChanged, listRow, valueRow, type Row } from "../difference.ts";
import { useNames } from "../names.ts";
import { POLICY_KEYS, usePolicyText } from "../policy/lines.ts";

type Of<K extends RightsChange["kind"]> = Extract<RightsChange, { kind: K }>;

export function useChangeRows() {
  const { t } = useI18n({ useScope: "parent" });
  const names = useNames();
  const policyText = usePolicyText();

  const accessRows = (
    after: Of<"access">,
    before: Of<"access"> | null,
  ): Row[] => {
    const row = (label: string, list: (of: Of<"access">) => string[]) =>
      listRow(t(label), before ? list(before) : [], list(after));
    return [
      row("accounts.roles", ({ roles }) => roles.map(names.role)),
      row("scope.departments", ({ scope }) => names.departmentsOf(scope)),
      row("scope.districts", ({ scope }) => names.districtsOf(scope)),
    ];
  };
  const policyRows = (after: Policy, before: Policy | null): Row[] =>
    POLICY_KEYS.map((key) =>
      valueRow(
        t(`policy.line.${key}`),
        before && policyText(key, before[key]),
        policyText(key, after[key]),
      ),
    ).filter(isChanged);

  /** @param before what holds now, of the same kind; null where there is nothing to compare */
  return (after: RightsChange, before: RightsChange | null): Row[] => {
    const same = before?.kind === after.kind ? before : null;
    switch (after.kind) {
      case "access":
        return accessRows(after, same as Of<"access"> | null);
      case "role":
        return [
          listRow(
            t("roles.actions"),
            (same as Of<"role"> | null)?.actions.map(names.action) ?? [],
            after.actions.map(names.action),
          ),
        ];
      case "policy":
        return policyRows(
          after.policy,
          (same as Of<"policy"> | null)?.policy ?? null,
        );
      case "enable":
        return [
          valueRow(
            t("accounts.stateLabel"),
            t("accounts.state.disabled"),
            t("accounts.state.enabled"),
          ),
        ];
      case "reset":
        return [
          valueRow(
            t("rights.signIn"),
            t("rights.presentPassword"),
            t("rights.newLink"),
          ),
        ];
    }
  };
}
