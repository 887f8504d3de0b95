/**
 * Telephone and ID numbers in free text. Digits are looked at in runs, group by
 * group, so that dates, codes and readings beside them stay what they are.
 */

const DIGIT = "[0-9０-９]";
/** Groups of digits as people write them, a separator between two. */
const BETWEEN = "[ \\t\\-－‐‑–—\\u00a0\\u3000]{1,3}";
const RUN = new RegExp(
  `${DIGIT}+(?:(?:${BETWEEN}|[)）](?:${BETWEEN})?)${DIGIT}+)*`,
  "g",
);
/** What nobody sees comes along where numbers are copied from telephones and pages. */
const UNSEEN = new RegExp(
  `(?<=${DIGIT})[\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060\\ufeff]+(?=${DIGIT})`,
  "g",
);
/** Between decimals and addresses of machines it alone is a telephone's number; so between paths and lists. */
const DOTTED = new RegExp(
  `(?<![\\w.·/／０-９])([1１][3-9３-９]${DIGIT})( ?[.·/／\\\\|_~、,，] ?)${DIGIT}{4}\\2(${DIGIT}{4})(?![\\w·/／０-９]|\\.\\d)`,
  "g",
);
const GROUP = new RegExp(`${DIGIT}+`, "g");

/** What makes digits a part of an identifier, a decimal or a masked number … */
const NAMED = /(?:[A-Za-z_*][-#/:]?|[0-9０-９*][.*])$/;
/** … but for these words. */
const ANNOUNCED =
  /(?:tel|phone|mobile|mob|cell|call|contact|fax|id|wechat|wx|vx|qq)[-#:/]?$/i;
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
const FEWEST_DIGITS = 10;
const MOST_DIGITS = 18;

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

/** Groups that may be a number together. */
interface Candidate {
  groups: number;
  /** Without separators. */
  digits: string;
  /** How long each group is: `3 4 4`. */
  sizes: string;
  /** The first group. */
  first: string;
  end: number;
}

/** What is shown of the number that a candidate is; null where it is none. */
type Kind = (
  candidate: Candidate,
  after: string,
) => { shown: string; tail?: string } | null;

const isDay = (month: string, day: string) =>
  +month >= 1 && +month <= 12 && +day >= 1 && +day <= 31;

const MOBILE_SIZES = /^(?:11|12|13|15|1(?: 1){10}|[3-9](?: [3-9]){1,3})$/;
const mobile: Kind = ({ digits, sizes, first }) => {
  const found = /^(0086|86|0)?(1[3-9]\d{9})$/.exec(digits);
  if (!found) return null;
  const [, prefix = "", number = ""] = found;
  const stands = first === prefix;
  const own = stands ? sizes.slice(sizes.indexOf(" ") + 1) : sizes;
  if (!MOBILE_SIZES.test(own)) return null;
  return { shown: `${prefix}${stands ? " " : ""}${between(number, 3, 4)}` };
};

const LANDLINE_SIZES = /^(?:1[0-2]|3 8|4 [78]|3 4 4|4 [34] 4)$/;
const landline: Kind = ({ digits, sizes, first, groups }, after) => {
  if (!LANDLINE_SIZES.test(sizes)) return null;
  const area = /^(?:010|02\d|0[3-9]\d\d)/.exec(digits)?.[0];
  if (area === undefined) return null;
  const number = digits.slice(area.length);
  // Written together, only what was ever given to somebody is one.
  if (!(groups > 1 ? /^\d{7,8}$/ : /^[2-8]\d{6,7}$/).test(number)) return null;
  if (groups > 1 && first !== area) return null;
  const tail = EXTENSION.exec(after)?.[0] ?? "";
  return { shown: `${area}${between(number, 0, 4)}`, tail };
};

/** No region begins with 19 or 20: those are years, of order numbers. */
const REGION = "(?!19|20)[1-9]\\d{5}";
const LONG_ID = new RegExp(`^${REGION}(?:19|20)\\d\\d(\\d\\d)(\\d\\d)\\d{3}`);
const OLD_ID = new RegExp(`^${REGION}[2-9]\\d(\\d\\d)(\\d\\d)\\d{3}$`);
const ID_SIZES = /^(?:1[578]|6(?: [2-9]){1,4}|[34](?: [2-4]){3,5})$/;
const idNumber: Kind = ({ digits, sizes }, after) => {
  if (!ID_SIZES.test(sizes)) return null;
  const tail = digits.length === 17 ? (CHECK_SIGN.exec(after)?.[0] ?? "") : "";
  const signs = digits + tail.slice(-1);
  const found = signs.length === 18 ? LONG_ID.exec(signs) : OLD_ID.exec(signs);
  if (!found || !isDay(found[1]!, found[2]!)) return null;
  return { shown: between(signs, 6, 4), tail };
};

/** Masks the numbers of people in a text: telephones, ID cards. */
export function maskNumbers(text: string): string {
  const seen = text.replace(UNSEEN, "");
  let shown = "";
  let told = 0;
  for (const { 0: run, index } of seen.matchAll(RUN)) {
    const found = numbersOf(seen, run, index);
    for (const { start, end, shown: number } of found) {
      shown += seen.slice(told, start) + number;
      told = end;
    }
  }
  return (shown + seen.slice(told)).replace(DOTTED, "$1****$3");
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

/** What may be a number from a group on, the longest last. */
function candidatesAt(groups: readonly Group[], from: number): Candidate[] {
  const found: Candidate[] = [];
  const first = groups[from]!.digits;
  let digits = "";
  let sizes = "";
  const last = Math.min(groups.length, from + MOST_GROUPS);
  for (let i = from; i < last; i++) {
    const group = groups[i]!;
    digits += group.digits;
    sizes += `${i === from ? "" : " "}${group.digits.length}`;
    if (digits.length > MOST_DIGITS) break;
    if (digits.length < FEWEST_DIGITS) continue;
    const { end } = group;
    found.push({ groups: i - from + 1, digits, sizes, first, end });
  }
  return found;
}

/** The longest number that begins with a group. */
function longestAt(text: string, groups: readonly Group[], from: number) {
  const candidates = candidatesAt(groups, from);
  if (candidates.length === 0) return null;
  const { start } = groups[from]!;
  const before = text.slice(Math.max(0, start - BESIDE), start);
  if (NAMED.test(before) && !ANNOUNCED.test(before)) return null;
  if (SUM_BEFORE.test(before)) return null;
  for (const candidate of candidates.reverse()) {
    const { end } = candidate;
    const after = text.slice(end, end + BESIDE);
    if (SUM_AFTER.test(after)) continue;
    for (const kind of [idNumber, mobile, landline]) {
      const number = kind(candidate, after);
      if (!number) continue;
      const { shown, tail = "" } = number;
      if (tail === "" && NAMED_AFTER.test(after)) continue;
      // An extension's digits are hidden; the last sign of an ID is shown already.
      const rest = kind === landline ? tail.replace(/[0-9０-９]/g, "*") : "";
      const place = { start, end: end + tail.length, shown: shown + rest };
      return { groups: candidate.groups, place };
    }
  }
  return null;
}
