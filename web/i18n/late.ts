/** By how much something is late: said in one way on every page. */
import { useI18n } from "vue-i18n";
import { DAY, HOUR, MINUTE } from "../../contract/time.ts";

/** In whole units that have passed, the largest that tells something: the key of `late.*` and its number. Pure. */
export function lateness(ms: number): {
  key: "minutes" | "hours" | "days";
  n: number;
} {
  if (ms < HOUR)
    return { key: "minutes", n: Math.max(1, Math.floor(ms / MINUTE)) };
  if (ms < 2 * DAY) return { key: "hours", n: Math.floor(ms / HOUR) };
  return { key: "days", n: Math.floor(ms / DAY) };
}

/** @returns what says so of ms: `超 3 小时`, `3 h late` */
export function useLateness(): (ms: number) => string {
  const { t } = useI18n({ useScope: "global" });
  return (ms) => {
    const { key, n } = lateness(ms);
    return t(`late.${key}`, { n });
  };
}
