/** Rates and lengths of time in the reader's words. */
import { percentOf, type Share } from "../../contract/statistics.ts";
import { DAY, HOUR, MINUTE } from "../../contract/time.ts";
import { figure } from "../i18n/numbers.ts";
import { useStatisticsWords } from "./words.ts";

export function useSaying() {
  const { t } = useStatisticsWords();
  const rate = (share: Share): string => {
    const percent = percentOf(share);
    return percent === null ? t("noData") : `${figure(percent, 1)}%`;
  };
  /** Working time has no days of 24 hours: it stays in hours. */
  function length(ms: number | undefined, isWork = false): string {
    if (ms === undefined) return "—";
    if (ms < HOUR) return t("minutes", { n: figure(ms / MINUTE, 0) });
    if (isWork || ms < 3 * DAY)
      return t("hours", { n: figure(ms / HOUR, ms < 100 * HOUR ? 1 : 0) });
    return t("days", { n: figure(ms / DAY, 1) });
  }
  return { t, rate, length };
}
