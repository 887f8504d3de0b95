/** Puts signs, levels and ages into the reader's words. */
import { computed } from "vue";
import { useI18n } from "vue-i18n";
import type { Indicator } from "../../contract/indicator.ts";
import type { Freshness, Priority, State } from "../../contract/level.ts";
import { useLanguage } from "../i18n/index.ts";
import { difference, figure, shortFigure } from "../i18n/numbers.ts";
import { age } from "../i18n/times.ts";
import { isEasing } from "./bands.ts";
import { useCity } from "./city.ts";
import type { Sign } from "./indicator.ts";

export interface Comparison {
  label: string;
  text: string;
  /** Better or worse by the indicator's direction; null where neither. */
  better: boolean | null;
}

export function useWording() {
  const { t, te, tm } = useI18n({ useScope: "global" });
  const { nameOf, shortNameOf, language } = useLanguage();
  const { city, districts } = useCity();
  const byCode = computed(
    () => new Map(districts.value.map((one) => [one.code, one])),
  );

  // Units hold dots, spaces and slashes: no path of a message, but a key.
  const units = computed<Record<string, string>>(() => tm("unit"));
  const unitOf = (unit: string) => units.value[unit] ?? unit;

  const levelWord = (state: State) => t(`level.${state}`);

  /** Empty until the catalogue is here. */
  function nameOfRow(row: Indicator | null | undefined): string {
    if (row) return nameOf(row);
    return city.value ? t("widget.noIndicator") : "";
  }

  function compare(sign: Sign): Comparison | null {
    const { row, view } = sign;
    const before = view?.baseline ?? view?.dayAgo ?? null;
    if (view === null || view.value === null || before === null) return null;
    const by = view.value - before;
    const label =
      view.baseline !== null ? t("since.baseline") : t("since.dayAgo");
    const share = (by / Math.abs(before)) * 100;
    const text =
      view.baseline !== null && before !== 0
        ? `${difference(share, 0)}%`
        : difference(by, row?.precision);
    const still = !/[1-9]/.test(text);
    const upIsGood = row?.direction === "H";
    return {
      label,
      text: still ? t("since.same") : text,
      better:
        still || !row || row.direction === "N" ? null : by > 0 === upIsGood,
    };
  }

  /** The district where the address does not begin with it, then the address; empty where neither is known. */
  function placeWord({
    district: code,
    address,
  }: {
    district: string | null;
    address: string;
  }): string {
    const district = byCode.value.get(code ?? "");
    const isSaid = district && address.startsWith(district.nameZh);
    const named = district && !isSaid ? shortNameOf(district) : "";
    return [named, address].filter(Boolean).join(" ");
  }

  const isSignEasing = (sign: Sign): boolean =>
    isEasing(sign.view, sign.state, sign.row);

  return {
    language,
    nameOf,
    unitOf,
    compare,
    nameOfRow,
    nameOfSign: (sign: Sign) => nameOfRow(sign.row),
    themeOf: (row: Indicator) =>
      language.value === "zh" ? row.theme : row.themeEn || row.theme,
    unitOfSign: (sign: Sign) => (sign.row ? unitOf(sign.row.unit) : ""),
    valueOfSign: (sign: Sign) =>
      figure(sign.view?.value ?? null, sign.row?.precision),
    /** For narrow cells. */
    shortOfSign: (sign: Sign) =>
      shortFigure(
        sign.view?.value ?? null,
        language.value,
        sign.row?.precision,
      ),
    levelWord,
    isSignEasing,
    /** A sign's level, and whether its value is back while hysteresis holds it. */
    levelOfSign: (sign: Sign) => {
      const level = levelWord(sign.state);
      return isSignEasing(sign) ? t("easing", { level }) : level;
    },
    priorityWord: (priority: Priority | null) =>
      t(`priority.${priority === null ? "none" : `p${priority}`}`),
    placeWord,
    freshWord: (freshness: Freshness) => t(`freshness.${freshness}`),
    /** An incident's source or status; a code that is not in the dictionary says itself. */
    facetWord: (facet: string, value: string) => {
      const key =
        facet === "status" ? `incidentStatus.${value}` : `${facet}.${value}`;
      return te(key) ? t(key) : value;
    },
    ageWord: (ms: number) => {
      const { key, n } = age(ms);
      return t(`age.${key}`, { n });
    },
  };
}
