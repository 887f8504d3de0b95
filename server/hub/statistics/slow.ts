/** Which open incidents make slow progress, in the order in which they are published. Pure. */
import type { Incident } from "../../../contract/incident.ts";

export interface Slow<I> {
  incident: I;
  /** Who has it, the lead of several; empty = the centre. */
  department: string;
  /** ms past its deadline; 0 = supervised alone. */
  lateBy: number;
}

type Matter = Pick<
  Incident,
  "number" | "handlers" | "centre" | "due" | "supervised"
>;

/** Departments with most of them first; of each the latest first, and the more urgent supervision. */
export function slowOf<I extends Matter>(
  open: Iterable<I>,
  now: number,
): Slow<I>[] {
  const slow: Slow<I>[] = [];
  const counts = new Map<string, number>();
  for (const incident of open) {
    const dueAt = incident.due?.dueAt ?? null;
    const lateBy = dueAt === null ? 0 : Math.max(0, now - dueAt);
    if (lateBy === 0 && incident.supervised === 0) continue;
    const department = incident.handlers[0] ?? incident.centre ?? "";
    slow.push({ incident, department, lateBy });
    counts.set(department, (counts.get(department) ?? 0) + 1);
  }
  const most = ({ department }: Slow<I>) => counts.get(department)!;
  return slow.sort(
    (a, b) =>
      most(b) - most(a) ||
      byText(a.department, b.department) ||
      b.lateBy - a.lateBy ||
      b.incident.supervised - a.incident.supervised ||
      byText(a.incident.number, b.incident.number),
  );
}

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
