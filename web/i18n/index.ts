/** Languages of the pages: Chinese by default, English by `?lang=en`. */
import { computed } from "vue";
import { createI18n, useI18n } from "vue-i18n";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

export const LANGUAGES = ["zh", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text that data carries in both languages. */
export type Words = Record<Language, string>;

export const isLanguage = (text: unknown): text is Language =>
  LANGUAGES.includes(text as Language);

export function createLanguages(locale: Language = "zh") {
  return createI18n({
    legacy: false,
    locale,
    fallbackLocale: "zh",
    // A widget's own words fall back to the shared ones: not worth a warning.
    missingWarn: false,
    fallbackWarn: false,
    messages: { zh, en },
  });
}

/** The present language and the right half of what data says in both. */
export function useLanguage() {
  const { locale } = useI18n({ useScope: "global" });
  const language = computed<Language>({
    get: () => (isLanguage(locale.value) ? locale.value : "zh"),
    set: (to) => {
      locale.value = to;
    },
  });
  return {
    language,
    say: (words: Words) => words[language.value],
    /** Name of a row that carries `nameZh` and `nameEn`. */
    nameOf: (row: { nameZh: string; nameEn: string }) =>
      language.value === "zh" ? row.nameZh : row.nameEn || row.nameZh,
    /** For tables of districts, where every row is one: English leaves the word out, as signs and maps do. */
    shortNameOf: (row: { nameZh: string; nameEn: string }) =>
      language.value === "zh"
        ? row.nameZh
        : row.nameEn.replace(/ (District|County|City)$/, "") || row.nameZh,
  };
}
