/** Incidents: stored first, shown after (R2). */
import type { AreaName } from "../../contract/area.ts";
import { OWN_ATTACHMENT } from "../../contract/attachment.ts";
import type { Algorithm } from "../../contract/algorithm.ts";
import type { DataScope } from "../../contract/data-scope.ts";
import { ENDED } from "../../contract/incident-status.ts";
import type {
  Incident,
  IncidentReport,
  RunningClock,
  OwnReport,
  HistoryLine,
  Reporter,
  Held,
} from "../../contract/incident.ts";
import type { SystemReport } from "../../contract/system-report.ts";
import { DAY } from "../../contract/time.ts";
import type { Sources } from "../auth/sources.ts";
import type { CityPack } from "../city/pack.ts";
import type { Outcome } from "../feeds/sink.ts";
import {
  countedOf as rankedOf,
  type Counted,
} from "../hub/incidents/counts.ts";
import type { Zone } from "../../contract/zone.ts";
import type { Allowed } from "../lib/outbound.ts";
import type { Clock } from "../lib/clock.ts";
import { createQueue } from "../lib/queue.ts";
import type { Topics } from "../push/topics.ts";
import type { IncidentInput, Notices, Store } from "../store/store.ts";
import type { AttachmentFlow } from "./attachments.ts";
import { createShare, WORDS_A_DAY, type Caps } from "./caps.ts";
import {
  running,
  summed,
  type Actor,
  type Rules,
} from "../hub/incidents/held.ts";
import { createVisits } from "../hub/incidents/visits.ts";
import { sightingFlaw } from "../hub/incidents/sighting.ts";
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
  inputOf,
  isOver,
  refusal,
  unknownDepartment,
  unopenable,
  type Source,
} from "./incident-input.ts";
import { keepIncidents } from "./kept-incidents.ts";
import type { Place } from "./place.ts";

/** Incidents read at a time at a start. */
const PAGE = 5_000;

/** A report by hand that is not taken. */
export class ReportRefusal extends Error {
  readonly path: string;
  constructor({ path, message }: { path: string; message: string }) {
    super(message);
    this.path = path;
  }
}

/** Where reports by hand come from; no feed may be called so. */
export const DESK = "desk";

/** Under which id a report by hand is kept: nobody can send another's again. */
const ownId = (account: string, key: string) => `${account}/${key}`;

/** Did the account enter it by hand? */
export const isReportOf = (
  account: string,
  { feed, externalId }: Pick<Incident, "feed" | "externalId">,
): boolean => feed === DESK && externalId.startsWith(ownId(account, ""));

export interface IncidentFlow {
  take(
    feed: Source,
    items: { index: number; item: SystemReport }[],
  ): Promise<Outcome>;
  /**
   * What somebody enters by hand, judged at once and stored when it is called.
   * @throws ReportRefusal, AttachmentRefusal
   */
  judgeOwn(
    report: OwnReport,
    actor: Actor & { id: string },
  ): Promise<() => Promise<Held>>;
  /**
   * Enters what the hub found itself, once however often it is reported.
   * @param district where the report has no point
   * @throws ReportRefusal
   */
  enter(
    source: Source,
    report: IncidentReport,
    district: string | null,
  ): Promise<Held>;
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
  const { clock, place, caps, allowed, rules } = ask;
  const { store, inFamilyTurn } = keepIncidents(
    ...([ask.store, rules, ask.noticesOf] as const),
  );
  const share = createShare(caps.incidents);
  /** Sources and categories of a day: each is a row of every wall's counts. */
  const words = createShare(WORDS_A_DAY);
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
    const { feed, externalId, status } = held.incident;
    if (ENDED.has(status)) share.delete(feed, externalId);
    else share.add(feed, externalId, lengthOf(held.incident));
    clocks.watch(held);
    const incident = told(held);
    visits.tell(held, incident);
    likeness.tell(incident, reporter);
    rooms.show(incident, reporter);
    ask.counted();
  }

  /** For one batch: why the feed may not have this one open too, or null. */
  function crowd(feed: string) {
    const room = share.room(feed);
    let text = share.textWithout(feed, []);
    return (item: IncidentReport) => {
      const { externalId } = item;
      const before =
        share.textWithout(feed, []) - share.textWithout(feed, [externalId]);
      const grown = lengthOf(item) - before;
      if (grown > 0 && text + grown > caps.incidentText)
        return {
          path: "/description",
          message: `the feed ${feed} has open incidents of ${text} characters and may have ${caps.incidentText} (MAX_INCIDENT_TEXT)`,
        };
      if (!room.takes(externalId))
        return {
          path: "/externalId",
          message: `the feed ${feed} has more than ${caps.incidents} open incidents (MAX_INCIDENTS)`,
        };
      text += grown;
      return null;
    };
  }

  async function keep(input: IncidentInput): Promise<Held> {
    const [reported] = await store.incidents.report([input]);
    const { held, outcome, reporter } = reported!;
    if (outcome !== "duplicate") show(held, reporter);
    return held;
  }

  return {
    async take(feed, items) {
      const outcome: Outcome = { accepted: 0, duplicates: 0, rejections: [] };
      const inputs: IncidentInput[] = [];
      const indexes: number[] = [];
      const crowded = crowd(feed.id);
      for (const { index, item } of items) {
        const refused =
          refusal(feed, item, place, clock.now()) ??
          unopenable(item, allowed) ??
          unknownDepartment(item, rules) ??
          sightingFlaw(item, ask.algorithms) ??
          (wordsOf(item).every((word) => words.room(feed.id).takes(word))
            ? null
            : {
                path: "/category",
                message: `the feed ${feed.id} brought ${WORDS_A_DAY} different sources and categories today`,
              }) ??
          // One that ended is not held.
          (isOver(item) ? null : crowded(item));
        if (refused) outcome.rejections.push({ index, ...refused });
        else {
          for (const word of wordsOf(item)) words.add(feed.id, word);
          inputs.push(inputOf(feed, item, place, { now: clock.now(), rules }));
          indexes.push(index);
        }
      }
      if (inputs.length === 0) return outcome;
      const reported = await store.incidents.report(inputs);
      for (const { outcome: what, held, reporter } of reported) {
        if (what === "duplicate") outcome.duplicates++;
        else {
          outcome.accepted++;
          show(held, reporter);
        }
      }
      return outcome;
    },

    async judgeOwn({ key, reportedAt, photos, ...report }, actor) {
      const now = clock.now();
      const feed: Source = {
        ...{ id: DESK, historic: false, clock: "wall" },
        department: actor.departments?.[0] ?? ask.centre,
      };
      const { lng, lat, category, priority, reporter, ...texts } = report;
      const item: IncidentReport = {
        ...texts,
        externalId: ownId(actor.id, key),
        ...(category !== null && { category }),
        ...(priority !== null && { level: priority }),
        ...(lng !== undefined && lat !== undefined && { lng, lat }),
        ...(reporter && { reporter }),
        reportedAt: reportedAt ?? now,
        attachments: [],
      };
      const refused = refusal(feed, item, place, now) ?? crowd(feed.id)(item);
      if (refused) throw new ReportRefusal(refused);
      const types = await ask.photos.name(photos, actor.id, "/photos");
      item.attachments = photos.map((id, i) => ({
        url: OWN_ATTACHMENT + id,
        kind: types[i]!,
      }));
      const input = inputOf(feed, item, place, { now, rules });
      return () => keep(input);
    },

    async enter(source, report, district) {
      const now = clock.now();
      const refused =
        refusal(source, report, place, now) ?? crowd(source.id)(report);
      if (refused) throw new ReportRefusal(refused);
      const input = inputOf(source, report, place, { now, rules });
      return keep({ ...input, district: input.district ?? district });
    },

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
      if (today > day) words.clear();
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

const wordsOf = ({ source, category }: IncidentReport): string[] => [
  `source ${source}`,
  `category ${category ?? ""}`,
];

/** Characters that stay in memory as long as it is open. */
const lengthOf = (
  of: Pick<IncidentReport, "title" | "description" | "address">,
) =>
  of.title.length + (of.description?.length ?? 0) + (of.address?.length ?? 0);

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
    found.push(...page.items.map((held) => rankedOf(told(held))));
    cursor = page.cursor;
  }
  return found.reverse();
}
