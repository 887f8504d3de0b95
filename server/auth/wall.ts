/**
 * What a wall is told of people: nothing. Whoever passes it is nobody the hub
 * knows, so it shows what happens and not who works on it, by name or telephone.
 */
import type { Alarm } from "../../contract/alarm.ts";
import type { AreaName } from "../../contract/area.ts";
import type { View } from "../../contract/data-scope.ts";
import type { DutyNow } from "../../contract/duty.ts";
import type { IncidentView } from "../../contract/incident.ts";

type Looker = Pick<View, "isWall">;

/** An alarm without who has seen it and what he says; when stays. */
export const alarmFor = <A extends Alarm>({ isWall }: Looker, alarm: A): A =>
  isWall && alarm.acknowledged
    ? {
        ...alarm,
        acknowledged: { ...alarm.acknowledged, by: "", comment: "" },
      }
    : alarm;

/** An area without who answers for it. */
export const areaFor = <A extends AreaName>({ isWall }: Looker, area: A): A =>
  isWall ? { ...area, responsible: null } : area;

/** A watch without who keeps it. */
export function dutyFor({ isWall }: Looker, told: DutyNow): DutyNow {
  if (!isWall) return told;
  const { on, next, waiting } = told;
  return {
    ...told,
    on: on && { ...on, people: [] },
    next: next && { ...next, people: [] },
    waiting: waiting && { ...waiting, byName: "" },
  };
}

/** An incident without who did what; a wall takes no step, so none is told as possible. */
export const incidentFor = (
  looker: Looker,
  told: IncidentView,
): IncidentView =>
  looker.isWall
    ? {
        ...told,
        dossier: withoutPeople(told.dossier),
        history: withoutPeople(told.history),
        areas: told.areas.map((area) => areaFor(looker, area)),
        legal: [],
      }
    : told;

/** Fields of dossiers and histories that hold a login or a name. */
const PEOPLE =
  /^(?:by|byName|name|who|login|worker|sentBy|decidedBy|signedBy)$/;

function withoutPeople<T>(value: T): T {
  if (Array.isArray(value))
    return value.map((each: unknown) => withoutPeople(each)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, each]: [string, unknown]) => [
      field,
      typeof each === "string" && PEOPLE.test(field) ? "" : withoutPeople(each),
    ]),
  ) as T;
}
