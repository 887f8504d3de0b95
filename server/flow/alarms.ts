/** Alarms: judged from what indicators show, told, and answered by people. */
import type { Alarm, AlarmView, PastAlarm } from "../../contract/alarm.ts";
import type { Indicator, IndicatorView } from "../../contract/indicator.ts";
import { alarmFor } from "../auth/wall.ts";
import {
  isSilent,
  levelAlarm,
  mayFallSilent,
  silenceAlarm,
  silenceId,
  unshelved,
} from "../hub/alarms/judge.ts";
import type { Site } from "../hub/alarms/matter.ts";
import type { Clock } from "../lib/clock.ts";
import type { Topics } from "../push/topics.ts";
import type { Store } from "../store/store.ts";
import { createAlarmIncidents, type Speaker } from "./alarm-incidents.ts";
import type { IncidentFlow } from "./incidents.ts";
import type { Rules } from "../hub/incidents/held.ts";
import type { SeesIndicators } from "./indicator-rooms.ts";
import { keepAlarms } from "./kept-alarms.ts";

export interface AlarmFlow {
  /** Judges what an indicator shows now. HOT PATH: of every value shown. */
  heard(views: readonly IndicatorView[]): void;
  /** Objects (`system/sensor`) are in other districts than before. */
  moved(objects: Iterable<string>): void;
  /** Takes in what is stored. Nothing is written before `start`. */
  load(): Promise<void>;
  start(): void;
  /** Silence and shelves end by time alone; called every second. */
  tick(): void;
  /** An alarm that stands, or null. */
  get(id: string): Alarm | null;
  /** Every one that stands. */
  standing(): AlarmView[];
  /** Those that are over since an instant, the newest first, batch by batch. */
  past(from: number): AsyncGenerator<(PastAlarm & AlarmView)[]>;
  /** @returns null where it stands no more */
  acknowledge(id: string, who: Speaker, comment: string): Promise<Alarm | null>;
  /** @returns null where it stands no more */
  shelve(
    id: string,
    who: Speaker,
    shelf: { until: number; reason: string },
  ): Promise<Alarm | null>;
  /** @returns null where it stands no more */
  unshelve(id: string, who: Speaker): Promise<Alarm | null>;
}

export function createAlarmFlow(ask: {
  store: Pick<Store, "alarms">;
  topics: Topics;
  clock: Clock;
  incidents: Pick<IncidentFlow, "enter" | "amend">;
  rules: Rules;
  rowOf: (indicator: string) => Indicator | undefined;
  siteOf: (scope: string) => Site;
  sees: SeesIndicators;
  /** False while silence means nothing: just after a start, or while the store cannot write. */
  listens: () => boolean;
  failed: (error: unknown) => void;
}): AlarmFlow {
  const { store, topics, clock, rowOf } = ask;
  const kept = keepAlarms({
    ...{ store, clock, failed: ask.failed },
    incidents: createAlarmIncidents(ask),
    touched: (id) => topics.touch("alarms", id),
  });
  const { wanted, want, recordOf } = kept;
  /** Values whose silence may become an alarm, by the silence's id. */
  const quiet = new Map<string, IndicatorView>();
  let listening = clock.now();

  topics.fill(
    "alarms",
    {
      ids: () =>
        [...wanted.values()].flatMap(({ id, alarm }) => (alarm ? [id] : [])),
      accepts: () => () => true,
      sees(view) {
        const isSeen = ask.sees(view);
        return (id) => {
          const alarm = wanted.get(String(id))?.alarm;
          return !alarm || isSeen(alarm.indicator, alarm.scope);
        };
      },
      item(id, _params, view) {
        const alarm = wanted.get(String(id))?.alarm;
        return alarm ? alarmFor(view, placed(alarm)) : null;
      },
    },
    true,
  );

  function placed<A extends Alarm>(alarm: A) {
    const { name, district } = ask.siteOf(alarm.scope);
    return { ...alarm, site: name, district };
  }

  function judge(view: IndicatorView): void {
    const row = rowOf(view.indicator);
    if (!row) return;
    const before = wanted.get(view.id)?.alarm ?? null;
    if (row.opensIncident || before) {
      const alarm = levelAlarm(before, view, row, clock.now());
      if (alarm !== before) want({ ...recordOf(view.id), alarm });
    }
    const isQuiet = isSilent(view) && mayFallSilent(view, row);
    if (!isQuiet && quiet.size + wanted.size === 0) return;
    const silence = silenceId(view.id);
    if (isQuiet) quiet.set(silence, view);
    else {
      quiet.delete(silence);
      const stood = wanted.get(silence);
      if (stood?.alarm) want({ ...stood, alarm: null });
    }
  }

  return {
    heard(views) {
      for (const view of views) judge(view);
      kept.work();
    },

    moved(objects) {
      const among = new Set(objects);
      for (const { id, alarm } of wanted.values())
        if (alarm && among.has(alarm.scope)) topics.touch("alarms", id, true);
    },

    async load() {
      await kept.load();
      quiet.clear();
      listening = clock.now();
    },

    start: kept.start,

    tick() {
      const now = clock.now();
      if (ask.listens())
        for (const [id, view] of quiet) {
          const record = recordOf(id);
          const row = rowOf(view.indicator);
          if (record.alarm || !row) continue;
          const alarm = silenceAlarm(null, view, row, { now, listening });
          if (alarm) want({ ...record, alarm });
        }
      for (const record of wanted.values()) {
        const { alarm, shelf } = record;
        if (shelf && shelf.until <= now)
          want({
            ...{ ...record, shelf: null },
            alarm: alarm && unshelved(alarm),
          });
      }
      kept.work();
    },

    standing: () =>
      [...wanted.values()].flatMap(({ alarm }) =>
        alarm ? [placed(alarm)] : [],
      ),

    async *past(from) {
      for await (const batch of store.alarms.past(from))
        yield batch.map(placed);
    },

    async unshelve(id, who) {
      const alarm = await kept.say(id, who, "alarmUnshelved", (found) => ({
        record: { shelf: null, alarm: unshelved(found) },
        facts: {},
      }));
      // It was put aside before its incident was opened.
      if (alarm?.incident === null) kept.again(id);
      kept.work();
      return alarm;
    },

    get: (id) => wanted.get(id)?.alarm ?? null,

    acknowledge: (id, who, comment) =>
      kept.say(id, who, "alarmAcknowledged", (alarm) => {
        const by = who.name || who.login;
        const acknowledged = { by, at: clock.now(), comment };
        return {
          record: { alarm: { ...alarm, acknowledged } },
          facts: { comment },
        };
      }),

    shelve: (id, who, { until, reason }) =>
      kept.say(id, who, "alarmShelved", () => ({
        record: { shelf: { until, reason, by: who.login } },
        facts: { until, reason },
      })),
  };
}
