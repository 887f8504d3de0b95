import type { Limit } from "./types.ts";

/**
 * Time limits of the invented city: plausible, and marked as demo data. Where
 * a real city's rule is known, its limit is taken: S13a and S8 of domain.md §5.
 */
const DEMO = "演示数据 demo data";
const AFTER_CITY_A = `${DEMO}, S13a`;
const AFTER_FUZHOU = `${DEMO}, S8`;

const HOURS_OF_DAY = 8;

type Amount = readonly [amount: number, type: Limit["type"]];

/** Limits of works (B) and special matters (C) that a real city's rule names. */
const NAMED: Record<string, { works?: Amount; special?: Amount }> = {
  暴露垃圾: {},
  积存垃圾渣土: { works: [2, "workDay"] },
  道路不洁: { works: [4, "workHour"] },
  绿地: {},
  私搭乱建: { works: [7, "workDay"], special: [20, "workDay"] },
};

const row = (
  category: string | null,
  matterClass: Limit["matterClass"],
  stage: Limit["stage"],
  [amount, type]: Amount,
  note = DEMO,
): Limit => ({ category, matterClass, stage, amount, type, note });

/** From report to dispatch one work hour together, one to read an order. */
export const everyCategory = (): Limit[] => [
  row(null, null, "accept", [0.5, "workHour"], AFTER_FUZHOU),
  row(null, null, "verify", [2, "workHour"]),
  row(null, null, "dispatch", [0.5, "workHour"], AFTER_FUZHOU),
  row(null, null, "sign", [1, "workHour"], AFTER_FUZHOU),
  row(null, "A", "handle", [1, "workDay"]),
  row(null, "B", "handle", [5, "workDay"]),
  row(null, "C", "handle", [15, "workDay"]),
  row(null, null, "check", [4, "workHour"]),
];

/** What cannot wait for the office to open. */
export const urgentSteps = (category: string): Limit[] => [
  row(category, null, "accept", [0.1, "urgentHour"]),
  row(category, null, "verify", [0.5, "urgentHour"]),
  row(category, null, "dispatch", [0.1, "urgentHour"]),
  row(category, null, "sign", [0.25, "urgentHour"]),
  row(category, null, "check", [2, "urgentHour"]),
];

/** Works get three times the ordinary limit, special matters six, in the slower unit, unless a rule is known. */
export function limitsOf(
  category: string,
  { nameZh, limit }: { nameZh: string; limit: Amount },
): Limit[] {
  const [amount, type] = limit;
  const urgent = type === "urgentHour";
  const slower = urgent ? "workHour" : "workDay";
  const units =
    urgent || slower === type ? amount : Math.ceil(amount / HOURS_OF_DAY);
  const named = NAMED[nameZh];
  const note = named ? AFTER_CITY_A : DEMO;
  const works = named?.works ?? [units * 3, slower];
  const special = named?.special ?? [
    Math.max(3, urgent ? units : units * 6),
    "workDay",
  ];
  return [
    row(category, "A", "handle", limit, note),
    row(category, "B", "handle", works, named?.works ? note : DEMO),
    row(category, "C", "handle", special, named?.special ? note : DEMO),
  ];
}
