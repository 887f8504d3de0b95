import { z } from "zod";
import { RosterRow, type Shift } from "../../contract/duty.ts";
import { say } from "../../contract/sentence.ts";
import { SENTENCES } from "../../contract/sentences.ts";
import { text as textOf } from "../../contract/text.ts";
import { isoDate, readTable } from "./table.ts";

/**
 * Reads a roster (columns date, shift, role, name and, where wanted, login and
 * phone), from the pack's `roster.csv` or as an officer gives it.
 * @throws TableError naming line and column of everything that is wrong
 */
export function readRoster(
  text: string,
  shifts: readonly Pick<Shift, "id">[],
): RosterRow[] {
  const ids = new Set(shifts.map(({ id }) => id));
  const shape = RosterRow.extend({
    date: z.preprocess(isoDate, RosterRow.shape.date),
    shift: RosterRow.shape.shift.refine((id) => ids.has(id), {
      error: ({ input }) => say("noShift", { shift: String(input) }).message,
    }),
    role: z.enum(RosterRow.shape.role.options, SENTENCES.noRosterRole),
    name: textOf(80).min(1, SENTENCES.nameMissing),
    login: RosterRow.shape.login.default(""),
    phone: RosterRow.shape.phone.default(""),
  });
  return readTable({
    ...{ file: "roster.csv", text, shape },
    identity: ({ date, shift, role, name }) =>
      `${name} as ${role} of ${shift} on ${date}`,
  });
}
