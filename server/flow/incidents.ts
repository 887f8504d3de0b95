/** Incidents: stored first, shown after (R2). */
import {
  ENDED,
  type Incident,
  type IncidentReport,
  type IncidentStatus,
} from "../../contract/incident.ts";
import { DAY } from "../../contract/time.ts";
import type { Feed } from "../../contract/feed.ts";
import type { Outcome } from "../feeds/sink.ts";
import type { IncidentCounts } from "../hub/incidents/counts.ts";
import type { Zone } from "../../contract/zone.ts";
import type { Clock } from "../lib/clock.ts";
import type { Topics } from "../push/topics.ts";
import type { IncidentInput, Store } from "../store/store.ts";
import { createShare, WORDS_A_DAY, type Caps } from "./caps.ts";
import { tooFarAhead } from "./future.ts";
import { outside, type Place } from "./place.ts";

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

  topics.fill(
    "incidents",
    {
      ids: (params) => worst(open.values(), params as ListParams),
      accepts: (params) => {
        const { district } = params as ListParams;
        // An incident may move between districts or end: rooms judge it as it is now.
        return (id) =>
          district === undefined ||
          (open.get(String(id))?.district ?? district) === district;
      },
      item: (id) => open.get(String(id)) ?? null,
    },
    false,
  );

  topics.fill(
    "incidentCounts",
    {
      ids: (params) => counts.ids((params as ListParams).district ?? null),
      accepts: () => () => true,
      item: (id, params) =>
        counts.item(String(id), (params as ListParams).district ?? null),
    },
    true,
  );

  const touchCounts = (ids: string[]) => {
    for (const id of ids) topics.touch("incidentCounts", id);
  };
  function show(incident: Incident, isNew: boolean): void {
    const before = open.get(incident.id) ?? null;
    const isOpen = !ENDED.has(incident.status);
    const { id, feed, externalId } = incident;
    if (isOpen) {
      open.set(id, incident);
      share.add(feed, externalId, lengthOf(incident));
    } else {
      open.delete(id);
      share.delete(feed, externalId);
    }
    const now = clock.now();
    touchCounts(
      isNew && !isOpen
        ? counts.passed(incident, now)
        : counts.change(before, isOpen ? incident : null, now),
    );
    if (before || isOpen) topics.touch("incidents", incident.id);
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
          show(incident, what === "new");
        }
      }
      return outcome;
    },

    async load() {
      const now = clock.now();
      const found = await store.incidents.open();
      const rows = await store.incidents.countsSince(
        ask.zone.startOf(now, DAY),
      );
      open.clear();
      share.clear();
      counts.clear();
      for (const incident of found) show(incident, false);
      counts.addToday(
        rows.filter(({ status }) => isEnded(status)),
        now,
      );
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

const isEnded = (status: string) => ENDED.has(status as IncidentStatus);

interface ListParams {
  district?: string;
  limit: number;
}

const byWorst = (a: Incident, b: Incident): number =>
  (a.priority ?? 9) - (b.priority ?? 9) || b.reportedAt - a.reportedAt;

/** Ids of the worst, then newest, open incidents. */
function worst(
  open: Iterable<Incident>,
  { district, limit }: ListParams,
): string[] {
  let best: Incident[] = [];
  /** As bad as this, or it is not among them; known once there are enough. */
  let bar: Incident | null = null;
  const cut = () => {
    best = best.sort(byWorst).slice(0, limit);
    bar = best.length < limit ? null : best.at(-1)!;
  };
  for (const incident of open) {
    if (district !== undefined && incident.district !== district) continue;
    if (bar && byWorst(incident, bar) >= 0) continue;
    best.push(incident);
    // Seldom, so that of a hundred thousand only the worst are ever sorted.
    if (best.length > 4 * limit + 100) cut();
  }
  cut();
  return best.map(({ id }) => id);
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
