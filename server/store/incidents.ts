import type { HistoryLine, Held } from "../../contract/incident.ts";
import { createId } from "../lib/ids.ts";
import type { Zone } from "../../contract/zone.ts";
import { eachPage } from "./cursor.ts";
import type { Db, Statement } from "./db.ts";
import {
  HISTORY,
  readHistory,
  writeHistory,
  type HistoryRow,
} from "./incident-history.ts";
import { writeNotices } from "./outbox.ts";
import { createIncidentIndex } from "./incident-index.ts";
import { createIncidentPage } from "./incident-page.ts";
import {
  again,
  asStored,
  first,
  type Draft,
  type Outcome,
} from "./incident-draft.ts";
import { createReporters } from "./incident-reporters.ts";
import {
  CHANGING,
  COLUMNS,
  opened,
  read,
  READABLE,
  reporterOf,
  stepped,
  values,
  type Readable,
  type Stored,
} from "./incident-row.ts";
import { inserts, writeHandlers, writeVerdict } from "./incident-writes.ts";
import { createIncidentRecount } from "./incident-recount.ts";
import { createIncidentWords } from "./incident-words.ts";
import { createOwnMatters } from "./own-matters.ts";
import { createQueue } from "../lib/queue.ts";
import { writeCallers } from "./callers.ts";
import { writeCounted } from "./statistics.ts";
import type {
  IncidentInput,
  ShowTexts,
  Store,
  StoredIncident,
} from "./store.ts";
import type { Sealed } from "./vault.ts";

type Attachment = StoredIncident["attachments"][number];

/** Open incidents read at a time. */
const PAGE = 5_000;

/** What a step's transaction needs of the row as it was. */
const BEFORE_STEP = [
  "rev",
  "year",
  "running",
  "reported_at",
  "reporter_name",
  "reporter_phone",
] as const;

export function createIncidents(
  db: Db,
  zone: Zone,
  sealed: Sealed,
  show: ShowTexts,
): Store["incidents"] {
  const inTurn = createQueue();
  const words = createIncidentWords(db, show);
  const recount = createIncidentRecount(db, inTurn);
  const index = createIncidentIndex(db, words, sealed, inTurn);

  /** What is stored of the reports' (feed, externalId). */
  async function known(items: IncidentInput[]): Promise<Map<string, Draft>> {
    const found = new Map<string, Draft>();
    for (let i = 0; i < items.length; i += 400) {
      const some = items.slice(i, i + 400);
      const rows = await db.all<Stored>(
        `SELECT ${COLUMNS.join(", ")} FROM incidents WHERE (feed, external_id)
        IN (VALUES ${some.map(() => "(?, ?)").join(", ")})`,
        some.flatMap((item) => [item.feed, item.externalId]),
      );
      for (const stored of rows) {
        const row = opened(stored, sealed);
        const key = JSON.stringify([stored.feed, stored.external_id]);
        found.set(key, { row, before: row, history: [] });
      }
    }
    return found;
  }

  return {
    report: (reports, count, also) =>
      inTurn(async () => {
        const items = reports.map(asStored);
        const drafts = await known(items);
        const outcomes = items.map((item, index) => {
          const key = JSON.stringify([item.feed, item.externalId]);
          const known = drafts.get(key);
          const made = known
            ? again(known, item)
            : { draft: newDraft(item), outcome: "new" as Outcome };
          drafts.set(key, made.draft);
          return { index, key, outcome: made.outcome };
        });
        const changed = [...drafts.values()].filter(
          (draft) => draft.history.length > 0,
        );
        if (changed.length > 0) await keep(changed, count, also);
        return outcomes.map(({ index, key, outcome }) => {
          const { row } = drafts.get(key)!;
          const reporter = reporterOf(row);
          return { index, outcome, held: read(row), reporter };
        });
      }),

    async open() {
      const found: Held[] = [];
      await eachPage<Readable>(
        PAGE,
        (last) =>
          db.all(
            `SELECT ${READABLE} FROM incidents WHERE ended = 0
            ${last ? "AND (reported_at, id) > (?, ?)" : ""}
            ORDER BY reported_at, id LIMIT ${PAGE}`,
            last ? [last.reported_at, last.id] : [],
          ),
        (rows) => {
          for (const row of rows) found.push(read(row));
        },
      );
      return found;
    },

    async get(id) {
      const [row] = await db.all<Readable & Pick<Stored, "attachments">>(
        `SELECT ${READABLE}, attachments FROM incidents WHERE id = ?`,
        [id],
      );
      if (!row) return null;
      return {
        ...read(row),
        attachments: JSON.parse(row.attachments) as Attachment[],
        history: await historyOf(id),
      };
    },

    async numbered(number) {
      const [, year, running] = /^(\d{4})-(\d{1,9})$/.exec(number) ?? [];
      if (running === undefined) return null;
      const [row] = await db.all<{ id: string }>(
        "SELECT id FROM incidents WHERE year = ? AND running = ?",
        [Number(year), Number(running)],
      );
      return row?.id ?? null;
    },

    step: (held, line, also, counted) =>
      inTurn(async () => {
        const { id, rev } = held.incident;
        const after = stepped(held);
        const columns = Object.keys(after) as (keyof typeof after)[];
        const [current] = await db.all<
          Pick<Stored, (typeof BEFORE_STEP)[number]>
        >(`SELECT ${BEFORE_STEP.join(", ")} FROM incidents WHERE id = ?`, [id]);
        if (current?.rev !== rev - 1)
          return (await historyOf(id)).find((each) => each.rev === rev) ?? null;
        await db.batch([
          // Its key is the lock: of two with one revision the second fails.
          writeHistory([{ id, line }]),
          {
            sql: `UPDATE incidents SET ${columns.map((column) => `${column} = ?`).join(", ")}
              WHERE id = ? AND rev = ?`,
            params: [...columns.map((column) => after[column]), id, rev - 1],
          },
          words.drop([current]),
          await words.put([
            { held, reporter: reporterOf(opened(current, sealed)) },
          ]),
          writeHandlers([held]),
          writeVerdict(held),
          ...(also ? writeNotices(also) : []),
          ...(counted
            ? writeCounted([{ incident: held.incident, counted }])
            : []),
        ]);
        return null;
      }),

    async children(id) {
      const rows = await db.all<Readable>(
        `SELECT ${READABLE} FROM incidents WHERE parent = ?
        ORDER BY reported_at, id`,
        [id],
      );
      return rows.map(read);
    },

    own: createOwnMatters(db),
    merged: () =>
      db.all<{ id: string; parent: string }>(
        "SELECT id, parent FROM incidents WHERE parent IS NOT NULL",
      ),

    page: createIncidentPage(db, index),

    completeIndex: index.complete,
    completeCounted: recount.complete,
    each: recount.each,

    ...createReporters(db, sealed),

    async verdicts() {
      const rows = await db.all<{
        algorithm: string;
        n: number;
        wrong: number;
      }>(
        `SELECT algorithm, COUNT(*) AS n, SUM(is_false) AS wrong
        FROM verdicts GROUP BY algorithm ORDER BY algorithm`,
      );
      return rows.map(({ algorithm, n, wrong }) => ({
        ...{ algorithm, judged: Number(n), falsePositives: Number(wrong) },
      }));
    },

    async countByFeed(feed) {
      const [row] = await db.all<{ n: number }>(
        "SELECT COUNT(*) AS n FROM incidents WHERE feed = ?",
        [feed],
      );
      return row!.n;
    },
  };

  async function historyOf(id: string): Promise<HistoryLine[]> {
    const rows = await db.all<HistoryRow>(
      `SELECT ${HISTORY.join(", ")} FROM incident_history
      WHERE incident = ? ORDER BY rev`,
      [id],
    );
    return rows.map(readHistory);
  }

  function newDraft(item: IncidentInput): Draft {
    return first(item, {
      id: createId(item.receivedAt),
      year: zone.yearOf(item.receivedAt),
    });
  }

  /** Numbers are given here, in the transaction that stores (decisions C4). */
  async function keep(
    drafts: Draft[],
    count?: Count,
    also?: Also,
  ): Promise<void> {
    const fresh = drafts.filter(({ before }) => before === null);
    const known = drafts.flatMap(({ before }) => before ?? []);
    const years = new Set(fresh.map((draft) => draft.row.year));
    const statements: Statement[] = [...years].flatMap((year) =>
      inserts(
        fresh.filter((draft) => draft.row.year === year),
        sealed,
      ),
    );
    statements.push(
      {
        sql: `UPDATE incidents SET ${CHANGING.map((column) => `${column} = ?`).join(", ")}
          WHERE id = ?`,
        each: drafts
          .filter(({ before }) => before !== null)
          .map(({ row }) => [...values(row, CHANGING, sealed), row.id]),
      },
      writeHistory(
        drafts.flatMap(({ row, history }) =>
          history.map((line) => ({ id: row.id, line })),
        ),
      ),
      writeHandlers(drafts.map(({ row }) => read(row))),
      ...writeCallers(
        // Of most nobody said who called, and nobody ever did.
        drafts
          .filter(({ row, before }) => before ?? row.reporter_phone)
          .map(({ row }) => row),
        sealed,
      ),
      words.drop(known),
      await words.put(
        drafts.map(({ row }) => ({
          held: read(row),
          reporter: reporterOf(row),
        })),
      ),
      ...(count ? writeCounted(drafts.map(countedIn(count))) : []),
      ...(also ? await noticesIn(drafts, also) : []),
    );
    const returned = (await db.batch(statements)).flat();
    const numbers = new Map(
      returned.map((row) => [row["id"], row["running"] as number]),
    );
    for (const { row } of fresh) row.running = numbers.get(row.id)!;
  }
}

type Count = NonNullable<Parameters<Store["incidents"]["report"]>[1]>;
type Also = NonNullable<Parameters<Store["incidents"]["report"]>[2]>;

/** Of several reports of one incident the last tells how it is. */
async function noticesIn(drafts: Draft[], also: Also): Promise<Statement[]> {
  const told = drafts.flatMap(({ row, before, history }) => {
    const line = history.at(-1);
    return before && line
      ? [also(read(row), { ...line, from: before.status })]
      : [];
  });
  const notices = (await Promise.all(told)).flatMap((one) => one.notices);
  return notices.length === 0 ? [] : writeNotices({ notices, withdrawn: null });
}

/** A report is no act of anybody here: only its clocks count. */
const countedIn =
  (count: Count) =>
  ({ row, before }: Draft) => {
    const held = read(row);
    const counted = count(held, null);
    return { incident: held.incident, counted, isNew: before === null };
  };
