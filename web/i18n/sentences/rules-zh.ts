/** What the hub says against tables of rules, in Chinese. */
import type { RULE_SENTENCES } from "../../../contract/rule-sentences.ts";

export const rules: Record<keyof typeof RULE_SENTENCES, string> = {
  rulesWrong: "未采用，有 {n} 处不符",
  rulesMoved: "已不是第 {edition} 版，现为第 {now} 版，请重新载入",
  noRuleTable: "没有规则表 {table}",
  noEdition: "没有第 {no} 版",
  rulesSame: "与现行内容相同",
  noCategory: "categories.csv 中没有这个类别",
  numberExpected: "应为数字",
  limitAmount: "数值应在 0.01 至 10000 之间",
  limitStage: "环节应为 accept、verify、dispatch、sign、handle 或 check",
  limitType: "类型应为 urgentHour、workHour、workDay 或 naturalDay",
  limitClass: "类别应为 A、B 或 C，留空表示全部",
  mostDays: "日历最多列 {most} 天",
  dayKind: "类型应为 holiday（放假）或 workday（调休上班）",
  standsOnLine: "与第 {line} 行重复（{said}）",
  noWebhook: "系统 {system} 没有设置回传",
  answeredWith: "对方答复 {answer}",
  notReached: "无法连接（{why}）",
  tookTooLong: "对方未在时限内答复",
  notTaken: "对方未收下",
  algorithmCode: "编码为 1 至 64 个字母、数字、点、连字符或下划线",
};
