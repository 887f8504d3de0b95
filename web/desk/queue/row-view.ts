/** One row of the queue as it is drawn: texts and marks, no more. Pure but for the words it is given. */
import type { Light } from "../../../contract/clock.ts";
import type { QueueRow } from "../../../contract/incident.ts";
import type { Calendar } from "../../../contract/work-time.ts";
import { lightOf, timeLeft, usedOf } from "./light.ts";

export interface RowView {
  title: string;
  priority: number | null;
  priorityWord: string;
  where: string;
  /** Who has it; empty before it is dispatched. */
  who: string;
  left: string;
  light: Light | null;
  /** Share of its time, 0 … 1; null where none runs or a pause keeps it open. */
  used: number | null;
  status: string;
  supervised: string;
  waiting: string;
  /** Others were merged into it. */
  merged: string;
  /** It left the list: why, in words. */
  gone: string;
}

export interface RowWords {
  t(key: string, facts?: Record<string, string | number>): string;
  place(row: QueueRow): string;
  department(code: string): string;
  value(facet: "status" | "priority", code: string): string;
}

/** Departments that are named; of others only the number. */
const NAMED = 2;

/** As fine as a bar can show: else every row would be drawn anew each second. */
const STEPS = 200;
const stepOf = (share: number | null) =>
  share && Math.round(share * STEPS) / STEPS;

export function viewOf(
  row: QueueRow,
  now: number,
  gone: string,
  words: RowWords,
  /** Null until the city is known: what is left is not guessed. */
  calendar: Calendar | null,
): RowView {
  const { t } = words;
  const { key, ...facts } = calendar
    ? timeLeft(row.due, now, calendar)
    : ({ key: "none" } as const);
  const named = row.handlers.slice(0, NAMED).map(words.department);
  const more = row.handlers.length - named.length;
  const who = named.join(t("and")) + (more > 0 ? t("more", { n: more }) : "");
  return {
    title: row.title,
    priority: row.priority,
    priorityWord: words.value(
      "priority",
      row.priority === null ? "none" : String(row.priority),
    ),
    ...{ where: words.place(row), who },
    left: "text" in facts ? facts.text : t(`left.${key}`, facts),
    light: lightOf(row.due, now),
    used: row.due && calendar && stepOf(usedOf(row.due, now, calendar)),
    status: words.value("status", row.status),
    supervised:
      row.supervised > 0 ? t("supervised", { n: row.supervised }) : "",
    waiting: row.waiting.map((kind) => t(`request.${kind}`)).join(t("and")),
    merged: row.children > 0 ? t("merged", { n: row.children }) : "",
    gone,
  };
}
