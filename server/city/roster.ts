import { z } from "zod";
import { RosterRow, type Shift } from "../../contract/duty.ts";
import { say } from "../../contract/sentence.ts";
import { SENTENCES } from "../../contract/sentences.ts";
import { text as textOf } from "../../contract/text.ts";
import { isoDate, readTable } from "./table.ts";

/** A row, and whose roster it is of: a district's centre, or null = the city's. */
export type CentreRow = RosterRow & { centre: string | null };

/**
 * Reads a roster (columns date, shift, role, name and, where wanted, login,
 * phone and centre), from the pack's `roster.csv` or as an officer gives it.
 * @param of centres that there are, and whose the table is where it has no such column
 * @throws TableError naming line and column of everything that is wrong
 */
export function readRoster(
  text: string,
  shifts: readonly Pick<Shift, "id">[],
  of: { centres?: readonly string[]; own?: string | null } = {},
): CentreRow[] {
  const { centres = [], own = null } = of;
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
    centre: textOf(40)
      .refine((code) => code === "" || centres.includes(code), {
        error: ({ input }) =>
          say("noDutyCentre", { department: String(input) }).message,
      })
      .default(own ?? "")
      .transform((code) => (code === "" ? null : code)),
  });
  return readTable({
    ...{ file: "roster.csv", text, shape },
    identity: ({ centre, date, shift, role, name }) =>
      `${name} as ${role} of ${shift} on ${date}${centre === null ? "" : ` at ${centre}`}`,
  });
}
