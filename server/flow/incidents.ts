/** Incidents: stored first, shown after (R2). */
import {
  ENDED,
  type Incident,
  type IncidentReport,
} from "../../contract/incident.ts";
import { DAY } from "../../contract/time.ts";
import type { Feed } from "../../contract/feed.ts";
import type { Outcome } from "../feeds/sink.ts";
import {
  countedOf,
  type Counted,
  type IncidentCounts,
} from "../hub/incidents/counts.ts";
import { createRanking, type Best } from "../hub/incidents/ranking.ts";
import type { Zone } from "../../contract/zone.ts";
import type { Clock } from "../lib/clock.ts";
import { nobody, type Topics } from "../push/topics.ts";
import type { IncidentInput, Store } from "../store/store.ts";
import { createShare, WORDS_A_DAY, type Caps } from "./caps.ts";
import { tooFarAhead } from "./future.ts";
import { outside, type Place } from "./place.ts";

/** Incidents read at a time at a start. */
const PAGE = 5_000;

export interface IncidentFlow {
  take(
    feed: Feed,
    items: { index: number; item: IncidentReport }[],
  ): Promise<Outcome>;
  load(): Promise<void>;
  /** Begins a new day of counts at the city's midnight; called every second. */
  tick(): void;
  openCount(): number;
  /** Reported since midnight in the city. */
  todayCount(): number;
}

export function createIncidentFlow(ask: {
  store: Store;
  topics: Topics;
  clock: Clock;
  place: Place;
  counts: IncidentCounts;
  zone: Zone;
  caps: Caps;
}): IncidentFlow {
  const { store, topics, clock, place, counts, caps } = ask;
  const share = createShare(caps.incidents);
  /** Sources and categories of a day: each is a row of every wall's counts. */
  const words = createShare(WORDS_A_DAY);
  let day = -Infinity;
  const open = new Map<string, Incident>();
  const ranking = createRanking();

  topics.fill(
    "incidents",
    {
      ids: (params) => ranking.ids(params as Best),
      size: (params) => ranking.size(params as Best),
      accepts: (params) => {
        const { district } = params as Best;
        return (id) =>
          district === undefined || open.get(String(id))?.district === district;
      },
      sees: nobody,
      item(id, params) {
        const incident = open.get(String(id));
        return incident && ranking.has(incident, params as Best)
          ? incident
          : null;
      },
    },
    false,
  );

  topics.fill(
    "incidentCounts",
    {
      ids: (params) => counts.ids((params as Best).district ?? null),
      accepts: () => () => true,
      sees: nobody,
      item: (id, params) =>
        counts.item(String(id), (params as Best).district ?? null),
    },
    true,
  );

  const touchCounts = (ids: string[]) => {
    for (const id of ids) topics.touch("incidentCounts", id);
  };
  function show(incident: Incident): void {
    const before = open.get(incident.id);
    const isOpen = !ENDED.has(incident.status);
    const { id, feed, externalId, district } = incident;
    if (before) ranking.delete(before);
    if (isOpen) {
      open.set(id, incident);
      ranking.add(incident);
      share.add(feed, externalId, lengthOf(incident));
    } else {
      open.delete(id);
      share.delete(feed, externalId);
    }
    touchCounts(counts.tell(incident, clock.now()));
    // Rooms of the district where it was must hear that it left.
    const hasMoved = before && !(isOpen && before.district === district);
    if (before || isOpen) topics.touch("incidents", id, hasMoved);
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

  return {
    async take(feed, items) {
      const outcome: Outcome = { accepted: 0, duplicates: 0, rejections: [] };
      const inputs: IncidentInput[] = [];
      const indexes: number[] = [];
      const crowded = crowd(feed.id);
      for (const { index, item } of items) {
        const refused =
          refusal(feed, item, place, clock.now()) ??
          (wordsOf(item).every((word) => words.room(feed.id).takes(word))
            ? null
            : {
                path: "/category",
                message: `the feed ${feed.id} brought ${WORDS_A_DAY} different sources and categories today`,
              }) ??
          // One that ended is not held.
          (item.closedAt === undefined ? crowded(item) : null);
        if (refused) outcome.rejections.push({ index, ...refused });
        else {
          for (const word of wordsOf(item)) words.add(feed.id, word);
          inputs.push(inputOf(feed, item, place, clock.now()));
          indexes.push(index);
        }
      }
      if (inputs.length === 0) return outcome;
      for (const { outcome: what, incident } of await store.incidents.report(
        inputs,
      )) {
        if (what === "duplicate") outcome.duplicates++;
        else {
          outcome.accepted++;
          show(incident);
        }
      }
      return outcome;
    },

    async load() {
      const found = await store.incidents.open();
      const ended = await endedSince(store, ask.zone.startOf(clock.now(), DAY));
      open.clear();
      ranking.clear();
      share.clear();
      counts.clear();
      for (const incident of found) show(incident);
      for (const incident of ended) counts.tell(incident, clock.now());
    },

    tick() {
      const today = ask.zone.startOf(clock.now(), DAY);
      if (today > day) words.clear();
      day = today;
      touchCounts(counts.roll(clock.now()));
    },

    openCount: () => open.size,
    todayCount: () => counts.item("total:all", null)?.today ?? 0,
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
async function endedSince(store: Store, from: number): Promise<Counted[]> {
  const found: Counted[] = [];
  // By status, so that the open ones are not read a second time.
  for (const status of ENDED)
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await store.incidents.page({
        ...{ status, limit: PAGE },
        ...(cursor !== undefined && { cursor }),
      });
      const recent = page.items.filter(({ reportedAt }) => reportedAt >= from);
      found.push(...recent.map(countedOf));
      cursor = recent.length < page.items.length ? null : page.cursor;
    }
  return found.sort((a, b) => a.reportedAt - b.reportedAt);
}

function refusal(
  feed: Feed,
  item: IncidentReport,
  place: Place,
  now: number,
): { path: string; message: string } | null {
  for (const when of ["reportedAt", "closedAt"] as const) {
    const ahead = tooFarAhead(feed, item[when] ?? now, now, `/${when}`);
    if (ahead) return ahead;
  }
  if (item.lng === undefined || item.lat === undefined) return null;
  return outside(place, { lng: item.lng, lat: item.lat });
}

function inputOf(
  feed: Feed,
  item: IncidentReport,
  place: Place,
  now: number,
): IncidentInput {
  const located = item.lng !== undefined && item.lat !== undefined;
  return {
    feed: feed.id,
    department: feed.department,
    externalId: item.externalId,
    source: item.source,
    category: item.category ?? null,
    title: item.title,
    description: item.description ?? "",
    priority: item.level ?? null,
    lng: located ? item.lng! : null,
    lat: located ? item.lat! : null,
    district: located ? place.districtAt(item.lng!, item.lat!) : null,
    address: item.address ?? "",
    reportedAt: item.reportedAt,
    receivedAt: now,
    closedAt: item.closedAt ?? null,
    reporter: item.reporter
      ? {
          ...(item.reporter.name !== undefined && { name: item.reporter.name }),
          ...(item.reporter.phone !== undefined && {
            phone: item.reporter.phone,
          }),
        }
      : null,
    attachments: item.attachments,
    sensor: item.sensor ?? null,
    camera: item.camera ?? null,
    confidence: item.confidence ?? null,
    historic: feed.historic,
  };
}
