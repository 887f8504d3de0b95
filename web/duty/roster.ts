/** One shift of a roster and what changes it, to do and to undo. Pure. */
import type { RosterRow, ShiftKey } from "../../contract/duty.ts";

export interface Cell extends ShiftKey {
  people: Pick<RosterRow, "role" | "name" | "login" | "phone">[];
}
export interface RosterChange {
  /** The roster's revision after it. */
  rev: number;
  /** What stood there. */
  before: Cell[];
}

export const cellOf = (
  rows: readonly RosterRow[],
  { date, shift }: ShiftKey,
): Cell => ({
  ...{ date, shift },
  people: rows
    .filter((row) => row.date === date && row.shift === shift)
    .map(({ role, name, login, phone }) => ({ role, name, login, phone })),
});

/**
 * Whom a table of some days begins with: each row once of every shift that may
 * still be changed with them, be it a night from the day before that lasts.
 */
export const tableOf = (
  rows: readonly RosterRow[],
  days: readonly string[],
  lasting: ShiftKey | null,
): RosterRow[] =>
  rows.filter(
    ({ date, shift }) =>
      days.includes(date) ||
      (date === lasting?.date && shift === lasting.shift),
  );

/** What puts it back. */
export const changeOf = (
  { rev, rows }: { rev: number; rows: readonly RosterRow[] },
  cells: readonly Cell[],
): RosterChange => ({
  rev,
  before: cells.map((cell) => cellOf(rows, cell)),
});
