/** Names of people in free text: after a word that says whose name follows. */
import { simplified } from "./mask-forms.ts";

/** 百家姓, as far as people bear them. */
const SURNAMES =
  "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧肖尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱丘骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊甄曲封芮储靳松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹龙叶幸司韶黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰桑桂濮牛寿边扈燕冀浦尚农温庄晏柴瞿阎闫充慕连茹习艾鱼容向古易慎戈廖庾居衡步都耿满弘匡国文寇广禄东欧利蔚越隆师巩聂晁勾敖融冷辛阚那简饶空曾沙养鞠丰关查游竺权盖益桓公岳帅涂覃";
const DOUBLE =
  /^(?:欧阳|司马|上官|诸葛|夏侯|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|端木|长孙|宇文|轩辕|独孤|南宫|呼延)/;
const TITLE = /^(?:先生|女士|小姐|同志|师傅|老师|阿姨|大爷|大妈|经理|主任)/;
/** Words that tell what somebody did, or what is known of him next. */
const NEXT =
  /^(?:反映|投诉|来电|致电|称|说|表示|报告|报警|报修|上报|举报|反馈|咨询|求助|建议|要求|发现|提出|在|于|家|的|住|因|被|已|与|和|及|等|手机|电话|联系|身份|证件|住址|地址|性别|年龄|男|女|本人)/;
/** Nobody's name. */
const NOBODY =
  /^(?:匿名|不详|未知|保密|本人|同上|没有|热心|市民|居民|群众|业主|住户)/;

const WHO =
  "姓名|联系人|报告人|报修人|反映人|反映者|投诉人|来电人|举报人|申请人|当事人|求助人|诉求人|报警人|负责人|市民|居民|村民|业主|户主|住户|机主|车主|患者|伤者|死者|用户|(?<![A-Za-z])(?:caller|reporter|contact|complainant|applicant|resident|owner|name)";
const SAID = `[ "'”]{0,3}(?:[:：=>]|为|是|\\bis\\b)[ "'“]{0,3}`;
const CUE = new RegExp(`(?:${WHO})(${SAID}| ?)`, "giu");

const HAN_RUN = /^[\p{Script=Han}·•]+/u;
const LATIN_NAME =
  /^\p{Lu}[\p{L}\p{M}'’.-]{1,40}(?: \p{Lu}[\p{L}\p{M}'’.-]{0,40}){0,3}/u;
/** Characters that a name has at most. */
const LONGEST = 100;

const hidden = (text: string): string =>
  text.replace(/[\p{L}\p{M}\p{N}'’-]/gu, "*");

/** How many characters of a name are the surname, 0 where it begins with none. */
function surnameOf(written: string): number {
  const name = simplified(written.slice(0, 2));
  if (DOUBLE.test(name)) return 2;
  return name !== "" && SURNAMES.includes(name[0]!) ? 1 : 0;
}

/** 张三丰 → 张**, 欧阳娜娜 → 欧阳**, John Smith → J*** S****; 李女士 says no more than that. */
export function maskName(name: string): string {
  const surname = surnameOf(name);
  if (surname > 0 && TITLE.test(simplified(name.slice(surname)))) return name;
  if (surname === 2 && name.length > 2)
    return name.slice(0, 2) + hidden(name.slice(2));
  return name.replace(
    /([\p{Script=Han}])([\p{Script=Han}·•]+)|(\p{L})([\p{L}\p{M}'’-]+)/gu,
    (
      _all,
      first: string | undefined,
      rest: string,
      initial: string,
      more: string,
    ) => (first === undefined ? initial + hidden(more) : first + hidden(rest)),
  );
}

/** Of an office or a way in, never of a person: 水务局, 车管所, 高新台. */
const OFFICE = /[局办委厅部站处所科室院网台线端库群会办队社司店馆园]$/u;

/**
 * Is a word by itself nobody but a person? A surname with one or two characters
 * after it, or up to four capitalised words; whether it is also something of
 * the city, whoever asks must know.
 */
export function readsAsName(word: string): boolean {
  if (TITLE.exec(simplified(word))?.[0] === word) return false;
  if (/^\p{Lu}/u.test(word)) return word.includes(" ") && isLatin(word);
  if (/[·•]/u.test(word)) return /^[\p{Script=Han}]+[·•]/u.test(word);
  const surname = surnameOf(word);
  const given = word.length - surname;
  if (surname === 0 || given < 1 || given > 2) return false;
  const plain = simplified(word);
  return !TITLE.test(plain.slice(surname)) && !OFFICE.test(plain);
}

const TITLED = /^(.{2,4})(先生|女士|小姐|同志|师傅|老师|阿姨|大爷|大妈)$/u;

/** Who called or came, before a name. */
const ROLE =
  /^(?:来电人?|来访人?|致电人?|上报人|反映人|投诉人|举报人|报告人|联系人|当事人|网格员|巡查员|坐席|话务员|接线员|社工|志愿者|市民|居民|群众|村民|业主|热线)/u;
/** Things that begin like a surname. */
const THING = /^(?:广场|管理|服务|平安|文明|安全|和谐|诸事|常务|温馨|于今)/u;

/** 来电王小明 → 来电王**. Null of what is no name behind who it is. */
export function maskRole(word: string): string | null {
  const role = ROLE.exec(simplified(word))?.[0];
  if (role === undefined) return null;
  const name = word.slice(role.length);
  if (THING.test(simplified(name))) return null;
  const masked = readsAsName(name) ? maskName(name) : maskTitled(name);
  return masked === null ? null : word.slice(0, role.length) + masked;
}

/** 王小明先生 → 王**先生; 王先生 says no more than that. Null of what is no whole name with a title. */
export function maskTitled(word: string): string | null {
  const [, name = "", title = ""] = TITLED.exec(word) ?? [];
  return readsAsName(name) ? maskName(name) + title : null;
}

const isLatin = (word: string) => LATIN_NAME.exec(word)?.[0] === word;

/** Masks the names that a text announces: 联系人：张三丰, 市民张三反映, caller: John Smith. */
export function maskNames(text: string): string {
  const plain = simplified(text);
  let shown = "";
  let told = 0;
  for (const { 0: cue, 1: said = "", index } of plain.matchAll(CUE)) {
    const start = index + cue.length;
    if (start < told) continue;
    const rest = plain.slice(start, start + LONGEST);
    const isSaid = said.trim() !== "";
    // Things have names as well.
    const length = nameAt(rest, isSaid, isSaid && !/^name/i.test(cue));
    if (length === 0) continue;
    shown +=
      text.slice(told, start) + maskName(text.slice(start, start + length));
    told = start + length;
  }
  return maskHomes(shown + text.slice(told));
}

/** Whose home it is: 王小明家门口. */
const HOME =
  /家(?:门口|门前|门外|楼下|楼上|隔壁|对面|屋后|屋前|房前|院里|院内|阳台|窗户)/gu;

/** Masks the names before a home; no word announces them, so only what reads as one is. */
function maskHomes(text: string): string {
  let shown = "";
  let told = 0;
  for (const { index } of text.matchAll(HOME)) {
    const name = [3, 2, 4]
      .map((length) => text.slice(Math.max(told, index - length), index))
      .find((word) => isSomebody(word));
    if (name === undefined) continue;
    shown += text.slice(told, index - name.length) + maskName(name);
    told = index;
  }
  return shown + text.slice(told);
}

/** Words of two or three characters that begin like a surname. */
const WORDS =
  /^(?:平时|居民|农户|农民|商家|店家|东家|老人|邻居|住户|家家|那家|这家|某家|几家|大家|国家|自家|人家|全家|亲家|公家|私家|厂家|万家|各家|和.|在.|到.|从.|于.|向.|以.|及.|给.|时.|对.|后.|前.|都.|就.)/;

const isSomebody = (word: string): boolean =>
  /^\p{Script=Han}{2,4}$/u.test(word) &&
  !WORDS.test(word) &&
  !NOBODY.test(word) &&
  readsAsName(word);

/**
 * How long the name is that a text begins with, 0 where it begins with none.
 * @param said a sign stands before it; without, only what is surely a name is one
 * @param isPerson whatever is said is somebody's name
 */
function nameAt(text: string, said: boolean, isPerson: boolean): number {
  const latin = said ? LATIN_NAME.exec(text)?.[0] : undefined;
  if (latin !== undefined) return text[latin.length] === "*" ? 0 : latin.length;
  const run = HAN_RUN.exec(text)?.[0] ?? "";
  if (run.length < 2 || NOBODY.test(run)) return 0;
  if (!said && THING.test(run)) return 0;
  // Nothing but a double surname is left of a masked name.
  if (DOUBLE.test(run) && text[2] === "*") return 0;
  const surname = surnameOf(run);
  if (surname > 0) {
    const given = run.slice(surname);
    if (TITLE.test(given) || NEXT.test(given)) return 0;
    for (const length of [surname + 1, surname + 2])
      if (endsAt(run, length)) return length;
  }
  if (!isPerson) return 0;
  if (run.length <= 4 || run.includes("·")) return run.length;
  return surname > 0 ? surname + 2 : 0;
}

function endsAt(run: string, length: number): boolean {
  const rest = run.slice(length);
  return (
    length === run.length ||
    (length < run.length && (TITLE.test(rest) || NEXT.test(rest)))
  );
}
