/** An alarm of a moving object as an incident. */
import type {
  IncidentRecord,
  IncidentReport,
} from "../../../contract/incident.ts";
import type { ObjectAlarm } from "../../../contract/object-alarm.ts";
import type { ObjectSpell } from "./object-spells.ts";

/** Source of what devices tell, beside what departments and citizens report (domain.md §7). */
const SOURCE = "iotAlarm";

const nameOf = (id: string) => id.slice(id.indexOf("/") + 1);

/** One incident a spell, however often it is reported. */
const keyOf = ({ view, row, since }: ObjectSpell): string =>
  `${view.id}#${row.kind}:${row.alarm}/${since}`;

/** Which of the rows, and since when, an incident's key tells; null where none. */
export function toldBy(
  { sensor, externalId }: Pick<IncidentRecord, "sensor" | "externalId">,
  rows: readonly ObjectAlarm[],
): { object: string; row: ObjectAlarm; since: number } | null {
  if (sensor === null) return null;
  const slash = externalId.lastIndexOf("/");
  const key = externalId.slice(0, slash);
  const row = rows.find(
    ({ kind, alarm }) => key === `${sensor}#${kind}:${alarm}`,
  );
  const since = Number(externalId.slice(slash + 1));
  return row ? { object: sensor, row, since } : null;
}

/** In the city's own words, as every report has its sender's. */
export function reportOf(spell: ObjectSpell): IncidentReport {
  const { row, view, since } = spell;
  const pace = view.speed === null ? "" : `，速度 ${view.speed} km/h`;
  return {
    ...{ externalId: keyOf(spell), source: SOURCE, category: row.category },
    title: `${row.kindZh} ${nameOf(view.id)} ${row.alarmZh}`.slice(0, 300),
    description: `设备 ${view.id}（${row.kindZh}，${view.kind}），报警 ${row.alarmZh}（${row.alarm}）${pace}`,
    ...{ level: row.priority, lng: view.lng, lat: view.lat },
    ...{ reportedAt: since, attachments: [], sensor: view.id },
  };
}

/** What its incident's history tells. */
export const factsOf = ({ row, view, since }: ObjectSpell) => ({
  ...{ object: view.id, kind: view.kind, alarm: row.alarm, since },
});
