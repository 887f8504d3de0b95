/**
 * What a source is shown as. A source names a system or a way in (热线, 网格上报,
 * videoAi); some feeds write there who called. What the city knows stands as it
 * is; of the rest a person's name is masked like a reporter's.
 */
import type { CityPack } from "../city/pack.ts";
import { seenIn, soundsAsName } from "./mask-forms.ts";
import { maskName, maskRole, maskTitled, readsAsName } from "./mask-names.ts";
import { maskText } from "./mask.ts";

/** Beyond, all are judged anew: a feed may bring a thousand a day. */
const MOST_KNOWN = 10_000;

export interface Sources {
  /** As everybody is shown it. Masks once: what is masked stays as it is. */
  shown(source: string): string;
  /** The city's feeds are others. */
  clear(): void;
}

/** @param feeds that there are now: their names and systems are the city's, too */
export function createSources(
  pack: Pick<CityPack, "sources" | "trusted" | "hotline" | "departments">,
  feeds: () => Iterable<{ system: string; nameZh: string; nameEn: string }>,
): Sources {
  const named = new Set([...pack.sources, ...pack.trusted, ...pack.hotline]);
  const judged = new Map<string, string>();

  /** 公安 is a part of 市公安局, and 水务 of 市水务热线: nobody's name. */
  function isOfCity(word: string): boolean {
    const says = (name: string) => name.includes(word);
    for (const { nameZh, nameEn } of pack.departments)
      if (says(nameZh) || says(nameEn)) return true;
    for (const { system, nameZh, nameEn } of feeds())
      if (says(system) || says(nameZh) || says(nameEn)) return true;
    return false;
  }

  function judge(source: string): string {
    if (named.has(source)) return source;
    // Only what is masked is told in another form.
    const plain = seenIn(source).normalize("NFKC");
    const masked = maskText(plain).replace(WORDS, (word) => {
      const masked =
        readsAsName(word) || soundsAsName(word)
          ? maskName(word)
          : (maskTitled(word) ?? maskRole(word));
      return masked === null || isOfCity(word) ? word : masked;
    });
    return masked === plain ? maskText(source) : masked;
  }

  return {
    shown(source) {
      let shown = judged.get(source);
      if (shown === undefined) {
        if (judged.size >= MOST_KNOWN) judged.clear();
        judged.set(source, (shown = judge(source)));
      }
      return shown;
    },

    clear: () => judged.clear(),
  };
}

/** What may be a name: Chinese between other signs, Latin words side by side, or two or three in small letters. */
const WORDS =
  /[\p{Script=Han}·•]+(?!\*)|(?<![\p{L}*])\p{Lu}[\p{L}\p{M}'’.-]*(?: \p{Lu}[\p{L}\p{M}'’.-]*){1,3}(?![\p{L}*])|(?<![\p{L}*])[a-z]{2,12}(?: [a-z]{2,12}){1,2}(?![\p{L}*])/gu;
