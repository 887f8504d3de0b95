/** What the hub says against tables of rules, in English. */
import type { RULE_SENTENCES } from "../../../contract/rule-sentences.ts";

export const rules: Record<keyof typeof RULE_SENTENCES, string> = {
  rulesWrong: "The table is not taken: {n} places in it are wrong",
  rulesMoved:
    "The table is no longer at edition {edition} but at {now}; load it anew",
  noRuleTable: "There is no table of rules {table}",
  noEdition: "There is no edition {no} of this table",
  rulesSame: "It says what holds already",
  noCategory: "categories.csv has no such category",
  numberExpected: "a number is expected",
  limitAmount: "an amount is 0.01 to 10000",
  limitStage: "a stage is accept, verify, dispatch, sign, handle or check",
  limitType: "a type is urgentHour, workHour, workDay or naturalDay",
  limitClass: "a class is A, B or C, or blank for all",
  mostDays: "a calendar names at most {most} days",
  dayKind: "a kind is holiday or workday",
  standsOnLine: "{said} stands on line {line} already",
  noWebhook: "No webhook tells the system {system}",
  answeredWith: "It was answered with {answer}",
  notReached: "It could not be reached ({why})",
  tookTooLong: "It did not answer in time",
  notTaken: "It was not taken",
  algorithmCode:
    "a code is 1 to 64 letters, digits, dots, hyphens or underscores",
};
