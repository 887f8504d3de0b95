/** Says the hub's sentences in the reader's language; one that is not known here stands as the hub wrote it. */
import type { Problem } from "../../contract/door.ts";
import {
  fill,
  recognise,
  type Fact,
  type FieldSentence,
  type Sentence,
} from "../../contract/sentence.ts";
import { useLanguage, type Language } from "./index.ts";
import { en } from "./sentences/en.ts";
import { zh } from "./sentences/zh.ts";

const WORDS = { zh, en };

/** Names that a page knows by their codes. */
export interface Names {
  role(code: string): string;
  action(code: string): string;
  department(code: string): string;
  district(code: string): string;
  /** A step of an incident, a status of it, and of an order. */
  step(code: string): string;
  status(code: string): string;
  orderStatus(code: string): string;
}

/** Facts that are codes, and of what. */
const NAMED: Readonly<Record<string, keyof Names>> = {
  ...{ role: "role", roles: "role", action: "action", actions: "action" },
  ...{ department: "department", departments: "department" },
  ...{ district: "district", step: "step" },
  ...{ status: "status", orderStatus: "orderStatus" },
};
/** The step of a sign-in that comes next, and the part of a request, are words too. */
const WORD: Readonly<Record<string, Record<string, Record<Language, string>>>> =
  {
    stage: {
      code: { zh: "输入两步验证码", en: "the second factor's code" },
      password: { zh: "设置新密码", en: "a new password" },
      enrol: { zh: "设置两步验证", en: "a second factor" },
    },
    lacks: {
      category: { zh: "类别", en: "its category" },
      place: { zh: "位置", en: "its place" },
    },
    part: {
      body: { zh: "表单", en: "the form" },
      query: { zh: "查询条件", en: "the query" },
    },
  };

/** `lines 3 to 5 are` of an English sentence. */
const linesInChinese = (text: string): string =>
  `第 ${text.match(/\d+/g)?.join(" 至 ") ?? ""} 条`;

/** One sentence in a language. Pure. */
export function told(
  sentence: Sentence,
  language: Language,
  names: Partial<Names> = {},
): string {
  const { code, facts = {} } = sentence;
  // A table of an older page, or a hub without codes.
  if (code === undefined) return sentence.message;
  const one = (name: string, fact: string | number): string => {
    const text = String(fact);
    if (name === "sentence") return toldText(text, language, names);
    if (name === "lines" && language === "zh") return linesInChinese(text);
    const kind = NAMED[name];
    if (kind) return names[kind]?.(text) ?? text;
    return WORD[name]?.[text]?.[language] ?? text;
  };
  const tell = (name: string, fact: Fact) =>
    Array.isArray(fact)
      ? fact
          .map((part) => one(name, part))
          .join(language === "zh" ? "、" : ", ")
      : one(name, fact);
  return fill(WORDS[language][code], facts, tell);
}

/** An English text of the hub, which may be several sentences behind semicolons; itself where one of them is not known. */
export function toldText(
  text: string,
  language: Language,
  names: Partial<Names> = {},
): string {
  const whole = recognise(text);
  if (whole) return told(whole, language, names);
  const parts = text.split("; ").map(recognise);
  return parts.every((part) => part !== null)
    ? parts
        .map((part) => told(part, language, names))
        .join(language === "zh" ? "；" : "; ")
    : text;
}

/** @param names those that the page knows; a code without a name stands for itself */
export function useSentences(names: Partial<Names> = {}) {
  const { language } = useLanguage();
  const say = (sentence: Sentence) => told(sentence, language.value, names);
  const sayText = (text: string) => toldText(text, language.value, names);
  /** With its path where it stays in the hub's own words. */
  const against = (one: FieldSentence) =>
    one.code === undefined ? `${one.path}: ${one.message}` : say(one);

  function sayProblem({ detail, title, errors = [], ...coded }: Problem) {
    const message = detail ?? title;
    const head = say({ ...coded, message });
    // What the whole says already.
    const more = errors.filter((one) => one.message !== message);
    if (more.length === 0) return head;
    const [colon, stop] = language.value === "zh" ? ["：", "；"] : [": ", "; "];
    return head + colon + more.map(against).join(stop);
  }
  return {
    say,
    sayText,
    /** What went wrong in a call, with what stands against each field. */
    sayCause: (cause: Error & { problem?: Problem | null }): string =>
      cause.problem ? sayProblem(cause.problem) : sayText(cause.message),
  };
}
