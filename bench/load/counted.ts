/** What statistics keep of a made-up incident: as many rows as one that went its way. */
import type { Counted, MeasuredStage } from "../../contract/counted.ts";
import type { Held } from "../../contract/incident.ts";
import { HOUR, MINUTE } from "../../contract/time.ts";
import type { Chance } from "../../test/kit/chance.ts";

/** Each stage, whose it is, and its limit in ms. */
const STAGES: [MeasuredStage, "centre" | "order", number][] = [
  ["accept", "centre", 10 * MINUTE],
  ["dispatch", "centre", 30 * MINUTE],
  ["sign", "order", 2 * HOUR],
  ["handle", "order", 24 * HOUR],
  ["check", "centre", 4 * HOUR],
];
/** One in so many misses its limit. */
const LATE = 0.15;
const TOWNS = Array.from({ length: 80 }, (_, i) => `9990${i + 10}`);

export function countedOf(
  chance: Chance,
  { incident, dossier }: Held,
): Counted {
  const town = chance.one(TOWNS);
  if (incident.closedAt === null)
    return { town, stages: [], acts: [], undone: null };
  const [order] = dossier.orders;
  const department = order!.department;
  let at = incident.receivedAt;
  const stages = STAGES.map(([stage, whose, limit], i) => {
    const isKept = chance.next() >= LATE;
    const natural = Math.round(limit * (isKept ? chance.next() : 1.5));
    const startedAt = at;
    at += natural;
    const settledAt = isKept ? at : startedAt + limit;
    return {
      ...{ no: i + 1, stage, order: whose === "order" ? 1 : null },
      department: whose === "order" ? department : "",
      ...{ startedAt, dueAt: startedAt + limit, firstDueAt: startedAt + limit },
      ...{ stoppedAt: at, settledAt, firstSettledAt: settledAt },
      ...{ isKept, isFirstKept: isKept },
      ...{ natural, worked: Math.round(natural / 3) },
    };
  });
  const whole = {
    ...stages[0]!,
    ...{ no: 0, stage: "whole" as const, order: null, department },
    ...{ stoppedAt: at, settledAt: at, firstSettledAt: at, worked: null },
    ...{ natural: at - incident.receivedAt, isKept: chance.next() >= LATE },
  };
  const began = incident.receivedAt;
  const acts: Counted["acts"] = [
    { rev: 1, no: 0, act: "registered", at: began, department: "" },
    { rev: 2, no: 0, act: "dispatched", at: began + HOUR, department },
    { rev: 4, no: 0, act: "fedBack", at, department },
    { rev: 5, no: 0, act: "closed", at, department },
  ];
  return { town, stages: [whole, ...stages], acts, undone: null };
}
