/**
 * Alarms as they are wanted and as they are stored. What is wanted is held in
 * memory, what was done in the store and in incidents, one after the other: a
 * hub that is killed between two writes finds at its start what is left to do,
 * and does nothing twice.
 */
import type { Alarm, PastAlarm } from "../../contract/alarm.ts";
import { isWorse } from "../hub/alarms/judge.ts";
import type { Clock } from "../lib/clock.ts";
import { createQueue } from "../lib/queue.ts";
import type { AlarmRecord, Store } from "../store/store.ts";
import type { AlarmIncidents, Speaker } from "./alarm-incidents.ts";

export interface KeptAlarms {
  /** As they are wanted, by id: that stand, or are put aside. */
  wanted: ReadonlyMap<string, AlarmRecord>;
  /** The wanted one; where there is none, an empty one. */
  recordOf(id: string): AlarmRecord;
  /** From now on it is to be so. */
  want(record: AlarmRecord): void;
  /**
   * A person's word about an alarm: stored first, shown after.
   * @returns null where it stands no more
   */
  say(
    id: string,
    who: Speaker,
    what: string,
    apply: (alarm: Alarm) => {
      record: Partial<AlarmRecord>;
      facts: Record<string, unknown>;
    },
  ): Promise<Alarm | null>;
  /** Its incident is opened with the next work, where it has none. */
  again(id: string): void;
  /** Brings the store and incidents up to what is wanted, where they are behind. */
  work(): void;
  /** Takes in what is stored. Nothing is written before `start`. */
  load(): Promise<void>;
  start(): void;
}

export function keepAlarms(ask: {
  store: Pick<Store, "alarms">;
  clock: Clock;
  incidents: AlarmIncidents;
  /** It is wanted otherwise than before. */
  touched: (id: string) => void;
  failed: (error: unknown) => void;
}): KeptAlarms {
  const { store, clock, incidents } = ask;
  const wanted = new Map<string, AlarmRecord>();
  /** As it is in the store, and its incident. */
  const done = new Map<string, AlarmRecord>();
  /** Not yet the same. */
  const behind = new Set<string>();
  const inTurn = createQueue();
  let isStarted = false;
  let isWorking = false;

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
    ask.touched(id);
    // A value alone is shown, not stored.
    const isNews =
      !before ||
      !alarm ||
      before.level !== alarm.level ||
      before.since !== alarm.since;
    if (isNews || !isSame(wanted.get(id), done.get(id))) behind.add(id);
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

  return {
    wanted,
    recordOf,
    want,

    say: (id, who, what, apply) =>
      inTurn(async () => {
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
      }),

    again(id) {
      behind.add(id);
    },

    work() {
      if (behind.size > 0) void work();
    },

    async load() {
      isStarted = false;
      const records = await store.alarms.all();
      wanted.clear();
      done.clear();
      behind.clear();
      for (const record of records) {
        wanted.set(record.id, record);
        done.set(record.id, record);
        if (record.alarm?.incident === null) behind.add(record.id);
      }
    },

    start() {
      isStarted = true;
    },
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
