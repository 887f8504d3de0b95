/**
 * Telephone numbers as they are spoken: in Chinese numerals (一三八…), or without
 * an area code after a word that announces one.
 */
import { halfWidth } from "./mask-numbers.ts";

const NUMERALS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    "零〇○洞",
    "一幺壹",
    "二贰貳两",
    "三叁參",
    "四肆",
    "五伍",
    "六陆陸",
    "七柒拐",
    "八捌",
    "九玖",
  ].flatMap((signs, digit) => [...signs].map((sign) => [sign, String(digit)])),
);
const SPOKEN = Object.keys(NUMERALS).join("");
const SIGN = `[0-9０-９${SPOKEN}]`;
/** Between signs that are told one by one or in groups; some are copied without being seen. */
const WITHIN = "[ \\u3000–－\\u200b-\\u200f\\u2060\\ufeff-]";
/** … or what may also part one number from the next. */
const GAP = `(?:${WITHIN}|[,，、])`;
/** At least as long as a number is, with whatever stands beside it. */
const RUN = new RegExp(
  `(?<!${SIGN}|[0-9*][ -])${SIGN}(?:${GAP}?${SIGN}){9,}`,
  "gu",
);
const GROUP = new RegExp(`${SIGN}+`, "gu");
const HAS_NUMERAL = new RegExp(`[${SPOKEN}]`, "u");
const EVERY_NUMERAL = new RegExp(HAS_NUMERAL, "gu");
const MOBILE = /^(?:86)?1[3-9]\d{9}$/;
const LANDLINE = /^0(?:10|2\d|[3-9]\d\d)\d{7,8}$/;
/** Signs of a number, a prefix among them. */
const [FEWEST, LONGEST] = [10, 14];

function isNumber(signs: string): boolean {
  if (!HAS_NUMERAL.test(signs)) return false;
  const digits = halfWidth(signs).replace(
    EVERY_NUMERAL,
    (sign) => NUMERALS[sign] ?? sign,
  );
  return MOBILE.test(digits) || LANDLINE.test(digits);
}

/** Masks whole groups of signs that are a number together; what stands beside them stays. */
function spoken(run: string): string {
  const groups = [...run.matchAll(GROUP)];
  let shown = "";
  let told = 0;
  for (let from = 0; from < groups.length; from++) {
    let signs = "";
    for (let to = from; to < groups.length; to++) {
      const { 0: group, index } = groups[to]!;
      signs += group;
      if (signs.length > LONGEST) break;
      if (signs.length < FEWEST || !isNumber(signs)) continue;
      shown += run.slice(told, groups[from]!.index);
      shown += `${signs.slice(0, -8)}****${signs.slice(-4)}`;
      told = index + group.length;
      from = to;
      break;
    }
  }
  return shown + run.slice(told);
}

const ANNOUNCED = "(?:电话|座机|固话|致电|来电|回电|拨打|联系|联系方式)";
/** Seven or eight signs: no day (20190425). */
const SHORT = `(?!(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9](?![0-9]))[2-8２-８二贰貳两三叁參四肆五伍六陆陸七柒拐八捌](?:${WITHIN}?${SIGN}){6,7}(?![0-9０-９*.]|${WITHIN}?${SIGN})`;
const AFTER = new RegExp(
  `${ANNOUNCED}[号码为是至到:：，, ()（）"“]{0,4}${SHORT}(?:[、/，, 或者和]{1,2}${SHORT}){0,4}`,
  "gu",
);
const EVERY_SHORT = new RegExp(SHORT, "gu");
const EVERY_GAP = new RegExp(WITHIN, "gu");

/** Masks all but the last four signs, of a mobile's the first three stay too. */
export const maskSpoken = (text: string): string =>
  text
    .replace(RUN, spoken)
    .replace(AFTER, (announced) =>
      announced.replace(
        EVERY_SHORT,
        (number) => `****${number.replace(EVERY_GAP, "").slice(-4)}`,
      ),
    );
