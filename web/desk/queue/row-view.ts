/** One row of the queue as it is drawn: texts and marks, no more. Pure but for the words it is given. */
import type { Ref } from "vue";
import type { Light } from "../../../contract/clock.ts";
import type { QueueRow } from "../../../contract/incident.ts";
import type { Calendar } from "../../../contract/work-time.ts";
import { lightOf, sayLeft, timeLeft, usedOf } from "../light.ts";
import type { TextWidth } from "./text-width.ts";

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
  /** What is special of it, as many as fit. */
  flags: Flag[];
  /** How many more there are; 0 = none. */
  more: number;
  /** All of them, in words. */
  allFlags: string;
  /** It left the list: why, in words. */
  gone: string;
}

export interface Flag {
  text: string;
  /** Somebody above waits for it. */
  isPressing: boolean;
}

/** What a row has room for. */
export interface Room {
  /** Px of the row. */
  px: number;
  textWidth: TextWidth;
}

/** Px of a row's second line that are no text: its mark and margins. */
const MARGINS = 64;
/** Px that must be left of a place and, where somebody has it, of who that is. */
const PLACE = 90;
const WHO = 70;
/** Px of a flag beside its text: what pads it, and the gap behind it. */
const AROUND = 16;

/** The first that fit whole beside what else a row says; the first of all always does. */
export function fitting(
  flags: readonly Flag[],
  { status, who }: Pick<RowView, "status" | "who">,
  { px, textWidth }: Room,
): Flag[] {
  const widthOf = (flag: string) => textWidth(flag, 12) + AROUND;
  let left = px - MARGINS - PLACE - (who === "" ? 0 : WHO);
  left -= textWidth(status, 13);
  const fits: Flag[] = [];
  for (const [i, flag] of flags.entries()) {
    const rest = i < flags.length - 1 ? widthOf("+9") : 0;
    left -= widthOf(flag.text);
    if (i > 0 && left < rest) break;
    fits.push(flag);
  }
  return fits;
}

export interface RowWords {
  t(key: string, facts?: Record<string, string | number>): string;
  place(row: QueueRow): string;
  department(code: string): string;
  late(ms: number): string;
  value(facet: "status" | "priority", code: string): string;
}

/** Departments that are named; of others only the number. */
const NAMED = 2;

/** What a row stands on besides itself. */
export interface Ground {
  words: RowWords & { calendar: Readonly<Ref<Calendar | null>> };
  now: Readonly<Ref<number>>;
  /** Px of the row. */
  px: Readonly<Ref<number>>;
  textWidth: TextWidth;
}

/** A row on its ground as it is at this moment. */
export function viewOn(ground: Ground, row: QueueRow, gone: string): RowView {
  const { words, now, px, textWidth } = ground;
  const room = { px: px.value, textWidth };
  return viewOf(row, now.value, gone, words, words.calendar.value, room);
}

/** As fine as a bar can show: else every row would be drawn anew each second. */
const STEPS = 200;
const stepOf = (share: number | null) =>
  share && Math.round(share * STEPS) / STEPS;

function viewOf(
  row: QueueRow,
  now: number,
  gone: string,
  words: RowWords,
  /** Null until the city is known: what is left is not guessed. */
  calendar: Calendar | null,
  room: Room,
): RowView {
  const { t } = words;
  const left = calendar && timeLeft(row.due, now, calendar);
  const named = row.handlers.slice(0, NAMED).map(words.department);
  const more = row.handlers.length - named.length;
  const who = named.join(t("and")) + (more > 0 ? t("more", { n: more }) : "");
  const status = words.value("status", row.status);
  const pressed = row.instructed
    ? t("instructed")
    : row.supervised > 0
      ? t("supervised", { n: row.supervised })
      : "";
  const all = [
    { text: pressed, isPressing: true },
    ...row.waiting.map((kind) => ({
      ...{ text: t(`request.${kind}`), isPressing: false },
    })),
    {
      text: row.children > 0 ? t("merged", { n: row.children }) : "",
      isPressing: false,
    },
  ].filter(({ text }) => text !== "");
  const flags = fitting(all, { status, who }, room);
  return {
    title: row.title,
    priority: row.priority,
    priorityWord: words.value(
      "priority",
      row.priority === null ? "none" : String(row.priority),
    ),
    ...{ where: words.place(row), who },
    left: sayLeft(left ?? { key: "none" }, words),
    light: lightOf(row.due, now),
    used: row.due && calendar && stepOf(usedOf(row.due, now, calendar)),
    ...{ status, flags, more: all.length - flags.length },
    allFlags: all.map(({ text }) => text).join(t("and")),
    gone,
  };
}
