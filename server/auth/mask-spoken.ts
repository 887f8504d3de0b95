/**
 * Telephone numbers as they are spoken: in Chinese numerals (一三八…), or without
 * an area code after a word that announces one.
 */
import { halfWidth } from "./mask-numbers.ts";

const NUMERALS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    "零〇洞",
    "一幺壹",
    "二贰两",
    "三叁",
    "四肆",
    "五伍",
    "六陆",
    "七柒拐",
    "八捌",
    "九玖",
  ].flatMap((signs, digit) => [...signs].map((sign) => [sign, String(digit)])),
);
const SPOKEN = Object.keys(NUMERALS).join("");
const SIGN = `[0-9０-９${SPOKEN}]`;
/** As long as a number is, and not in the middle of a longer one. */
const RUN = new RegExp(
  `(?<!${SIGN}|[0-9*][ -])${SIGN}(?:[ -]?${SIGN}){9,13}(?![ -]?${SIGN})`,
  "gu",
);
const HAS_NUMERAL = new RegExp(`[${SPOKEN}]`, "u");
const MOBILE = /^(?:86)?1[3-9]\d{9}$/;
const LANDLINE = /^0(?:10|2\d|[3-9]\d\d)\d{7,8}$/;

const spoken = (run: string): string => {
  if (!HAS_NUMERAL.test(run)) return run;
  const signs = run.replace(/[ -]/g, "");
  const digits = halfWidth(signs).replace(
    HAS_EVERY,
    (sign) => NUMERALS[sign] ?? sign,
  );
  if (!MOBILE.test(digits) && !LANDLINE.test(digits)) return run;
  return `${signs.slice(0, -8)}****${signs.slice(-4)}`;
};
const HAS_EVERY = new RegExp(HAS_NUMERAL, "gu");

const ANNOUNCED = "(?:电话|座机|固话|致电|来电|回电|拨打|联系|联系方式)";
/** Seven or eight digits: no day (20190425). */
const SHORT =
  "(?!(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9](?![0-9]))[2-8][0-9]{2,3}[ -]?[0-9]{4}(?![0-9０-９*.]|[ -]?[0-9])";
const AFTER = new RegExp(
  `${ANNOUNCED}[号码为是至到:：，, ()（）"“]{0,4}${SHORT}(?:[、/，, 或和]{1,2}${SHORT}){0,4}`,
  "gu",
);
const EVERY_SHORT = new RegExp(SHORT, "gu");

/** Masks all but the last four signs, of a mobile's the first three stay too. */
export const maskSpoken = (text: string): string =>
  text
    .replace(RUN, spoken)
    .replace(AFTER, (announced) =>
      announced.replace(EVERY_SHORT, (number) => `****${number.slice(-4)}`),
    );
