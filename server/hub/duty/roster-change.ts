/** What of a roster changed, shift by shift, as the duty log tells it. Pure. */
import type { RosterRow } from "../../../contract/duty.ts";

/** Lines that one entry of the log tells. */
const TOLD = 20;

const cellOf = ({ date, shift, role }: RosterRow) => `${date} ${shift} ${role}`;

/** `date shift role: who was → who is`, one a line; empty where nothing changed. Telephones are told nowhere. */
export function rosterChange(
  before: readonly RosterRow[],
  after: readonly RosterRow[],
): string {
  const [had, have] = [namesIn(before), namesIn(after)];
  const cells = [...new Set([...had.keys(), ...have.keys()])].sort();
  const lines = cells.flatMap((cell) => {
    const [was, is] = [had, have].map((names) =>
      (names.get(cell) ?? []).sort().join("、"),
    );
    return was === is ? [] : [`${cell}: ${was || "—"} → ${is || "—"}`];
  });
  const more = lines.length - TOLD;
  return [...lines.slice(0, TOLD), ...(more > 0 ? [`… +${more}`] : [])].join(
    "\n",
  );
}

/** By cell, in one pass: a roster of years has tens of thousands of rows. */
function namesIn(rows: readonly RosterRow[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const row of rows) {
    const cell = cellOf(row);
    const of = names.get(cell);
    if (of) of.push(row.name);
    else names.set(cell, [row.name]);
  }
  return names;
}
