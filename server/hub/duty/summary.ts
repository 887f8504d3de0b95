/** What a shift was, from counts of the store and of what is open. */
import type {
  OpenMatter,
  ShiftSpan,
  ShiftSummary,
} from "../../../contract/duty.ts";
import type { Incident } from "../../../contract/incident.ts";

/** Incidents that came in, counted by what they are. */
export interface Came {
  source: string;
  priority: number | null;
  district: string | null;
  n: number;
}

/** Matters that are told one by one: of those that are late, and of the others. */
const MATTERS = 20;

type Open = Pick<
  Incident,
  "id" | "number" | "title" | "priority" | "status" | "district" | "due"
>;

/** @param open every incident that is open now, within the reader's scope */
export function summarise(told: {
  span: ShiftSpan;
  at: number;
  came: readonly Came[];
  registered: number;
  closed: number;
  open: Iterable<Open>;
  entries: Record<string, number>;
  alarms: ShiftSummary["alarms"];
}): ShiftSummary {
  const { span, at, came, registered, closed, entries, alarms } = told;
  const dueOf = ({ due }: Open) => due?.dueAt ?? Infinity;
  const open = [...told.open].sort(
    (a, b) => dueOf(a) - dueOf(b) || (a.number < b.number ? -1 : 1),
  );
  const late = open.filter((one) => dueOf(one) < at).length;
  const end = Math.min(at, span.to);
  return {
    ...{ span, at, registered, closed, alarms },
    reported: sum(came.map(({ n }) => n)),
    overdue: open.filter((one) => dueOf(one) >= span.from && dueOf(one) < end)
      .length,
    bySource: tally(came, ({ source }) => source),
    byPriority: tally(came, ({ priority }) =>
      priority === null ? "none" : `p${priority}`,
    ),
    byDistrict: tally(came, ({ district }) => district ?? "none"),
    ...{ open: open.length, late },
    matters: [
      ...open.slice(0, Math.min(late, MATTERS)),
      ...open.slice(late, late + MATTERS),
    ].map(matterOf),
    entries: { total: sum(Object.values(entries)), byKind: entries },
  };
}

const matterOf = ({ due, ...open }: Open): OpenMatter => ({
  ...{ id: open.id, number: open.number, title: open.title },
  ...{ priority: open.priority, status: open.status },
  ...{ district: open.district, dueAt: due?.dueAt ?? null },
});

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, n) => total + n, 0);

/** Sources are a department's own words: whatever they are, they become fields of their own. */
function tally(
  came: readonly Came[],
  keyOf: (one: Came) => string,
): Record<string, number> {
  const counts = new Map<string, number>();
  for (const one of came)
    counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + one.n);
  return Object.fromEntries(counts);
}
