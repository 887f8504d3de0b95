/** Incidents: stored first, shown after (R2). */
import type { AreaName } from "../../contract/area.ts";
import type { Algorithm } from "../../contract/algorithm.ts";
import type { DataScope } from "../../contract/data-scope.ts";
import type {
  Incident,
  RunningClock,
  HistoryLine,
  Reporter,
  Held,
} from "../../contract/incident.ts";
import { DAY } from "../../contract/time.ts";
import type { Sources } from "../auth/sources.ts";
import type { CityPack } from "../city/pack.ts";
import { countedOf, type Counted } from "../hub/incidents/counts.ts";
import type { Zone } from "../../contract/zone.ts";
import type { Allowed } from "../lib/outbound.ts";
import type { Clock } from "../lib/clock.ts";
import { createQueue } from "../lib/queue.ts";
import type { Topics } from "../push/topics.ts";
import type { Notices, Store } from "../store/store.ts";
import type { AttachmentFlow } from "./attachments.ts";
import type { Caps } from "./caps.ts";
import { running, summed, type Rules } from "../hub/incidents/held.ts";
import { createVisits } from "../hub/incidents/visits.ts";
import { createAmending, type Amend } from "./incident-amending.ts";
import { createIncidentClocks } from "./incident-clocks.ts";
import { createLikeness, type LikenessFlow } from "./likeness.ts";
import { createIncidentRooms } from "./incident-rooms.ts";
import {
  createIncidentSteps,
  stepLine,
  type IncidentSteps,
} from "./incident-steps.ts";
import {
  createIncidentReports,
  type IncidentReports,
} from "./incident-reports.ts";
import { createIncidentShare } from "./incident-share.ts";
import { keepIncidents } from "./kept-incidents.ts";
import type { Place } from "./place.ts";

/** Incidents read at a time at a start. */
const PAGE = 5_000;

export interface IncidentFlow extends IncidentReports {
  /** Writes what happens to an incident without anybody's step. */
  amend: Amend;
  load(): Promise<void>;
  /** Shows every open one anew: what is computed of them is another. */
  showAll(): Promise<void>;
  /** Begins a new day of counts at the city's midnight; called every second. */
  tick(): void;
  /** Visits within a scope that wait for a worker's result. */
  visitsOf(login: string, within: DataScope): number;
  openCount(): number;
  /** Every open one, unmasked. */
  open(): Iterable<Incident>;
  /** Reported since midnight in the city. */
  todayCount(): number;
  steps: IncidentSteps;
  likeness: LikenessFlow;
  /** An incident as lists tell it: its source as everybody is shown it. */
  told(held: Held): Incident;
  /** A source as everybody is shown it. */
  sourceShown(source: string): string;
  /** Its clocks that nothing stopped. */
  clocks(held: Held): RunningClock[];
  /** That it lies in, the smallest first. */
  areas(held: Held): AreaName[];
}

export function createIncidentFlow(ask: {
  store: Store;
  topics: Topics;
  clock: Clock;
  place: Place;
  zone: Zone;
  caps: Caps;
  rules: Rules;
  pack: Pick<CityPack, "categories">;
  photos: Pick<AttachmentFlow, "name">;
  sources: Pick<Sources, "shown">;
  /** The centre's own department: of reports by those who have no one department. */
  centre: string;
  /** What was done by a clock could not be stored. */
  failed: (error: unknown) => void;
  /** What learns from closed incidents ended; it begins again in so many ms. */
  learnerEnded: (error: Error, wait: number) => void;
  /** What attachments may name although it would be refused. */
  allowed: Allowed;
  /** By code; read when a sighting is judged, for they change. */
  algorithms: ReadonlyMap<string, Algorithm>;
  /** What statistics count changed with an incident. */
  counted: () => void;
  /** What a step tells the system that brought the incident. */
  noticesOf: (
    held: Held,
    line: HistoryLine,
    children: readonly Held[],
  ) => Notices;
}): IncidentFlow {
  const { clock, place, rules } = ask;
  const { store, inFamilyTurn } = keepIncidents(
    ...([ask.store, rules, ask.noticesOf] as const),
  );
  const share = createIncidentShare(ask.caps);
  let day = ask.zone.startOf(clock.now(), DAY);
  const rooms = createIncidentRooms(ask);
  const visits = createVisits();

  const told = (held: Held): Incident => {
    const incident = summed(held, rules);
    const source = ask.sources.shown(incident.source);
    return source === incident.source ? incident : { ...incident, source };
  };
  const inTurn = createQueue();
  const changed = (held: Held) =>
    void inTurn(async () => {
      const { id } = held.incident;
      const found = await store.incidents.reporters([id]);
      show(held, found.get(id) ?? null);
    }).catch(ask.failed);
  const likeness = createLikeness({
    ...{ ...ask, told },
    ended: ask.learnerEnded,
  });
  const steps = createIncidentSteps({
    ...{ store, rules, clock, changed, inFamilyTurn },
    photos: ask.photos,
    workers: () => ask.store.accounts.holders("gridWorker"),
  });
  const clocks = createIncidentClocks({
    ...{ store, rules, clock, changed },
    line: stepLine,
    failed: ask.failed,
  });

  function show(held: Held, reporter: Reporter | null): void {
    share.tell(held.incident);
    clocks.watch(held);
    const incident = told(held);
    visits.tell(held, incident);
    likeness.tell(incident, reporter);
    rooms.show(incident, reporter);
    ask.counted();
  }

  return {
    ...createIncidentReports({ ...ask, store, share, show }),

    amend: createAmending({ store, clock, changed }),

    async load() {
      const found = await store.incidents.open();
      const midnight = ask.zone.startOf(clock.now(), DAY);
      const ended = await endedSince(store, midnight, told);
      const reporters = await store.incidents.reporters(
        found.map(({ incident }) => incident.id),
      );
      rooms.clear();
      share.clear();
      clocks.clear();
      visits.clear();
      likeness.clear();
      for (const member of await store.incidents.merged()) rooms.merged(member);
      for (const held of found)
        show(held, reporters.get(held.incident.id) ?? null);
      for (const incident of ended) rooms.count(incident);
    },

    showAll: () =>
      inTurn(async () => {
        const found = await store.incidents.open();
        const reporters = await store.incidents.reporters(
          found.map(({ incident }) => incident.id),
        );
        for (const held of found)
          show(held, reporters.get(held.incident.id) ?? null);
      }),

    tick() {
      const today = ask.zone.startOf(clock.now(), DAY);
      if (today > day) share.beginDay();
      day = today;
      rooms.tick();
      clocks.tick();
    },

    steps,
    likeness,
    told,
    sourceShown: (source) => ask.sources.shown(source),
    clocks: (held) => running(held, rules.calendar),
    areas({ incident: { lng, lat } }) {
      const grid = lng === null || lat === null ? null : place.gridAt(lng, lat);
      return grid === null ? [] : place.pathOf(grid);
    },

    visitsOf: visits.count,
    openCount: rooms.openCount,
    open: rooms.all,
    todayCount: rooms.todayCount,
  };
}

/** What is counted of the ended incidents that were reported since, the newest last. */
async function endedSince(
  store: Pick<Store, "incidents">,
  from: number,
  told: (held: Held) => Incident,
): Promise<Counted[]> {
  const found: Counted[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await store.incidents.page({
      ...{ open: false, from, limit: PAGE },
      ...(cursor !== undefined && { cursor }),
    });
    found.push(...page.items.map((held) => countedOf(told(held))));
    cursor = page.cursor;
  }
  return found.reverse();
}
