/** The roster: stored first; the days around today are held, for whoever asks who is on. */
import type { z } from "zod";
import {
  DutyRole,
  type Crew,
  type DutyEntry,
  type dutyDoors,
  type RosterRow,
  type Shift,
  type ShiftKey,
  type ShiftSpan,
} from "../../contract/duty.ts";
import { say } from "../../contract/sentence.ts";
import {
  dateOfDay,
  dayOfDate,
  shiftFlaws,
  type ShiftPlan,
} from "../hub/duty/plan.ts";
import { rosterChange } from "../hub/duty/roster-change.ts";
import type { Clock } from "../lib/clock.ts";
import type { CentreDuty } from "../store/store.ts";
import { DutyRefusal } from "./duty-refusal.ts";

/** Days before and after today that are held: a shift may begin on either. */
const BESIDE = 3;
/** Days that are told at once. */
const MOST_DAYS = 62;

type Listed = z.output<typeof dutyDoors.listRoster.reply>;

type Cells = z.output<typeof dutyDoors.setRosterCells.body>["cells"];

interface Change {
  rev: number;
  by: { login: string; name: string };
  /** Called when all is judged, before anything is stored. */
  witness: (days: string[]) => Promise<void>;
}
type Entry = Omit<DutyEntry, "correctedBy">;

export interface RosterFlow {
  load(): Promise<void>;
  /** Moves on with the days; called every second. */
  tick(): void;
  /** Rows of a shift around today. */
  of(shift: ShiftKey): RosterRow[];
  crew(span: ShiftSpan): Crew;
  list(from: string, to: string): Promise<Listed>;
  /**
   * Puts days that are not over in the place of what stood there, and of a day
   * that is over the night that lasts.
   * @throws DutyRefusal
   */
  put(
    rows: RosterRow[],
    change: Change,
  ): Promise<{ rev: number; days: number; over: number }>;
  /**
   * Says who is on some shifts of days that are not over, or of a night that lasts.
   * @returns the new revision
   * @throws DutyRefusal
   */
  setCells(cells: Cells, change: Change): Promise<number>;
}

export function createRosterFlow(ask: {
  book: Pick<CentreDuty, "roster" | "putRoster">;
  plan: ShiftPlan;
  shifts: readonly Shift[];
  clock: Clock;
  /** What the duty log tells of a change. */
  entryOf: (text: string, by: Change["by"]) => Entry;
  /** It is stored so. */
  entered: (entry: Entry) => void;
  failed: (error: unknown) => void;
}): RosterFlow {
  const { book, plan, shifts, clock } = ask;
  let today = "";
  let near: RosterRow[] = [];
  const flaws = shiftFlaws(shifts);

  async function load(): Promise<void> {
    today = plan.dateOf(clock.now());
    const day = dayOfDate(today);
    const [from, to] = [dateOfDay(day - BESIDE), dateOfDay(day + BESIDE)];
    ({ rows: near } = await book.roster(from, to));
  }

  /** Of shifts that there are. A night that began yesterday lasts: somebody may fall ill in it. */
  function overAt(now: number) {
    const first = plan.dateOf(now);
    return ({ date, shift }: ShiftKey): boolean =>
      date < first && (plan.span({ date, shift })?.to ?? now) <= now;
  }

  const of = ({ date, shift }: ShiftKey) =>
    near.filter((row) => row.date === date && row.shift === shift);

  return {
    load,

    tick() {
      if (plan.dateOf(clock.now()) !== today) load().catch(ask.failed);
    },

    of,

    crew(span) {
      const { nameZh, nameEn } = shifts.find(({ id }) => id === span.shift)!;
      const people = of(span)
        .sort((a, b) => rank(a) - rank(b))
        .map(({ role, name, phone }) => ({ role, name, phone }));
      return { ...span, nameZh, nameEn, people };
    },

    async list(from, to) {
      const first = dayOfDate(from);
      const days = Math.min(dayOfDate(to) - first + 1, MOST_DAYS);
      const dates = Array.from({ length: Math.max(0, days) }, (_, i) =>
        dateOfDay(first + i),
      );
      const found = await book.roster(from, dates.at(-1) ?? from);
      return {
        ...{ ...found, shifts: [...shifts], flaws },
        gaps: plan.gaps(dates, found.rows),
      };
    },

    async put(rows, asked) {
      const isOver = overAt(clock.now());
      const ahead = rows.filter((row) => !isOver(row));
      const days = daysOf(ahead);
      if (days.length === 0)
        throw new DutyRefusal("wrong", say("rosterEmpty"), "/body/csv");
      const over = daysOf(rows).length - days.length;
      const rev = await keep(
        days,
        (before) => [...before.filter(isOver), ...ahead],
        asked,
      );
      return { rev, days: days.length, over };
    },

    async setCells(cells, asked) {
      const isOver = overAt(clock.now());
      const set = new Set<string>();
      for (const [i, { date, shift }] of cells.entries()) {
        // Of two that say who is on one shift neither is right.
        if (set.has(`${date} ${shift}`))
          throw new DutyRefusal(
            ...(["wrong", say("cellTwice", { date, shift })] as const),
            `/body/cells/${i}`,
          );
        set.add(`${date} ${shift}`);
        if (!shifts.some(({ id }) => id === shift))
          throw new DutyRefusal(
            ...(["wrong", say("noShift", { shift })] as const),
            `/body/cells/${i}/shift`,
          );
        if (isOver({ date, shift }))
          throw new DutyRefusal(
            ...(["wrong", say("dayOver", { date })] as const),
            `/body/cells/${i}/date`,
          );
      }
      const isSet = (row: ShiftKey) =>
        cells.some((c) => c.date === row.date && c.shift === row.shift);
      return keep(
        daysOf(cells),
        (before) => [
          ...before.filter((row) => !isSet(row)),
          ...cells.flatMap(({ date, shift, people }) =>
            people.map((one) => ({ date, shift, ...one })),
          ),
        ],
        asked,
      );
    },
  };

  /** @returns the new revision. @throws DutyRefusal where another was first */
  async function keep(
    days: string[],
    change: (before: RosterRow[]) => RosterRow[],
    { rev, by, witness }: Change,
  ): Promise<number> {
    const { rev: current, rows } = await book.roster(
      ...([days[0]!, days.at(-1)!] as const),
    );
    const moved = (to: number) =>
      new DutyRefusal("conflict", say("rosterMoved", { rev, now: to }));
    if (current !== rev) throw moved(current);
    const before = rows.filter(({ date }) => days.includes(date));
    const after = change(before);
    const told = rosterChange(before, after);
    const entry = told === "" ? null : ask.entryOf(told, by);
    await witness(days);
    const kept = await book.putRoster(after, {
      ...{ rev, who: by.login, at: clock.now(), days, entry },
    });
    if (kept === null) throw moved(rev + 1);
    await load();
    if (entry) ask.entered(entry);
    return kept;
  }
}

const daysOf = (rows: readonly { date: string }[]): string[] =>
  [...new Set(rows.map(({ date }) => date))].sort();

const rank = ({ role }: Pick<RosterRow, "role">) =>
  DutyRole.options.indexOf(role);
