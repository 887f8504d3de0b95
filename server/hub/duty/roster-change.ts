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
  const cells = [...new Set([...before, ...after].map(cellOf))].sort();
  const names = (rows: readonly RosterRow[], cell: string) =>
    rows
      .filter((row) => cellOf(row) === cell)
      .map(({ name }) => name)
      .sort()
      .join("、");
  const lines = cells.flatMap((cell) => {
    const was = names(before, cell);
    const is = names(after, cell);
    return was === is ? [] : [`${cell}: ${was || "—"} → ${is || "—"}`];
  });
  const more = lines.length - TOLD;
  return [...lines.slice(0, TOLD), ...(more > 0 ? [`… +${more}`] : [])].join(
    "\n",
  );
}
