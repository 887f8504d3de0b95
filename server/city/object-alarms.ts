import { z } from "zod";
import type { Category } from "../../contract/city.ts";
import { ObjectAlarm } from "../../contract/object-alarm.ts";
import { SENTENCES } from "../../contract/sentences.ts";
import { readTable } from "./table.ts";

/**
 * Reads `object-alarms.csv` (columns kind, alarm, kindZh, alarmZh, category,
 * priority): which alarms of moving objects open incidents.
 * @throws TableError naming line and column of everything that is wrong
 */
export function readObjectAlarms(
  text: string,
  categories: readonly Pick<Category, "code">[],
): ObjectAlarm[] {
  const codes = new Set(categories.map(({ code }) => code));
  return readTable({
    ...{ file: "object-alarms.csv", text },
    shape: ObjectAlarm.extend({
      category: ObjectAlarm.shape.category.refine(
        (code) => codes.has(code),
        SENTENCES.noCategory,
      ),
      priority: z
        .string()
        .regex(/^[1-4]$/, SENTENCES.numberExpected)
        .transform(Number)
        .pipe(ObjectAlarm.shape.priority),
    }),
    identity: ({ kind, alarm }) => `${kind} ${alarm}`,
  });
}
