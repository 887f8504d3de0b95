/** The same sign in other forms: what nobody sees, traditional characters, digits in circles and styles. Matching reads the plain form, the text keeps its own. */

/** Signs that nobody sees. */
export const UNSEEN =
  "[\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\ufe00-\\ufe0f\\ufeff]";
const WITHIN_WORD = new RegExp(
  `(?<=[\\p{L}\\p{M}])${UNSEEN}+(?=[\\p{L}\\p{M}])`,
  "gu",
);

const HAS_UNSEEN = new RegExp(UNSEEN, "u");

/** Without the unseen signs inside words. */
export const seenIn = (text: string): string =>
  HAS_UNSEEN.test(text) ? text.replace(WITHIN_WORD, "") : text;

/** Traditional → simplified, of surnames and of the words that announce or follow a name; one sign for one. */
const SIMPLIFIED = new Map(
  [
    "趙赵錢钱鄭郑馮冯陳陈衛卫蔣蒋韓韩楊杨許许呂吕張张嚴严華华鄒邹竇窦雲云蘇苏範范魯鲁韋韦馬马鳳凤賀贺湯汤羅罗畢毕鄔邬樂乐時时齊齐顧顾黃黄蕭萧貝贝計计談谈龐庞紀纪項项樑梁藍蓝閔闵賈贾婁娄顏颜鍾钟鐘钟駱骆萬万盧卢經经繆缪應应單单諸诸龔龚龍龙葉叶薊蓟從从賴赖藺蔺喬乔陰阴聞闻黨党譚谭貢贡勞劳莊庄閻阎連连習习魚鱼嚮向廣广祿禄東东歐欧師师鞏巩聶聂闞阚簡简饒饶豐丰關关遊游權权蓋盖嶽岳帥帅鄧邓郟郏鄺邝遲迟孫孙劉刘吳吴陸陆榮荣車车寧宁儲储蒼苍雙双壽寿國国欒栾甯宁筆笔陽阳軒轩轅辕獨独宮宫長长",
    "聯联繫系報报訴诉來来電电舉举請请當当業业戶户機机傷伤稱称說说發发現现見见議议詢询處处門门樓楼對对員员網网格格熱热線线觀观眾众",
  ].flatMap((pairs) =>
    [...pairs].flatMap((sign, i, all) =>
      i % 2 === 0 ? [[sign, all[i + 1]!] as const] : [],
    ),
  ),
);
const TRADITIONAL = new RegExp(`[${[...SIMPLIFIED.keys()].join("")}]`, "gu");

/** As long as the text, with simplified characters where names are told by them. */
export const simplified = (text: string): string =>
  text.replace(TRADITIONAL, (sign) => SIMPLIFIED.get(sign)!);

/** First signs of ten digits each, 0…9. */
const TENS = [
  ...[0x0660, 0x06f0, 0x0966, 0x0e50],
  ...[0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1fbf0],
];
/** … of nine, 1…9: in circles, in brackets, with a stop. */
const NINES = [0x2460, 0x2474, 0x2488, 0x2776, 0x2780, 0x278a, 0x24f5];
const DIGITS = new Map<string, string>([
  ...TENS.flatMap((first) => numbered(first, 0)),
  ...NINES.flatMap((first) => numbered(first, 1)),
  ...[..."⁰¹²³⁴⁵⁶⁷⁸⁹"].map((sign, i) => [sign, String(i)] as const),
  ...[..."₀₁₂₃₄₅₆₇₈₉"].map((sign, i) => [sign, String(i)] as const),
  ...[..."⓪⓿🄋🄌🄀"].map((sign) => [sign, "0"] as const),
]);

function numbered(first: number, from: 0 | 1): [string, string][] {
  return Array.from({ length: 10 - from }, (_, i) => [
    String.fromCodePoint(first + i),
    String(i + from),
  ]);
}

const STYLED = `[${[...DIGITS.keys()].join("")}]`;
const HAS_STYLED = new RegExp(STYLED, "u");
const EVERY_STYLED = new RegExp(STYLED, "gu");
/** Seven digits or more, one of them at least in another form. */
const RUN = new RegExp(
  `(?:[0-9]|${STYLED})(?:[ \\u3000.·/()（）–—-]{0,2}(?:${UNSEEN}|\\u20e3)*(?:[0-9]|${STYLED})){6,}(?:${UNSEEN}|\\u20e3)*`,
  "gu",
);
const KEYCAP = new RegExp(`\\u20e3|${UNSEEN}`, "gu");
/** What announces a number, and no digit. */
const BEFORE = /[^0-9]{0,12}$/u;

/** Masks digits of other forms as the same digits are masked; what is no number keeps its form. */
export function maskStyled(
  text: string,
  mask: (text: string) => string,
): string {
  if (!HAS_STYLED.test(text) && !text.includes("\u20e3")) return text;
  return text.replace(RUN, (run: string, at: number) => {
    const before = BEFORE.exec(text.slice(Math.max(0, at - 12), at))![0];
    const plain =
      before +
      run
        .replace(KEYCAP, "")
        .replace(EVERY_STYLED, (sign) => DIGITS.get(sign)!);
    const masked = mask(plain);
    return masked === plain ? run : masked.slice(before.length);
  });
}

/** A name written in the letters of its sounds: wang xiaoming. */
const SYLLABLE =
  "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|van|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|a|e|i|o|u|v)";
const SURNAME =
  "(?:wang|li|zhang|liu|chen|yang|huang|zhao|wu|zhou|xu|sun|ma|zhu|hu|guo|lin|luo|gao|zheng|liang|xie|song|tang|deng|han|feng|cao|peng|zeng|xiao|tian|dong|pan|yuan|cai|jiang|yu|du|ye|cheng|wei|su|lu|lv|ding|ren|yao|shen|zhong|cui|tan|fan|jin|shi|liao|jia|xia|fu|fang|zou|xiong|bai|meng|qin|qiu|hou|xue|yin|yan|lei|duan|hao|kong|shao|mao|qian|wan|dai|gu|kang|he|ouyang|sima|zhuge|shangguan)";
const SOUNDED = new RegExp(
  `^(?:${SURNAME} (?:${SYLLABLE}){1,2}(?: ${SYLLABLE})?|(?:${SYLLABLE}){2} ${SURNAME})$`,
  "iu",
);
export const soundsAsName = (words: string): boolean => SOUNDED.test(words);
