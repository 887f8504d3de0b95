/** Which alarms are shown, and in what order. Pure. */
import type { Alarm, AlarmView } from "../../../contract/alarm.ts";
import { Level } from "../../../contract/level.ts";

export type AlarmKind = "value" | "silent";
export type AlarmState = "fresh" | "acknowledged" | "shelved";

export const kindOf = ({ level }: Pick<Alarm, "level">): AlarmKind =>
  level === null ? "silent" : "value";

export const stateOf = ({
  acknowledged,
  shelvedUntil,
}: Pick<Alarm, "acknowledged" | "shelvedUntil">): AlarmState =>
  shelvedUntil !== null
    ? "shelved"
    : acknowledged === null
      ? "fresh"
      : "acknowledged";

/** What alarms are looked for by; null is any. */
export interface AlarmFilter {
  level: Level | null;
  kind: AlarmKind | null;
  district: string | null;
  state: AlarmState | null;
}
export const EVERYTHING: AlarmFilter = {
  ...{ level: null, kind: null, district: null, state: null },
};

export function fits(filter: AlarmFilter): (alarm: AlarmView) => boolean {
  const { level, kind, district, state } = filter;
  return (alarm) =>
    (level === null || alarm.level === level) &&
    (kind === null || kindOf(alarm) === kind) &&
    (state === null || stateOf(alarm) === state) &&
    (district === null || alarm.district === district);
}

const STATES: readonly AlarmState[] = ["fresh", "acknowledged", "shelved"];
const rank = ({ level }: Alarm) =>
  level === null ? Level.options.length : Level.options.indexOf(level);

/** Those that nobody saw first, of them the worst, of these the newest. */
export const sorted = <A extends Alarm>(alarms: Iterable<A>): A[] =>
  [...alarms].sort(
    (a, b) =>
      STATES.indexOf(stateOf(a)) - STATES.indexOf(stateOf(b)) ||
      rank(a) - rank(b) ||
      b.since - a.since,
  );
