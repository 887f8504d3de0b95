/** The rules of sign-in line by line: in which unit a person reads and writes each. */
import { useI18n } from "vue-i18n";
import { Policy } from "../../../contract/rights.ts";
import { DAY, HOUR, MINUTE } from "../../../contract/time.ts";

export type PolicyKey = keyof Policy;
export const POLICY_KEYS = Object.keys(Policy.shape) as PolicyKey[];

type Unit =
  "signs" | "kinds" | "passwords" | "times" | "days" | "minutes" | "hours";
export type NumberKey = Exclude<PolicyKey, "oneSession">;

/** Unit of each number, and how much of what the hub keeps is one of it. */
export const UNITS: Record<NumberKey, { unit: Unit; size: number }> = {
  passwordLength: { unit: "signs", size: 1 },
  passwordKinds: { unit: "kinds", size: 1 },
  passwordHistory: { unit: "passwords", size: 1 },
  passwordDays: { unit: "days", size: 1 },
  lockAfter: { unit: "times", size: 1 },
  lockFor: { unit: "minutes", size: MINUTE },
  idleAfter: { unit: "minutes", size: MINUTE },
  sessionFor: { unit: "hours", size: HOUR },
  auditDays: { unit: "days", size: 1 },
  reporterDays: { unit: "days", size: 1 },
};

/** Zero turns these off. */
const NEVER: readonly PolicyKey[] = [
  "passwordDays",
  "idleAfter",
  "reporterDays",
];
export const endsAtZero = (key: PolicyKey): boolean => NEVER.includes(key);

/** The least and the most that the hub takes, in the line's unit. */
export function limitsOf(key: NumberKey): { min: number; max: number } {
  const { minValue, maxValue } = Policy.shape[key];
  const { size } = UNITS[key];
  return { min: (minValue ?? 0) / size, max: (maxValue ?? DAY) / size };
}

/** A line's value in words: `15 minutes`, `never`, `yes`. */
export function usePolicyText() {
  const { t } = useI18n({ useScope: "parent" });
  return (key: PolicyKey, value: number | boolean): string => {
    if (typeof value === "boolean")
      return t(value ? "policy.yes" : "policy.no");
    if (value === 0 && endsAtZero(key)) return t("policy.never");
    const { unit, size } = UNITS[key as NumberKey];
    const n = Number((value / size).toFixed(2));
    return t(`policy.unit.${unit}`, { n });
  };
}
