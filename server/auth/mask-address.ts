/** Addresses to the community: the road or the estate stays, house, unit and room are hidden. */

const HIDDEN = "***";
const DIGITS = "[0-9０-９]{1,6}";
const NUMBER = `(?:${DIGITS}|[一二三四五六七八九十百零〇]{1,4}|[甲乙丙丁A-Za-z])(?:[-－—之#][0-9０-９]{1,5}){0,3}`;
/** Where a part of the city ends that is no single house. */
const PLACE =
  "(?<=(?:[区县镇乡村路街道巷弄里苑园庄城府庭湾寓邸坊厦胡同院])[ ]?)";
/** 3号线, 2号闸门 and 5号台风 are no houses. */
const HOUSE = `[ ]?(?:号楼|号院|号(?!线|闸|泵|井|门|机|桥|口|台风|预警|航站|出口|站|文件|令|公告)|弄|栋|幢|座|单元)`;
const FINER = `[ ]?(?:号楼|号院|号|栋|幢|座|单元|门洞|楼层|室|户|层|楼|弄|组|房)`;
const AFTER_HOUSE = `(?:[ ,，]?${NUMBER}${FINER}){0,6}(?:[ ]?[0-9０-９]{1,5}(?![0-9０-９.:：年月日]))?`;

const DOOR = new RegExp(
  [
    // 幸福路128号3栋2单元501室
    `${PLACE}第?${NUMBER}${HOUSE}${AFTER_HOUSE}`,
    // 3栋2单元501室
    `第?${NUMBER}[ ]?(?:号楼|栋|幢|座|单元)[ ]?${NUMBER}${FINER}${AFTER_HOUSE}`,
    `(?<![A-Za-z0-9０-９.])[0-9０-９]{3,4}室`,
  ].join("|"),
  "gu",
);

const ROAD =
  "(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Pl|Square|Sq|Terrace|Close|Crescent)";
const ENGLISH_HOUSE = new RegExp(
  `(?<![\\w.:/-])[0-9]{1,6}[A-Za-z]?(?=,? (?:[A-Z][\\w'’.]{0,30} ){1,4}${ROAD}\\b)`,
  "g",
);
const ENGLISH_UNIT =
  /\b(Apt|Apartment|Unit|Suite|Ste|Room|Rm|Flat)(\.? ?#? ?)(?:[0-9]{1,5}[A-Za-z]?|[A-Z][0-9]{0,4})\b(?:-[0-9A-Za-z]{1,5})?/g;

/** Hides the houses, units and rooms in free text. */
export function maskDoors(text: string): string {
  return text
    .replace(DOOR, HIDDEN)
    .replace(ENGLISH_HOUSE, HIDDEN)
    .replace(ENGLISH_UNIT, `$1$2${HIDDEN}`);
}

/** What may stand in an address and is no house: roads' and stakes' numbers, lines. */
const ANY_NUMBER = new RegExp(
  `(?<![A-Za-z0-9０-９.])${DIGITS}(?![0-9０-９]*(?:国道|省道|县道|号线|路|环))`,
  "u",
);

/**
 * The field that holds an address: 幸福路128号3栋2单元501室 → 幸福路***. What
 * follows a house is finer than the house.
 */
export function maskAddress(address: string): string {
  const masked = maskDoors(address);
  // What is not Chinese has its house in front.
  if (!/\p{Script=Han}/u.test(address)) return masked;
  const first = Math.min(
    ...[masked.indexOf(HIDDEN), masked.search(ANY_NUMBER)].filter(
      (found) => found >= 0,
    ),
  );
  if (first === Infinity) return masked;
  let end = first;
  while (end > 0 && /[\s*]/.test(masked[end - 1]!)) end--;
  return masked.slice(0, end) + HIDDEN;
}
