/** Rooms of incidents: what each viewer may see, in its order, counted and masked for that viewer. */
import { sees, type Masking } from "../../contract/data-scope.ts";
import { ENDED } from "../../contract/incident-status.ts";
import {
  QueueRow,
  type Incident,
  type IncidentRecord,
  type Reporter,
} from "../../contract/incident.ts";
import type { Zone } from "../../contract/zone.ts";
import { maskIncident, tellsOf } from "../auth/mask.ts";
import type { Counted } from "../hub/incidents/counts.ts";
import { createFamilies } from "../hub/incidents/families.ts";
import {
  createPictures,
  scopeKey,
  whoseOf,
  type Changes,
} from "../hub/incidents/pictures.ts";
import type { Best } from "../hub/incidents/ranking.ts";
import type { Clock } from "../lib/clock.ts";
import type { Topics } from "../push/topics.ts";

export interface IncidentRooms {
  /** @param reporter to mask its texts by */
  show(incident: Incident, reporter: Reporter | null): void;
  /** Counts one that is over, at a start. */
  count(ended: Counted): void;
  /** What was merged into another, at a start. */
  merged(member: Pick<IncidentRecord, "id" | "parent">): void;
  /** Begins a new day of counts at the city's midnight; called every second. */
  tick(): void;
  clear(): void;
  openCount(): number;
  /** Every open one, unmasked. */
  all(): Iterable<Incident>;
  /** Reported since midnight in the city. */
  todayCount(): number;
}

export function createIncidentRooms(ask: {
  topics: Topics;
  clock: Clock;
  zone: Zone;
}): IncidentRooms {
  const { topics, clock, zone } = ask;
  const open = new Map<string, Incident>();
  /** Of the few whose texts tell in their own words who reported them. */
  const reporters = new Map<string, Reporter>();
  const families = createFamilies();
  const masks = new WeakMap<Incident, Map<Masking, Incident>>();
  const pictures = createPictures(zone, () => clock.now());
  /** What is being told: rooms of other scopes do not even hear that something happened. */
  let telling: Changes | null = null;

  /** Every revision is masked once for all who may see no more of it. */
  function masked(incident: Incident, masking: Masking): Incident {
    let known = masks.get(incident);
    if (!known) masks.set(incident, (known = new Map<Masking, Incident>()));
    let shown = known.get(masking);
    if (!shown) {
      const reporter = reporters.get(incident.id) ?? null;
      known.set(masking, (shown = maskIncident(incident, reporter, masking)));
    }
    return shown;
  }

  topics.fill(
    "incidents",
    {
      ids: (params, view) => pictures.of(view).ranking.ids(params as Best),
      size: (params, view) => pictures.of(view).ranking.size(params as Best),
      accepts: (params) => {
        const { district } = params as Best;
        return (id) =>
          district === undefined || open.get(String(id))?.district === district;
      },
      sees: (view) => (id) => {
        const incident = open.get(String(id));
        return !incident || sees(view, whoseOf(incident));
      },
      item(id, params, view) {
        const incident = open.get(String(id));
        const isShown =
          incident &&
          sees(view, whoseOf(incident)) &&
          pictures.of(view).ranking.has(incident, params as Best);
        return isShown ? masked(incident, view.masking) : null;
      },
    },
    false,
  );

  topics.fill(
    "queue",
    {
      ids: (_params, view) => pictures.of(view).ranking.ids(ALL),
      size: (_params, view) => pictures.of(view).ranking.size(ALL),
      accepts: () => () => true,
      sees: (view) => (id) => {
        const incident = open.get(String(id));
        return !incident || sees(view, whoseOf(incident));
      },
      item(id, _params, view) {
        const incident = open.get(String(id));
        return incident && sees(view, whoseOf(incident))
          ? rowOf(masked(incident, view.masking), families.count(incident.id))
          : null;
      },
    },
    false,
  );

  const districtOf = (params: unknown) => (params as Best).district ?? null;
  topics.fill(
    "incidentCounts",
    {
      ids: (params, view) => pictures.of(view).counts.ids(districtOf(params)),
      accepts: () => () => true,
      sees: (view) => {
        const key = scopeKey(view);
        return (id) =>
          telling === null || (telling.get(key)?.has(String(id)) ?? false);
      },
      item: (id, params, view) =>
        pictures.of(view).counts.item(String(id), districtOf(params)),
    },
    true,
  );

  function touchCounts(changes: Changes): void {
    telling = changes;
    const ids = new Set([...changes.values()].flatMap((each) => [...each]));
    for (const id of ids) topics.touch("incidentCounts", id);
    telling = null;
  }

  return {
    show(incident, reporter) {
      const { id, district, departments } = incident;
      const before = open.get(id);
      // Who reported it is looked up meanwhile: a newer revision may be shown already.
      if (before && before.rev > incident.rev) return;
      const isOpen = !ENDED.has(incident.status);
      reporters.delete(id);
      if (isOpen) {
        open.set(id, incident);
        const { title, description, address } = incident;
        if (reporter && tellsOf([title, description, address], reporter))
          reporters.set(id, reporter);
      } else open.delete(id);
      touchCounts(pictures.tell(incident, before));
      for (const parent of families.tell(incident))
        if (open.has(parent)) topics.touch("queue", parent);
      // Rooms of where it was must hear that it left.
      const hasMoved =
        before &&
        !(
          isOpen &&
          before.district === district &&
          isSame(before.departments, departments)
        );
      if (!before && !isOpen) return;
      topics.touch("incidents", id, hasMoved);
      topics.touch("queue", id, hasMoved);
    },

    merged: (member) => void families.tell(member),

    count: (ended) => void pictures.tell(ended),

    tick() {
      pictures.keep([
        ...topics.views("incidents"),
        ...topics.views("incidentCounts"),
        ...topics.views("queue"),
      ]);
      touchCounts(pictures.roll());
    },

    clear() {
      open.clear();
      reporters.clear();
      families.clear();
      pictures.clear();
    },

    openCount: () => open.size,
    all: () => open.values(),
    todayCount: () => city().item("total:all", null)?.today ?? 0,
  };

  function city() {
    return pictures.of({ departments: null, districts: null }).counts;
  }
}

const ALL: Best = { limit: Infinity };

/** A revision's row is made once for all who see it alike, and again when others are merged into it. */
const rows = new WeakMap<Incident, QueueRow>();
function rowOf(incident: Incident, children: number): QueueRow {
  let row = rows.get(incident);
  if (row?.children !== children) {
    row = QueueRow.strip().parse({ ...incident, children });
    rows.set(incident, row);
  }
  return row;
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each, i) => each === b[i]);
