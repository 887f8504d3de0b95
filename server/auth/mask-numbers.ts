/**
 * Telephone and ID numbers in free text. Digits are looked at in runs, group by
 * group, so that dates, codes and readings beside them stay what they are.
 */

const DIGIT = "[0-9０-９]";
/** Groups of digits as people write them, one separator between two. */
const RUN = new RegExp(
  `${DIGIT}+(?:(?:[)）][ \\-－]?|[ \\-－–—\\u00a0\\u3000])${DIGIT}+)*`,
  "g",
);
const GROUP = new RegExp(`${DIGIT}+`, "g");

/** What makes digits a part of an identifier, a decimal or a masked number … */
const NAMED = /(?:[A-Za-z_*][-#/:]?|[0-9０-９*][.*])$/;
/** … but for these words. */
const ANNOUNCED = /(?:tel|phone|mobile|mob|cell|call|contact|fax|id)[-#:/]?$/i;
const SUM_BEFORE = /[¥￥$€£]\s?$/;
const SUM_AFTER = /^\s?(?:元|万|亿|吨|千克|公斤|立方|㎡|%|％)/;
const NAMED_AFTER = /^(?:[A-Za-z_*]|[.:][0-9])/;
const CHECK_SIGN = /^[ -]?[xX](?![A-Za-z0-9])/;
const EXTENSION =
  /^(?: ?(?:转|分机|ext\.?|x) ?[:：]?|-)[0-9０-９]{1,6}(?![0-9０-９])/i;

/** Characters beside a run that say what it is. */
const BESIDE = 12;
/** Digits one by one, after a prefix. */
const MOST_GROUPS = 13;

interface Group {
  /** Half-width. */
  digits: string;
  start: number;
  end: number;
}

export const halfWidth = (text: string): string =>
  text.replace(/[０-９]/g, (digit) =>
    String.fromCharCode(digit.charCodeAt(0) - 0xfee0),
  );

/** A number with all but its first and last signs hidden. */
const between = (signs: string, first: number, last: number): string =>
  signs.slice(0, first) +
  "*".repeat(Math.max(0, signs.length - first - last)) +
  signs.slice(signs.length - last);

/** A field that holds a telephone number: 138****8000; of a short one the last digits. */
export function maskPhone(phone: string): string {
  if (/^(?:\d{3}\*{4,}\d{4}|\*+\d{0,4})$/.test(phone)) return phone;
  const digits = halfWidth(phone).replace(/\D/g, "");
  const national = digits.replace(/^(?:00)?86(?=1\d{10}$)/, "");
  if (national.length >= 11) return between(national, 3, 4);
  return between(national, 0, national.length >= 7 ? 4 : 0);
}

/** A field that holds the number of an ID: 110105********0123. */
export function maskId(id: string): string {
  if (/^(?:.{6}\*{5,}.{4}|\*+.{0,2})$/.test(id)) return id;
  const signs = halfWidth(id).replace(/[\s-]/g, "");
  return signs.length >= 15
    ? between(signs, 6, 4)
    : between(signs, 0, signs.length > 6 ? 2 : 0);
}

/** What is shown of the number that these groups are; null where they are none. */
type Kind = (
  groups: readonly Group[],
  after: string,
) => { shown: string; tail?: string } | null;

const joined = (groups: readonly Group[]) =>
  groups.map(({ digits }) => digits).join("");
const sizes = (groups: readonly Group[]) =>
  groups.map(({ digits }) => digits.length).join(" ");
const isDay = (month: string, day: string) =>
  +month >= 1 && +month <= 12 && +day >= 1 && +day <= 31;

const MOBILE_SIZES = /^(?:11|12|13|15|1(?: 1){10}|[3-9](?: [3-9]){1,3})$/;
const mobile: Kind = (groups) => {
  const found = /^(0086|86|0)?(1[3-9]\d{9})$/.exec(joined(groups));
  if (!found) return null;
  const [, prefix = "", number = ""] = found;
  const stands = groups[0]!.digits === prefix;
  const own = stands ? groups.slice(1) : groups;
  if (!MOBILE_SIZES.test(sizes(own))) return null;
  return { shown: `${prefix}${stands ? " " : ""}${between(number, 3, 4)}` };
};

const LANDLINE_SIZES = /^(?:1[0-2]|3 8|4 [78]|3 4 4|4 [34] 4)$/;
const landline: Kind = (groups, after) => {
  if (!LANDLINE_SIZES.test(sizes(groups))) return null;
  const digits = joined(groups);
  const area = /^(?:010|02\d|0[3-9]\d\d)/.exec(digits)?.[0];
  if (area === undefined) return null;
  const number = digits.slice(area.length);
  if (!/^[2-8]\d{6,7}$/.test(number)) return null;
  if (groups.length > 1 && groups[0]!.digits !== area) return null;
  const tail = EXTENSION.exec(after)?.[0] ?? "";
  return { shown: `${area}${between(number, 0, 4)}`, tail };
};

/** No region begins with 19 or 20: those are years, of order numbers. */
const REGION = "(?!19|20)[1-9]\\d{5}";
const LONG_ID = new RegExp(`^${REGION}(?:19|20)\\d\\d(\\d\\d)(\\d\\d)\\d{3}`);
const OLD_ID = new RegExp(`^${REGION}[2-9]\\d(\\d\\d)(\\d\\d)\\d{3}$`);
const ID_SIZES = /^(?:1[578]|6(?: [2-9]){1,4}|[34](?: [2-4]){3,5})$/;
const idNumber: Kind = (groups, after) => {
  if (!ID_SIZES.test(sizes(groups))) return null;
  const digits = joined(groups);
  const tail = digits.length === 17 ? (CHECK_SIGN.exec(after)?.[0] ?? "") : "";
  const signs = digits + tail.slice(-1);
  const found = signs.length === 18 ? LONG_ID.exec(signs) : OLD_ID.exec(signs);
  if (!found || !isDay(found[1]!, found[2]!)) return null;
  return { shown: between(signs, 6, 4), tail };
};

/** Masks the numbers of people in a text: telephones, ID cards. */
export function maskNumbers(text: string): string {
  let shown = "";
  let told = 0;
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const found = numbersOf(text, run, index);
    for (const { start, end, shown: number } of found) {
      shown += text.slice(told, start) + number;
      told = end;
    }
  }
  return shown + text.slice(told);
}

function numbersOf(text: string, run: string, at: number) {
  const groups: Group[] = [...run.matchAll(GROUP)].map(
    ({ 0: digits, index }) => ({
      digits: halfWidth(digits),
      start: at + index,
      end: at + index + digits.length,
    }),
  );
  const found: { start: number; end: number; shown: string }[] = [];
  for (let i = 0; i < groups.length; i++) {
    const number = longestAt(text, groups, i);
    if (!number) continue;
    found.push(number.place);
    i += number.groups - 1;
  }
  return found;
}

/** The longest number that begins with a group. */
function longestAt(text: string, groups: readonly Group[], from: number) {
  const { start } = groups[from]!;
  const before = text.slice(Math.max(0, start - BESIDE), start);
  if (NAMED.test(before) && !ANNOUNCED.test(before)) return null;
  if (SUM_BEFORE.test(before)) return null;
  const most = Math.min(MOST_GROUPS, groups.length - from);
  for (let count = most; count > 0; count--) {
    const some = groups.slice(from, from + count);
    const { end } = some.at(-1)!;
    const after = text.slice(end, end + BESIDE);
    if (SUM_AFTER.test(after)) continue;
    for (const kind of [idNumber, mobile, landline]) {
      const number = kind(some, after);
      if (!number) continue;
      const { shown, tail = "" } = number;
      // An extension's digits are hidden; the last sign of an ID is shown already.
      const rest = kind === landline ? tail.replace(/[0-9０-９]/g, "*") : "";
      if (tail === "" && NAMED_AFTER.test(after)) continue;
      const place = { start, end: end + tail.length, shown: shown + rest };
      return { groups: count, place };
    }
  }
  return null;
}
