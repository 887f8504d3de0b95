/**
 * Alarms of moving objects, as incidents. What stands is found again in the
 * open incidents themselves: one that a hub entered before it was killed is
 * entered under the same key, and comes to nothing twice.
 */
import type { Feed } from "../../contract/feed.ts";
import type { Incident } from "../../contract/incident.ts";
import type { ObjectAlarm } from "../../contract/object-alarm.ts";
import type { PositionView } from "../../contract/position.ts";
import { MINUTE } from "../../contract/time.ts";
import { cleared } from "../hub/alarms/matter.ts";
import { factsOf, reportOf, toldBy } from "../hub/alarms/object-matter.ts";
import {
  createObjectSpells,
  spellSince,
  type ObjectSpell,
} from "../hub/alarms/object-spells.ts";
import type { Rules } from "../hub/incidents/held.ts";
import type { Clock } from "../lib/clock.ts";
import type { Store } from "../store/store.ts";
import { ReportRefusal } from "./incident-reports.ts";
import type { IncidentFlow } from "./incidents.ts";

/** Feed of incidents that moving objects open. No feed may be called so. */
const OBJECT_ALARM = "(object-alarm)";
/** Who a line of an incident's history is by. */
const BY = "alarm";
/** That too many stand is said that often. */
const SAID_EVERY = MINUTE;

/** A feed as far as its objects' incidents are concerned. */
type Teller = Pick<Feed, "system" | "department" | "historic" | "clock">;

/** What is to be done about a spell; nothing of it is lost while the store cannot write. */
interface Matter {
  spell: ObjectSpell;
  teller: Teller;
  /** Id of its incident, once that is known. */
  incident: string | null;
  isTold: boolean;
  isOver: boolean;
}

export interface ObjectAlarmFlow {
  /** A position that is newer than all before of its object. HOT PATH. */
  heard(feed: Teller, view: PositionView): void;
  /** Finds what stands in the open incidents, then hears the newest positions. */
  load(
    feeds: readonly Feed[],
    newest: () => Iterable<PositionView>,
  ): Promise<void>;
  /** Silence ends spells; called every second. */
  tick(): void;
}

export function createObjectAlarmFlow(ask: {
  store: Pick<Store, "incidents">;
  clock: Clock;
  rows: readonly ObjectAlarm[];
  /** Spells of one system that may stand at once (MAX_OBJECT_ALARMS). */
  most: number;
  incidents: Pick<IncidentFlow, "enter" | "amend" | "open">;
  rules: Rules;
  /** Too many stand, or the store cannot write: a sentence. */
  failed: (error: unknown) => void;
}): ObjectAlarmFlow {
  const { clock, incidents, most } = ask;
  const spells = createObjectSpells(ask.rows, most);
  const matters = new Map<ObjectSpell, Matter>();
  const behind = new Set<Matter>();
  const saidAt = new Map<string, number>();
  let working: Promise<void> | null = null;
  /** What comes meanwhile is among the newest positions at its end. */
  let isLoading = false;

  function refuse(system: string, now: number): void {
    if (now - (saidAt.get(system) ?? -Infinity) < SAID_EVERY) return;
    saidAt.set(system, now);
    ask.failed(
      new Error(
        `the moving objects of ${system} have ${most} alarms that stand, and more open no incident until some of them end (MAX_OBJECT_ALARMS)`,
      ),
    );
  }

  function over(spell: ObjectSpell): void {
    const matter = matters.get(spell)!;
    matters.delete(spell);
    matter.isOver = true;
    behind.add(matter);
  }

  function heard(teller: Teller, view: PositionView): void {
    if (isLoading) return;
    const now = clock.now();
    const changes = spells.heard(view, now);
    if (!changes) return;
    for (const spell of changes.begun) {
      const matter: Matter = {
        ...{ spell, teller, incident: null },
        ...{ isTold: false, isOver: false },
      };
      matters.set(spell, matter);
      behind.add(matter);
    }
    for (const spell of changes.refreshed) {
      const matter = matters.get(spell)!;
      matter.isTold = false;
      behind.add(matter);
    }
    for (const spell of changes.over) over(spell);
    if (changes.refused > 0) refuse(teller.system, now);
    if (behind.size > 0) work();
  }

  async function settle(matter: Matter): Promise<void> {
    behind.delete(matter);
    const { spell, teller } = matter;
    try {
      if (!matter.isTold) {
        const source = { ...teller, id: OBJECT_ALARM };
        const report = reportOf(spell);
        const { incident } = await incidents.enter(source, report, null);
        matter.incident = incident.id;
        matter.isTold = true;
      }
      if (matter.isOver && matter.incident !== null)
        await incidents.amend(matter.incident, (found) => {
          const after = cleared(found, { now: clock.now(), rules: ask.rules });
          return (
            after && {
              ...{ after, who: BY, what: "alarmCleared" },
              facts: factsOf(spell),
            }
          );
        });
    } catch (error) {
      // What is refused stays so; what the store could not write is tried again.
      if (error instanceof ReportRefusal) matter.isTold = true;
      else behind.add(matter);
      ask.failed(error);
    }
  }

  /** One after the other: between two of them everybody else's incidents are written. */
  function work(): void {
    working ??= settleAll().finally(() => (working = null));
  }

  async function settleAll(): Promise<void> {
    const failing = new Set<Matter>();
    // A set tells what is added meanwhile too; what fails waits for the next second.
    for (const matter of behind) {
      if (isLoading || failing.has(matter)) return;
      await settle(matter);
      if (behind.has(matter)) failing.add(matter);
    }
  }

  /** Those that are not over yet: a person may still work on one whose alarm is. */
  async function standing(): Promise<Incident[]> {
    const found: Incident[] = [];
    for (const incident of incidents.open()) {
      if (incident.feed !== OBJECT_ALARM) continue;
      const stored = await ask.store.incidents.get(incident.id);
      const isOver = stored?.history.some(
        ({ what }) => what === "alarmCleared",
      );
      if (!isOver) found.push(incident);
    }
    // Of two of one object's alarm the newer one stands.
    return found.sort((a, b) => b.reportedAt - a.reportedAt);
  }

  return {
    heard,

    async load(feeds, newest) {
      isLoading = true;
      await working;
      spells.clear();
      matters.clear();
      behind.clear();
      const stood = await standing();
      isLoading = false;
      const views = new Map([...newest()].map((view) => [view.id, view]));
      const tellers = new Map(
        feeds
          .filter(({ format, yields }) => (yields ?? format) === "positions/1")
          .map((feed) => [feed.system, feed]),
      );
      const tellerOf = (object: string) =>
        tellers.get(object.split("/", 1)[0]!);
      for (const incident of stood) {
        const told = toldBy(incident, ask.rows);
        const teller = told && tellerOf(told.object);
        if (!told || !teller) continue;
        const view = views.get(told.object) ?? viewIn(incident, told);
        const { row, since } = told;
        const spell = spellSince(since, { row, view, heardAt: clock.now() });
        const matter: Matter = {
          ...{ spell, teller, incident: incident.id },
          ...{ isTold: true, isOver: !spells.resume(spell) },
        };
        if (matter.isOver) behind.add(matter);
        else matters.set(spell, matter);
      }
      for (const view of views.values()) {
        const teller = tellerOf(view.id);
        if (teller && view.alarms.length > 0) heard(teller, view);
      }
    },

    tick() {
      for (const spell of spells.silent(clock.now())) over(spell);
      if (behind.size > 0) work();
    },
  };
}

/** Where an incident has it, of an object that is no longer shown. */
const viewIn = (
  { lng, lat, reportedAt }: Incident,
  { object, row }: { object: string; row: ObjectAlarm },
): PositionView => ({
  ...{ id: object, kind: row.kind, lng: lng ?? 0, lat: lat ?? 0 },
  ...{ speed: null, heading: null, at: reportedAt, alarms: [] },
});
