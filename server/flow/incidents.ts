/** Incidents: stored first, shown after (R2). */
import {
  ENDED,
  type Incident,
  type IncidentReport,
  type Reporter,
} from "../../contract/incident.ts";
import { DAY } from "../../contract/time.ts";
import type { Feed } from "../../contract/feed.ts";
import type { Outcome } from "../feeds/sink.ts";
import { countedOf, type Counted } from "../hub/incidents/counts.ts";
import type { Zone } from "../../contract/zone.ts";
import { judgeUrl, type Allowed } from "../lib/outbound.ts";
import type { Clock } from "../lib/clock.ts";
import type { Topics } from "../push/topics.ts";
import type { IncidentInput, Store } from "../store/store.ts";
import { createShare, WORDS_A_DAY, type Caps } from "./caps.ts";
import { tooFarAhead } from "./future.ts";
import { createIncidentRooms } from "./incident-rooms.ts";
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
  zone: Zone;
  caps: Caps;
  /** What attachments may name although it would be refused. */
  allowed: Allowed;
}): IncidentFlow {
  const { store, clock, place, caps, allowed } = ask;
  const share = createShare(caps.incidents);
  /** Sources and categories of a day: each is a row of every wall's counts. */
  const words = createShare(WORDS_A_DAY);
  let day = -Infinity;
  const rooms = createIncidentRooms(ask);

  function show(incident: Incident, reporter: Reporter | null): void {
    const { feed, externalId, status } = incident;
    if (ENDED.has(status)) share.delete(feed, externalId);
    else share.add(feed, externalId, lengthOf(incident));
    rooms.show(incident, reporter);
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
          unopenable(item, allowed) ??
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
      const reported = await store.incidents.report(inputs);
      for (const { outcome: what, incident, reporter } of reported) {
        if (what === "duplicate") outcome.duplicates++;
        else {
          outcome.accepted++;
          show(incident, reporter);
        }
      }
      return outcome;
    },

    async load() {
      const found = await store.incidents.open();
      const ended = await endedSince(store, ask.zone.startOf(clock.now(), DAY));
      const reporters = await store.incidents.reporters(
        found.map(({ id }) => id),
      );
      rooms.clear();
      share.clear();
      for (const incident of found)
        show(incident, reporters.get(incident.id) ?? null);
      for (const incident of ended) rooms.count(incident);
    },

    tick() {
      const today = ask.zone.startOf(clock.now(), DAY);
      if (today > day) words.clear();
      day = today;
      rooms.tick();
    },

    openCount: rooms.openCount,
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

function unopenable(
  { attachments }: IncidentReport,
  allowed: Allowed,
): { path: string; message: string } | null {
  for (const [i, { url }] of attachments.entries()) {
    const message = judgeUrl(url, allowed);
    if (message !== null) return { path: `/attachments/${i}/url`, message };
  }
  return null;
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
