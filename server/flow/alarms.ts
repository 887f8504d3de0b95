/**
 * Alarms: judged from what indicators show, and brought into the store and
 * into incidents one after the other. What is wanted is held in memory, what
 * was done in the store: a hub that is killed between two writes finds at its
 * start what is left to do, and does nothing twice.
 */
import type { Alarm, AlarmView, PastAlarm } from "../../contract/alarm.ts";
import type { Indicator, IndicatorView } from "../../contract/indicator.ts";
import { alarmFor } from "../auth/wall.ts";
import {
  isSilent,
  isWorse,
  levelAlarm,
  mayFallSilent,
  silenceAlarm,
  silenceId,
  unshelved,
} from "../hub/alarms/judge.ts";
import type { Site } from "../hub/alarms/matter.ts";
import type { Clock } from "../lib/clock.ts";
import { createQueue } from "../lib/queue.ts";
import type { Topics } from "../push/topics.ts";
import type { AlarmRecord, Store } from "../store/store.ts";
import { createAlarmIncidents, type Speaker } from "./alarm-incidents.ts";
import type { IncidentFlow } from "./incidents.ts";
import type { Rules } from "../hub/incidents/held.ts";
import type { SeesIndicators } from "./indicator-rooms.ts";

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
  const incidents = createAlarmIncidents(ask);
  /** As it is wanted. */
  const wanted = new Map<string, AlarmRecord>();
  /** As it is in the store, and its incident. */
  const done = new Map<string, AlarmRecord>();
  /** Not yet the same. */
  const behind = new Set<string>();
  /** Values whose silence may become an alarm, by the silence's id. */
  const quiet = new Map<string, IndicatorView>();
  const inTurn = createQueue();
  let listening = clock.now();
  let isStarted = false;
  let isWorking = false;

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

  const recordOf = (id: string): AlarmRecord =>
    wanted.get(id) ?? { id, alarm: null, shelf: null };

  function want(record: AlarmRecord): void {
    const { id, shelf } = record;
    const alarm = record.alarm && {
      ...record.alarm,
      shelvedUntil: shelf?.until ?? null,
    };
    const before = wanted.get(id)?.alarm ?? null;
    if (alarm || shelf) wanted.set(id, { ...record, alarm });
    else wanted.delete(id);
    topics.touch("alarms", id);
    // A value alone is shown, not stored.
    const isNews =
      !before ||
      !alarm ||
      before.level !== alarm.level ||
      before.since !== alarm.since;
    if (isNews || !isSame(wanted.get(id), done.get(id))) behind.add(id);
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

  /** Brings the store, and then the incident, up to what is wanted. */
  async function settle(id: string): Promise<void> {
    behind.delete(id);
    try {
      const stored = done.get(id);
      const before = stored?.alarm;
      const record = recordOf(id);
      const { alarm } = record;
      // Its incident first: once the alarm is gone from the store, nobody remembers it.
      if (stored && before?.since !== alarm?.since)
        await incidents.over(stored);
      const isOther = before && alarm && before.level !== alarm.level;
      if (isOther && before.since === alarm.since)
        await incidents.changed(before, alarm);
      const isOver = before && before.since !== alarm?.since;
      await keep(record, isOver ? { ...before, overAt: clock.now() } : null);
      if (alarm && alarm.incident === null && !record.shelf) await open(alarm);
    } catch (error) {
      behind.add(id);
      ask.failed(error);
    }
  }

  async function keep(
    record: AlarmRecord,
    past: PastAlarm | null = null,
  ): Promise<void> {
    await store.alarms.put(record, past);
    if (record.alarm || record.shelf) done.set(record.id, record);
    else done.delete(record.id);
  }

  async function open(alarm: Alarm): Promise<void> {
    const incident = await incidents.enter(alarm);
    if (incident === null) return;
    await keep({ ...recordOf(alarm.id), alarm: { ...alarm, incident } });
    const now = wanted.get(alarm.id);
    // It may be over meanwhile: then it is behind, and its incident known.
    if (now?.alarm?.since === alarm.since)
      want({ ...now, alarm: { ...now.alarm, incident } });
  }

  async function work(): Promise<void> {
    if (isWorking || !isStarted) return;
    isWorking = true;
    try {
      // What fails is tried again in the next second, not at once.
      for (const id of [...behind]) await inTurn(() => settle(id));
    } finally {
      isWorking = false;
    }
  }

  /** A person's word about an alarm: stored first, shown after. */
  function say(
    id: string,
    who: Speaker,
    what: string,
    apply: (alarm: Alarm) => {
      record: Partial<AlarmRecord>;
      facts: Record<string, unknown>;
    },
  ): Promise<Alarm | null> {
    return inTurn(async () => {
      await settle(id);
      const before = wanted.get(id);
      const stored = done.get(id)?.alarm;
      if (!before?.alarm || stored?.since !== before.alarm.since) return null;
      const { record, facts } = apply(before.alarm);
      const said = { ...before, ...record };
      const alarm = said.alarm!;
      // A level that came meanwhile is still to be told to the incident.
      await keep({ ...said, alarm: { ...alarm, level: stored.level } });
      await incidents.say(alarm, who, what, facts);
      const now = wanted.get(id)?.alarm;
      if (now?.since !== alarm.since) return alarm;
      const isPast = isWorse(now.level, alarm.level);
      const { acknowledged } = isPast ? now : alarm;
      want({ ...said, alarm: { ...now, acknowledged } });
      return wanted.get(id)!.alarm;
    });
  }

  return {
    heard(views) {
      for (const view of views) judge(view);
      if (behind.size > 0) void work();
    },

    moved(objects) {
      const among = new Set(objects);
      for (const { id, alarm } of wanted.values())
        if (alarm && among.has(alarm.scope)) topics.touch("alarms", id, true);
    },

    async load() {
      isStarted = false;
      const records = await store.alarms.all();
      wanted.clear();
      done.clear();
      behind.clear();
      quiet.clear();
      listening = clock.now();
      for (const record of records) {
        wanted.set(record.id, record);
        done.set(record.id, record);
        if (record.alarm?.incident === null) behind.add(record.id);
      }
    },

    start() {
      isStarted = true;
    },

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
      if (behind.size > 0) void work();
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
      const alarm = await say(id, who, "alarmUnshelved", (found) => ({
        record: { shelf: null, alarm: unshelved(found) },
        facts: {},
      }));
      // It was put aside before its incident was opened.
      if (alarm?.incident === null) behind.add(id);
      void work();
      return alarm;
    },

    get: (id) => wanted.get(id)?.alarm ?? null,

    acknowledge: (id, who, comment) =>
      say(id, who, "alarmAcknowledged", (alarm) => {
        const by = who.name || who.login;
        const acknowledged = { by, at: clock.now(), comment };
        return {
          record: { alarm: { ...alarm, acknowledged } },
          facts: { comment },
        };
      }),

    shelve: (id, who, { until, reason }) =>
      say(id, who, "alarmShelved", () => ({
        record: { shelf: { until, reason, by: who.login } },
        facts: { until, reason },
      })),
  };
}

/** Is what was stored all but the value? */
function isSame(a: AlarmRecord | undefined, b: AlarmRecord | undefined) {
  const bare = (record: AlarmRecord | undefined) =>
    JSON.stringify({
      shelf: record?.shelf ?? null,
      alarm: record?.alarm ? { ...record.alarm, value: null } : null,
    });
  return bare(a) === bare(b);
}
