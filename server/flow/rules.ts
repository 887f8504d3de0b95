/** What the city decided by tables: limits and calendar. What is taken holds at once. */
import type { CalendarDay, WorkCalendar } from "../../contract/calendar.ts";
import type { Category } from "../../contract/city.ts";
import type { LimitRow } from "../../contract/limit.ts";
import type {
  Edition,
  Given,
  RuleTable,
  RulesPreview,
} from "../../contract/rule-table.ts";
import type { Zone } from "../../contract/zone.ts";
import { readCalendar } from "../city/calendar.ts";
import { readLimits } from "../city/limits.ts";
import { createCalendar } from "../../contract/work-time.ts";
import type { Rules } from "../hub/incidents/held.ts";
import { clocksMoved } from "../hub/incidents/moved.ts";
import type { Clock } from "../lib/clock.ts";
import type { Store } from "../store/store.ts";
import { createRuleEditions, type Taking } from "./rule-editions.ts";

export interface RulesFlow {
  load(): Promise<void>;
  limits(): { rows: LimitRow[]; editions: Edition[] };
  calendar(): WorkCalendar & { editions: Edition[] };
  workCalendar(): WorkCalendar;
  /** @throws TableError, RulesRefusal */
  preview(table: RuleTable, given: Given): Promise<RulesPreview>;
  /** @throws TableError, RulesRefusal */
  put(table: RuleTable, given: Given, taking: Taking): Promise<Edition>;
}

export function createRulesFlow(ask: {
  store: Pick<Store, "rules" | "incidents">;
  pack: {
    limits: readonly LimitRow[];
    calendar: WorkCalendar;
    categories: readonly Pick<Category, "code">[];
  };
  /** Changed in place: whoever decides about an incident reads what holds then. */
  rules: Rules;
  zone: Zone;
  clock: Clock;
  /** Deadlines are others now: every open incident is to be shown anew. */
  moved: () => Promise<void>;
}): RulesFlow {
  const { store, pack, rules, zone, clock } = ask;
  const { hours } = pack.calendar;
  const limits = createRuleEditions<LimitRow>({
    ...{ table: "limits", store, clock, packed: pack.limits },
    read: (csv) => readLimits(csv, pack.categories),
    keyOf: ({ category, stage, matterClass }) =>
      JSON.stringify([category, stage, matterClass]),
  });
  const calendar = createRuleEditions<CalendarDay>({
    ...{ table: "calendar", store, clock, packed: pack.calendar.days },
    read: readCalendar,
    keyOf: ({ date }) => date,
  });
  const calendarOf = (days: readonly CalendarDay[]) =>
    createCalendar({ zone, hours, days: [...days] });

  function hold(): void {
    rules.limits = limits.rows();
    rules.calendar = calendarOf(calendar.rows());
  }

  return {
    async load() {
      await Promise.all([limits.load(), calendar.load()]);
      hold();
    },

    limits: () => ({ rows: limits.rows(), editions: limits.editions() }),
    calendar: () => ({
      ...{ hours, days: calendar.rows(), editions: calendar.editions() },
    }),
    workCalendar: () => ({ hours, days: calendar.rows() }),

    async preview(table, given) {
      const open = await store.incidents.open();
      const clocksUnder = (to: Rules["calendar"]) =>
        clocksMoved(open, { from: rules.calendar, to, now: clock.now() });
      if (table === "limits") {
        const { changes, same } = limits.compared(await limits.given(given));
        return {
          ...{ flaws: [], limits: changes, days: [], same },
          clocks: clocksUnder(rules.calendar),
        };
      }
      const days = await calendar.given(given);
      const { changes, same } = calendar.compared(days);
      return {
        ...{ flaws: [], limits: [], days: changes, same },
        clocks: clocksUnder(calendarOf(days)),
      };
    },

    async put(table, given, taking) {
      if (table === "limits") {
        const taken = await limits.put(await limits.given(given), taking);
        hold();
        return taken;
      }
      const taken = await calendar.put(await calendar.given(given), taking);
      hold();
      await ask.moved();
      return taken;
    },
  };
}
