import { z } from "zod";
import type { Category } from "../../contract/city.ts";
import {
  LimitRow,
  LimitStage,
  LimitType,
  MatterClass,
} from "../../contract/limit.ts";
import { SENTENCES } from "../../contract/sentences.ts";
import { readTable } from "./table.ts";

const row = (
  stage: LimitRow["stage"],
  amount: number,
  type: LimitRow["type"],
  matterClass: LimitRow["matterClass"] = null,
): LimitRow => ({ category: null, matterClass, stage, amount, type });

/**
 * Where a city says nothing. From report to dispatch one work hour together,
 * and one for a department to read its order, as Fuzhou has it (domain.md §5,
 * S8); the rest is ours.
 */
export const DEFAULT_LIMITS: readonly LimitRow[] = [
  row("accept", 0.5, "workHour"),
  row("verify", 2, "workHour"),
  row("dispatch", 0.5, "workHour"),
  row("sign", 1, "workHour"),
  row("handle", 1, "workDay", "A"),
  row("handle", 5, "workDay", "B"),
  row("handle", 15, "workDay", "C"),
  row("check", 4, "workHour"),
];

const blankIsNull = (cell: unknown) => (cell === "" ? null : cell);
const blankIsHandle = (cell: unknown) => cell || "handle";
const Row = LimitRow.extend({
  stage: z.preprocess(
    blankIsHandle,
    z.enum(LimitStage.options, SENTENCES.limitStage),
  ),
  matterClass: z.preprocess(
    blankIsNull,
    z.enum(MatterClass.options, SENTENCES.limitClass).nullable(),
  ),
  amount: z
    .string()
    .regex(/^\d+(\.\d+)?$/, SENTENCES.numberExpected)
    .transform(Number)
    .pipe(LimitRow.shape.amount),
  type: z.enum(LimitType.options, SENTENCES.limitType),
});

/**
 * Reads `limits.csv` (columns category, matterClass, stage, amount, type);
 * blank is every category or class, and the stage of handling.
 * @returns its rows and, for every category, what of the defaults they leave open
 * @throws TableError naming line and column of everything that is wrong
 */
export function readLimits(
  text: string,
  categories: readonly Pick<Category, "code">[],
): LimitRow[] {
  const codes = new Set(categories.map(({ code }) => code));
  const category = LimitRow.shape.category.refine(
    (code) => code === null || codes.has(code),
    SENTENCES.noCategory,
  );
  const rows = readTable({
    file: "limits.csv",
    text,
    shape: Row.extend({ category: z.preprocess(blankIsNull, category) }),
    formerly: { grade: "matterClass", value: "amount" },
    identity: (row) =>
      `${row.stage} of ${row.category ?? "every category"}${row.matterClass ? `, class ${row.matterClass},` : ""}`,
  });
  return [...rows, ...DEFAULT_LIMITS.filter((each) => !isSaid(each, rows))];
}

/** Do rows for every category say what this one says? */
const isSaid = (
  { stage, matterClass }: LimitRow,
  rows: readonly LimitRow[],
): boolean =>
  rows.some(
    (other) =>
      other.category === null &&
      other.stage === stage &&
      (other.matterClass === null || other.matterClass === matterClass),
  );
