/** What the hub says of the city's tables of rules, its algorithms, and the systems that it tells; see sentences.ts. */
export const RULE_SENTENCES = {
  rulesWrong: "the table is not taken: {n} places in it are wrong",
  rulesMoved: "the table is no longer at edition {edition}; it is at {now}",
  noRuleTable: "there is no table of rules {table}",
  noEdition: "there is no edition {no} of this table",
  rulesSame: "it says what holds already",
  noCategory: "categories.csv has no such category",
  numberExpected: "a number is expected",
  limitAmount: "an amount is 0.01 to 10000",
  limitStage: "a stage is accept, verify, dispatch, sign, handle or check",
  limitType: "a type is urgentHour, workHour, workDay or naturalDay",
  limitClass: "a class is A, B or C, or blank for all",
  mostDays: "a calendar names at most {most} days",
  dayKind: "a kind is holiday or workday",
  standsOnLine: "{said} stands on line {line} already",
  noWebhook: "no webhook tells the system {system}",
  answeredWith: "it was answered with {answer}",
  notReached: "it could not be reached ({why})",
  tookTooLong: "it did not answer in time",
  notTaken: "it was not taken",
  algorithmCode:
    "a code is 1 to 64 letters, digits, dots, hyphens or underscores",
} as const;
