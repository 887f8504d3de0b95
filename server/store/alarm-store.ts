/** Alarms and the shelves that they are put on. */
import type { Alarm, PastAlarm } from "../../contract/alarm.ts";

/** An alarm put aside: it counts for whatever stands at its scope until then. */
export interface Shelf {
  until: number;
  by: string;
  reason: string;
}

/** An alarm as it stands, or the shelf that waits for it; a record of neither is removed. */
export interface AlarmRecord {
  id: string;
  alarm: Alarm | null;
  shelf: Shelf | null;
}

export interface AlarmStore {
  /** @param past what stood there before and is over */
  put(record: AlarmRecord, past?: PastAlarm | null): Promise<void>;
  all(): Promise<AlarmRecord[]>;
  /** Those that are over since an instant, the newest first, batch by batch. */
  past(from: number): AsyncGenerator<PastAlarm[]>;
}
