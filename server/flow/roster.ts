/** The roster: stored first; the days around today are held, for whoever asks who is on. */
import type { z } from "zod";
import {
  DutyRole,
  type Crew,
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
import type { Clock } from "../lib/clock.ts";
import type { Store } from "../store/store.ts";
import { DutyRefusal } from "./duty-refusal.ts";

/** Days before and after today that are held: a shift may begin on either. */
const BESIDE = 3;
/** Days that are told at once. */
const MOST_DAYS = 62;

type Listed = z.output<typeof dutyDoors.listRoster.reply>;

export interface RosterFlow {
  load(): Promise<void>;
  /** Moves on with the days; called every second. */
  tick(): void;
  /** Rows of a shift around today. */
  of(shift: ShiftKey): RosterRow[];
  crew(span: ShiftSpan): Crew;
  list(from: string, to: string): Promise<Listed>;
  /**
   * Puts days that are not over in the place of what stood there.
   * @param ask.witness called when all is judged, before anything is stored
   * @throws DutyRefusal
   */
  put(
    rows: RosterRow[],
    ask: {
      rev: number;
      who: string;
      witness: (days: string[]) => Promise<void>;
    },
  ): Promise<{ rev: number; days: number; over: number }>;
}

export function createRosterFlow(ask: {
  store: Pick<Store, "duty">;
  plan: ShiftPlan;
  shifts: readonly Shift[];
  clock: Clock;
  failed: (error: unknown) => void;
}): RosterFlow {
  const { store, plan, shifts, clock } = ask;
  let today = "";
  let near: RosterRow[] = [];
  const flaws = shiftFlaws(shifts);

  async function load(): Promise<void> {
    today = plan.dateOf(clock.now());
    const day = dayOfDate(today);
    const [from, to] = [dateOfDay(day - BESIDE), dateOfDay(day + BESIDE)];
    ({ rows: near } = await store.duty.roster(from, to));
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
      const found = await store.duty.roster(from, dates.at(-1) ?? from);
      return {
        ...{ ...found, shifts: [...shifts], flaws },
        gaps: plan.gaps(dates, found.rows),
      };
    },

    async put(rows, { rev, who, witness }) {
      const now = clock.now();
      const first = plan.dateOf(now);
      const ahead = rows.filter(({ date }) => date >= first);
      const days = [...new Set(ahead.map(({ date }) => date))].sort();
      const over = new Set(
        rows.map(({ date }) => date).filter((date) => date < first),
      ).size;
      if (days.length === 0)
        throw new DutyRefusal("wrong", say("rosterEmpty"), "/body/csv");
      const { rev: current } = await store.duty.roster(first, first);
      const moved = (to: number) =>
        new DutyRefusal("conflict", say("rosterMoved", { rev, now: to }));
      if (current !== rev) throw moved(current);
      await witness(days);
      const kept = await store.duty.putRoster(ahead, { rev, who, at: now });
      if (kept === null) throw moved(rev + 1);
      await load();
      return { rev: kept, days: days.length, over };
    },
  };
}

const rank = ({ role }: Pick<RosterRow, "role">) =>
  DutyRole.options.indexOf(role);
