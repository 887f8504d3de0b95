/** What a line of an incident's history tells, before it is put in words. Pure. */
import type { HistoryLine } from "../../../contract/incident.ts";
import { STEPS, type StepName } from "../../../contract/step.ts";
import { fieldsOf, type FieldKind, type FieldName } from "./steps/forms.ts";

/** What a sender's report does to an incident (server/store keeps these words). */
export const SENDER_LINES = ["reported", "updated", "closed"] as const;

/** What an alarm does to the incident that it opened (server/flow/alarm-incidents.ts). */
export const ALARM_ITSELF = ["alarmRose", "alarmFell", "alarmCleared"] as const;

/** What people say of an alarm (server/flow/alarms.ts). */
export const ALARM_SAID = [
  "alarmAcknowledged",
  "alarmShelved",
  "alarmUnshelved",
] as const;
const ALARM_LINES: readonly string[] = [...ALARM_ITSELF, ...ALARM_SAID];

/** Name of whoever the dossier has by login alone, as the history tells it; the login where it does not. */
export const personOf = (
  history: readonly Pick<HistoryLine, "who" | "name">[],
  login: string,
): string =>
  history.find(({ who, name }) => who === login && name !== "")?.name ?? login;

export interface ToldField {
  name: FieldName;
  kind: FieldKind;
  value: unknown;
}

export interface ToldUrging {
  stage: string;
  order: number | null;
  mark: number;
}

export interface ToldLine {
  line: HistoryLine;
  /** Of a step that somebody took; else a clock's or a sender's line. */
  isStep: boolean;
  /** Key of its words; null where a newer hub does what is not known here. */
  key: string | null;
  /** Its words are a whole sentence: no name stands before them. */
  isWhole: boolean;
  order: number | null;
  request: number | null;
  fields: ToldField[];
  /** What a sender's report changed, by the store's names of its columns. */
  changed: { name: string; value: string }[];
  urgings: ToldUrging[];
}

export const isStepName = (what: string): what is StepName =>
  Object.hasOwn(STEPS, what);

const numberOf = (value: unknown) => (typeof value === "number" ? value : null);

const isGiven = (value: unknown) =>
  value !== undefined &&
  value !== null &&
  value !== "" &&
  !(Array.isArray(value) && value.length === 0);

function isUrging(one: unknown): one is ToldUrging {
  const { stage, mark } = (one ?? {}) as Partial<ToldUrging>;
  return typeof stage === "string" && typeof mark === "number";
}

export function toldOf(line: HistoryLine): ToldLine {
  const { what, who, facts } = line;
  const isClock = who === "clock";
  const isStep = isStepName(what) && !isClock;
  const key = keyOf(what, who);
  const urgings = Array.isArray(facts["urgings"])
    ? facts["urgings"].filter(isUrging)
    : [];
  return {
    ...{ line, isStep, urgings },
    changed: isStep || isClock ? [] : (alarmed(line) ?? changedIn(line.detail)),
    ...{ key, isWhole: WHOLE.some((group) => key?.startsWith(group)) },
    order: numberOf(facts["order"]),
    request: numberOf(facts["request"]),
    fields: isStep
      ? fieldsOf(what)
          .map(([name, { kind }]) => ({ name, kind, value: facts[name] }))
          .filter(({ value }) => isGiven(value))
      : [],
  };
}

/** What an alarm's line tells: its value, or why it was acknowledged or shelved. */
function alarmed({ what, facts }: HistoryLine) {
  if (!ALARM_LINES.includes(what)) return null;
  return ["value", "comment", "reason"].flatMap((name) => {
    const value = facts[name];
    return typeof value === "string" || typeof value === "number"
      ? [{ name, value: String(value) }]
      : [];
  });
}

/** `title: 井盖缺失; lng: 120.05`; of the reporter the name of the column alone. */
const changedIn = (detail: string) =>
  detail === ""
    ? []
    : detail.split(/; (?=\w+(?:: |; |$))/).map((part) => {
        const [, name = part, value = ""] = /^(\w+): (.*)$/s.exec(part) ?? [];
        return { name, value: value === "null" ? "" : value };
      });

/** Words of the centre's own entries and of what an alarm did: nobody need be named beside them. */
const WHOLE = ["hand.", "opened.", "alarmItself."];

function keyOf(what: string, who: string): string | null {
  if (who === "clock") return what === "urge" ? "clock.urge" : null;
  if (isStepName(what)) return `did.${what}`;
  if ((ALARM_ITSELF as readonly string[]).includes(what))
    return `alarmItself.${what}`;
  if (ALARM_LINES.includes(what)) return `alarm.${what}`;
  if (!(SENDER_LINES as readonly string[]).includes(what)) return null;
  if (who === "feed:desk") return `hand.${what}`;
  return who === "feed:(alarm)" ? `opened.${what}` : `sender.${what}`;
}

/** The newest first. @param only steps, without what clocks and senders did */
export const timelineOf = (
  history: readonly HistoryLine[],
  only: "all" | "steps",
): ToldLine[] =>
  history
    .map(toldOf)
    .filter(({ isStep }) => only === "all" || isStep)
    .reverse();
