/** Invented rows of a queue, for tests. */
import type { Due, QueueRow } from "../../../contract/incident.ts";
import { HOUR, MINUTE } from "../../../contract/time.ts";

/** A Friday morning. */
export const NOW = Date.UTC(2026, 10, 20, 0, 42);

/** An hour, of which `left` ms are left. */
export const dueIn = (left: number, more: Partial<Due> = {}): Due => {
  const dueAt = NOW + left;
  return {
    stage: "handle",
    limit: { amount: 1, type: "urgentHour" },
    startedAt: dueAt - HOUR,
    yellowAt: dueAt - 12 * MINUTE,
    dueAt,
    firstDueAt: dueAt,
    pausedAt: null,
    ...more,
  };
};

export const queueRow = (
  id: string,
  more: Partial<QueueRow> = {},
): QueueRow => ({
  ...{ id, number: `2026-${id}`, title: `${id} 路面积水`, rev: 1 },
  ...{ source: "hotline12345", department: "URBAN", category: "0406" },
  ...{ matterClass: "A", priority: 3, status: "reported" },
  ...{ lng: 120, lat: 30, district: "990102", address: "澜江大道 1 号" },
  ...{ centre: null, parent: null, reportedAt: NOW - HOUR, confidence: null },
  ...{ departments: ["URBAN"], handlers: [], due: dueIn(30 * MINUTE) },
  ...{
    grid: null,
    supervised: 0,
    instructed: false,
    waiting: [],
    returns: 0,
    reworks: 0,
    urges: 0,
    children: 0,
  },
  ...more,
});
