import { z } from "zod";
import type { DutyRole } from "../../contract/duty.ts";
import { Shift } from "../../contract/duty.ts";
import { readTable } from "./table.ts";

/** On every shift, where a city says nothing else. */
const NEEDED: DutyRole[] = ["dutyLeader", "shiftLeader", "dutyOfficer"];

/** Where a city has no `shifts.csv`: three of eight hours. */
export const ORDINARY_SHIFTS: readonly Shift[] = [
  ["early", "早班", "Early shift", "07:30", "15:30"],
  ["middle", "中班", "Middle shift", "15:30", "23:30"],
  ["night", "夜班", "Night shift", "23:30", "07:30"],
].map(([id, nameZh, nameEn, from, to]) =>
  Shift.parse({ id, nameZh, nameEn, from, to, needs: NEEDED }),
);

const several = (cell: unknown) =>
  typeof cell === "string" && cell !== "" ? cell.split(";") : NEEDED;

const Row = Shift.extend({
  nameEn: Shift.shape.nameEn.default(""),
  needs: z.preprocess(several, Shift.shape.needs),
});

/**
 * Reads `shifts.csv` (columns id, nameZh, from, to and, where wanted, nameEn
 * and needs: roles between semicolons).
 * @throws TableError naming line and column of everything that is wrong
 */
export const readShifts = (text: string): Shift[] =>
  readTable({
    ...{ file: "shifts.csv", text, shape: Row },
    identity: ({ id }) => id,
  });
