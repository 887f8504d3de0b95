import { categoryCode } from "./categories.ts";
import type { Category } from "./types.ts";

/** One line of the pack's `object-alarms.csv`: an alarm of a kind of vehicle that opens an incident. */
export interface ObjectAlarmRow {
  kind: string;
  alarm: string;
  kindZh: string;
  alarmZh: string;
  category: string;
  priority: 1 | 2 | 3 | 4;
}

/** 两客一危一货, and how much sooner somebody must look: what a tanker carries is worse than the tanker. */
const KINDS = [
  { kind: "coach", kindZh: "班线客车", ahead: 0 },
  { kind: "tourBus", kindZh: "旅游包车", ahead: 0 },
  { kind: "hazmat", kindZh: "危化品车", ahead: 1 },
  { kind: "freight", kindZh: "重型货车", ahead: 0 },
] as const;

/** A tyre is the carrier's own to look at: it opens none. */
const ALARMS = [
  { alarm: "超速", priority: 3 },
  { alarm: "疲劳驾驶", priority: 2 },
  { alarm: "偏离路线", priority: 3 },
] as const;

export function createObjectAlarms(
  categories: readonly Category[],
): ObjectAlarmRow[] {
  const category = categoryCode(categories, "重点车辆报警");
  return KINDS.flatMap(({ kind, kindZh, ahead }) =>
    ALARMS.map(({ alarm, priority }): ObjectAlarmRow => ({
      ...{ kind, alarm, kindZh, alarmZh: alarm, category },
      priority: Math.max(1, priority - ahead) as ObjectAlarmRow["priority"],
    })),
  );
}
