/** An alarm as an incident: what is reported, and what its course does to it. */
import type { Alarm } from "../../../contract/alarm.ts";
import { ENDED } from "../../../contract/incident-status.ts";
import type { Held, IncidentReport } from "../../../contract/incident.ts";
import type { Indicator } from "../../../contract/indicator.ts";
import type { Level } from "../../../contract/level.ts";
import { HOUR, MINUTE } from "../../../contract/time.ts";
import { UNITS_ZH } from "../../../contract/unit.ts";
import { endAll, type Moment } from "../incidents/held.ts";
import { priorityAt } from "./judge.ts";

/** Source of what the hub itself finds, beside what departments and citizens report. */
export const SOURCE = "alarm";
/** Silence is the owner's to mend, at leisure. */
const SILENCE_PRIORITY = 4;

type Row = Pick<
  Indicator,
  | "id"
  | "nameZh"
  | "unit"
  | "direction"
  | "thresholds"
  | "opensIncident"
  | "owner"
  | "staleAfter"
>;

/** Where the scope is, as far as that is known. */
export interface Site {
  name: string;
  district: string | null;
  /** Degrees, CGCS2000. */
  place: { lng: number; lat: number } | null;
}

/** One incident a spell, however often it is reported. */
export const spellOf = ({ id, since }: Pick<Alarm, "id" | "since">): string =>
  `${id}/${since}`;

/** Whose the incident is. */
export const departmentOf = ({ level }: Alarm, row: Row): string =>
  (level === null ? null : row.opensIncident?.department) ?? row.owner;

const UNITS = new Map(Object.entries(UNITS_ZH));
const COLOURS: Record<Level, string> = {
  red: "红色",
  orange: "橙色",
  yellow: "黄色",
  blue: "蓝色",
};

/** The city's own words, as every report has its sender's. */
export function titleOf({ level, value }: Alarm, row: Row): string {
  const { nameZh, unit, direction } = row;
  if (level === null)
    return `${nameZh}无数据：超过 ${spanOf(row.staleAfter)}未更新`;
  const limit = row.thresholds[level];
  const passed = direction === "H" ? "不高于" : "达到";
  const told =
    limit === undefined
      ? ""
      : typeof limit === "number"
        ? `阈值 ${limit}`
        : `阈值（较四周同期 ${limit.deviation > 0 ? "+" : ""}${limit.deviation}%）`;
  // What is no quantity, as an alarm that sounds, has no unit.
  const named = UNITS.get(unit) ?? unit;
  const shown = [nameZh, value ?? "—", named].filter((part) => part !== "");
  return `${shown.join(" ")}，${passed}${COLOURS[level]}${told}`;
}

const spanOf = (ms: number): string =>
  ms >= HOUR
    ? `${Math.round(ms / HOUR)} 小时`
    : ms >= MINUTE
      ? `${Math.round(ms / MINUTE)} 分钟`
      : `${Math.round(ms / 1000)} 秒`;

/** The first report of a spell. */
export function reportOf(alarm: Alarm, row: Row, site: Site): IncidentReport {
  const { level, since, scope } = alarm;
  const opens = level === null ? null : row.opensIncident;
  return {
    externalId: spellOf(alarm),
    source: SOURCE,
    title: titleOf(alarm, row).slice(0, 300),
    description: `指标：${row.nameZh}；对象：${site.name || scope}`,
    ...(opens && { category: opens.category }),
    level: level && opens ? priorityAt(level, opens) : SILENCE_PRIORITY,
    ...site.place,
    address: site.name.slice(0, 300),
    reportedAt: since,
    attachments: [],
    // A scope of one object is `system/sensor`.
    ...(scope.includes("/") && { sensor: scope.slice(0, 200) }),
  };
}

/** What of an alarm its incident's history tells. */
export const factsOf = ({ indicator, scope, level, value, since }: Alarm) => ({
  ...{ indicator, scope, level, value, since },
});

/** After another level: an officer's priority stays his (decisions I3). */
export function moved(held: Held, alarm: Alarm, row: Row): Held | null {
  const { incident, dossier } = held;
  if (ENDED.has(incident.status)) return null;
  const opens = row.opensIncident;
  const isTheirs = dossier.isTaken || !opens || alarm.level === null;
  return {
    dossier,
    incident: {
      ...incident,
      ...(!isTheirs && {
        priority: priorityAt(alarm.level!, opens),
        title: titleOf(alarm, row).slice(0, 300),
      }),
      rev: incident.rev + 1,
    },
  };
}

/** After its alarm is over: where nobody works on it, so is the incident. */
export function cleared(
  held: Held,
  moment: Pick<Moment, "now" | "rules">,
): Held | null {
  if (ENDED.has(held.incident.status)) return null;
  const after = structuredClone(held);
  after.incident.rev++;
  if (after.dossier.isTaken) return after;
  endAll(after, moment, "calledOff");
  after.incident.status = "closed";
  after.incident.closedAt = moment.now;
  return after;
}

/** Nothing of it changes but its history. */
export const noted = ({ incident, dossier }: Held): Held => ({
  dossier,
  incident: { ...incident, rev: incident.rev + 1 },
});
