/**
 * Which alarms stand. A level is the indicator's own, with its hysteresis
 * (server/hub/indicators/levels.ts); here is only what it means for somebody
 * who must act.
 */
import type { Alarm } from "../../../contract/alarm.ts";
import type { Indicator, IndicatorView } from "../../../contract/indicator.ts";
import { Level, type Priority } from "../../../contract/level.ts";
import { CITY_SCOPE } from "../../../contract/place.ts";

/** What of an indicator's row and value is judged. */
export type Row = Pick<
  Indicator,
  "id" | "scopes" | "source" | "thresholds" | "opensIncident" | "staleAfter"
>;
export type Seen = Pick<
  IndicatorView,
  | "id"
  | "indicator"
  | "scope"
  | "state"
  | "value"
  | "freshness"
  | "at"
  | "receivedAt"
>;

type ScopeKind = Indicator["scopes"][number];

const kindOf = (scope: string): ScopeKind =>
  scope === CITY_SCOPE ? "city" : scope.includes("/") ? "object" : "district";

const KINDS: readonly ScopeKind[] = ["city", "district", "object"];
/** A matter has a place: it alarms where the row looks the closest, once, not in its district and city as well. */
const closest = ({ scopes }: Row) => KINDS.findLast((k) => scopes.includes(k));
/** Silence of a row is one matter, not one a district. */
const widest = ({ scopes }: Row) => KINDS.find((k) => scopes.includes(k));

const worth = (level: Level): number =>
  Level.options.length - Level.options.indexOf(level);

export const isWorse = (level: Level | null, than: Level | null): boolean =>
  level !== null && (than === null || worth(level) > worth(than));

/** Priority of an incident at a level, where it opens at `opens.level` with `opens.priority`. */
export function priorityAt(
  level: Level,
  opens: NonNullable<Row["opensIncident"]>,
): Priority {
  return Math.max(1, opens.priority - (worth(level) - worth(opens.level)));
}

/** The level alarm of a value; the same object where nothing of it changed. */
export function levelAlarm(
  before: Alarm | null,
  { id, indicator, scope, state, value }: Seen,
  row: Row,
  now: number,
): Alarm | null {
  const opens = row.opensIncident;
  const isJudged = opens && Object.keys(row.thresholds).length > 0;
  if (!isJudged || kindOf(scope) !== closest(row)) return null;
  // Neither silence nor a baseline that is not known yet is evidence.
  if (state === "stale" || state === "none") return before;
  if (state === "normal" || worth(state) < worth(opens.level)) return null;
  if (!before)
    return {
      ...{ id, indicator, scope, level: state, since: now, value },
      ...{ incident: null, acknowledged: null, shelvedUntil: null },
    };
  if (before.level === state && before.value === value) return before;
  const asksAgain = isWorse(state, before.level);
  return {
    ...{ ...before, level: state, value },
    acknowledged: asksAgain ? null : before.acknowledged,
  };
}

export const silenceId = (of: string): string => `${of}#silent`;

/** May silence of this value be an alarm? What the hub reckons itself falls silent with what it reads. */
export const mayFallSilent = ({ scope }: Pick<Seen, "scope">, row: Row) =>
  (row.source.from === "sensors" || row.source.from === "reported") &&
  kindOf(scope) === widest(row);

export const isSilent = ({ freshness, at }: Seen): boolean =>
  at !== null && (freshness === "stale" || freshness === "lost");

/**
 * The alarm of a value that is silent, once nothing was received for three of
 * its periods, nor the hub listening for less.
 * @param listening since when the hub listens
 */
export function silenceAlarm(
  before: Alarm | null,
  seen: Seen,
  row: Row,
  { now, listening }: { now: number; listening: number },
): Alarm | null {
  if (before) return before;
  const heard = Math.max(seen.receivedAt ?? -Infinity, listening);
  if (now - heard <= row.staleAfter) return null;
  return {
    ...{ id: silenceId(seen.id), indicator: seen.indicator },
    ...{ scope: seen.scope, level: null, since: now, value: seen.value },
    ...{ incident: null, acknowledged: null, shelvedUntil: null },
  };
}

/** Its time aside is over: it alarms again, as if nobody had seen it. */
export const unshelved = (alarm: Alarm): Alarm => ({
  ...alarm,
  acknowledged: null,
  shelvedUntil: null,
});
