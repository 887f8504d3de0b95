/** What the course of an alarm does to incidents: each is entered, changed and ended once, however often it is asked for. */
import type { Alarm } from "../../contract/alarm.ts";
import type { Indicator } from "../../contract/indicator.ts";
import { isWorse } from "../hub/alarms/judge.ts";
import {
  cleared,
  departmentOf,
  factsOf,
  moved,
  noted,
  reportOf,
  type Site,
} from "../hub/alarms/matter.ts";
import type { Rules } from "../hub/incidents/held.ts";
import type { Clock } from "../lib/clock.ts";
import type { AlarmRecord } from "../store/store.ts";
import type { Source } from "./incident-input.ts";
import { ReportRefusal } from "./incident-reports.ts";
import type { IncidentFlow } from "./incidents.ts";

/** Feed of incidents that alarms open. No feed may be called so. */
const ALARM = "(alarm)";

/** Who a line of an incident's history is by. */
const BY = "alarm";

export type Speaker = { login: string; name: string };

export interface AlarmIncidents {
  /** @returns its id; null where it is refused: too many are open */
  enter(alarm: Alarm): Promise<string | null>;
  /** It has another level. */
  changed(before: Alarm, alarm: Alarm): Promise<void>;
  over(record: AlarmRecord): Promise<void>;
  /** Writes a person's word about it into its history. */
  say(
    alarm: Alarm,
    who: Speaker,
    what: string,
    facts: Record<string, unknown>,
  ): Promise<void>;
}

export function createAlarmIncidents(ask: {
  clock: Clock;
  incidents: Pick<IncidentFlow, "enter" | "amend">;
  rules: Rules;
  rowOf: (indicator: string) => Indicator | undefined;
  siteOf: (scope: string) => Site;
  failed: (error: unknown) => void;
}): AlarmIncidents {
  const { clock, incidents, rowOf } = ask;

  /** @returns null where the incident is refused: too many are open */
  async function enter(alarm: Alarm): Promise<string | null> {
    const row = rowOf(alarm.indicator);
    if (!row) return null;
    const site = ask.siteOf(alarm.scope);
    const source: Source = {
      ...{ id: ALARM, historic: false, clock: "wall" },
      department: departmentOf(alarm, row),
    };
    try {
      const report = reportOf(alarm, row, site);
      const held = await incidents.enter(source, report, site.district);
      return held.incident.id;
    } catch (error) {
      if (!(error instanceof ReportRefusal)) throw error;
      ask.failed(error);
      return null;
    }
  }

  return {
    enter,

    async changed(before: Alarm, alarm: Alarm): Promise<void> {
      const row = rowOf(alarm.indicator);
      if (alarm.incident === null || !row) return;
      await incidents.amend(alarm.incident, (found) => {
        const newest = found.history.findLast(({ who }) => who === BY);
        // Killed after that, before the store had the level.
        if (newest?.facts["level"] === alarm.level) return null;
        const after = moved(found, alarm, row);
        const isWorseNow = isWorse(alarm.level, before.level);
        return (
          after && {
            ...{ after, who: BY, facts: factsOf(alarm) },
            what: isWorseNow ? "alarmRose" : "alarmFell",
          }
        );
      });
    },

    async over({ alarm, shelf }: AlarmRecord): Promise<void> {
      if (!alarm) return;
      // A hub that was killed in between may have opened it and not know: the report is the same.
      const incident = alarm.incident ?? (shelf ? null : await enter(alarm));
      if (incident === null) return;
      const now = clock.now();
      await incidents.amend(incident, (found) => {
        // Killed after that, before the alarm was forgotten.
        if (found.history.some(({ what }) => what === "alarmCleared"))
          return null;
        const after = cleared(found, { now, rules: ask.rules });
        return (
          after && {
            ...{ after, who: BY, what: "alarmCleared" },
            facts: factsOf(alarm),
          }
        );
      });
    },

    async say({ incident }, { login, name }, what, facts) {
      if (incident === null) return;
      await incidents.amend(incident, (found) => ({
        ...{ after: noted(found), who: login, name, what, facts },
      }));
    },
  };
}
