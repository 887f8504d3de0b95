/** Rosters by the day, the duty log that is only ever added to, and hand-overs. */
import type { DutyEntry, HandOver, RosterRow } from "../../contract/duty.ts";
import { after, is, isOneOf, toPage, where } from "./cursor.ts";
import { storable, type Db, type Statement } from "./db.ts";
import type { Store } from "./store.ts";

interface StoredEntry {
  id: string;
  at: number;
  who: string;
  name: string;
  date: string | null;
  shift: string | null;
  kind: DutyEntry["kind"];
  text: string;
  place: string;
  incident: string | null;
  number: string | null;
  corrects: string | null;
  corrected_by: string | null;
}

const ENTRY = `SELECT duty_log.*, (SELECT MAX(newer.id) FROM duty_log AS newer
  WHERE newer.corrects = duty_log.id) AS corrected_by FROM duty_log`;

const readEntry = (row: StoredEntry): DutyEntry => ({
  ...{ id: row.id, at: row.at, by: row.who, byName: row.name },
  of: row.date === null ? null : { date: row.date, shift: row.shift! },
  ...{ kind: row.kind, text: row.text, place: row.place },
  incident:
    row.incident === null ? null : { id: row.incident, number: row.number! },
  ...{ corrects: row.corrects, correctedBy: row.corrected_by },
});

type Receipt = Pick<HandOver, "receivedBy" | "receivedByName" | "remarks">;
const NO_RECEIPT: Receipt = {
  ...{ receivedBy: null, receivedByName: null, remarks: "" },
};

interface StoredHandOver {
  id: string;
  date: string;
  shift: string;
  who: string;
  at: number;
  received_at: number | null;
  /** JSON of what was given. */
  body: string;
  /** JSON, or empty until it is received. */
  receipt: string;
}

const readHandOver = (row: StoredHandOver): HandOver => ({
  ...(JSON.parse(row.body) as Omit<HandOver, keyof Receipt>),
  ...{ id: row.id, date: row.date, shift: row.shift },
  ...{ by: row.who, at: row.at, receivedAt: row.received_at },
  ...(row.receipt === "" ? NO_RECEIPT : (JSON.parse(row.receipt) as Receipt)),
});

const json = (value: unknown) => storable(JSON.stringify(value));

const putDays = (
  days: ReadonlyMap<string, RosterRow[]>,
  edited: 0 | 1,
  condition = "",
): Statement => ({
  sql: `INSERT INTO roster_days (date, people, edited) VALUES (?, ?, ?)
    ON CONFLICT (date) DO UPDATE SET
    people = excluded.people, edited = excluded.edited ${condition}`,
  each: [...days].map(([date, rows]) => [date, json(rows), edited]),
});

function putEntry(given: Omit<DutyEntry, "correctedBy">): Statement {
  const { id, at, by, byName, of, incident } = given;
  const { kind, text, place, corrects } = given;
  return {
    sql: `INSERT INTO duty_log (id, at, who, name, date, shift,
      kind, text, place, incident, number, corrects)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    params: [
      ...[id, at, by, byName, of?.date ?? null, of?.shift ?? null],
      ...[kind, text, place],
      ...[incident?.id ?? null, incident?.number ?? null, corrects],
    ],
  };
}

/** @param named are there also where nobody is on them */
function byDay(
  rows: readonly RosterRow[],
  named: readonly string[] = [],
): Map<string, RosterRow[]> {
  const days = new Map<string, RosterRow[]>(named.map((date) => [date, []]));
  for (const row of rows) {
    const day = days.get(row.date);
    if (day) day.push(row);
    else days.set(row.date, [row]);
  }
  return days;
}

export function createDuty(db: Db): Store["duty"] {
  async function revision(): Promise<number> {
    const [row] = await db.all<{ rev: number | null }>(
      "SELECT MAX(rev) AS rev FROM roster_changes",
    );
    return row!.rev ?? 0;
  }

  return {
    async importRoster(rows) {
      await db.batch([putDays(byDay(rows), 0, "WHERE roster_days.edited = 0")]);
    },

    async roster(from, to) {
      const days = await db.all<{ people: string }>(
        "SELECT people FROM roster_days WHERE date >= ? AND date <= ? ORDER BY date",
        [from, to],
      );
      return {
        rev: await revision(),
        rows: days.flatMap(({ people }) => JSON.parse(people) as RosterRow[]),
      };
    },

    async putRoster(rows, { rev, who, at, days = [], entry = null }) {
      if ((await revision()) !== rev) return null;
      try {
        await db.batch([
          {
            sql: "INSERT INTO roster_changes (rev, at, who) VALUES (?, ?, ?)",
            params: [rev + 1, at, who],
          },
          putDays(byDay(rows, days), 1),
          ...(entry ? [putEntry(entry)] : []),
        ]);
      } catch (error) {
        // Another was faster by less than a question.
        if ((await revision()) !== rev) return null;
        throw error;
      }
      return rev + 1;
    },

    async add(entry) {
      await db.batch([putEntry(entry)]);
    },

    async entry(id) {
      const [row] = await db.all<StoredEntry>(`${ENTRY} WHERE id = ?`, [id]);
      return row ? readEntry(row) : null;
    },

    async log({ date, shift, limit, cursor }) {
      const found = where([
        is("date = ?", date),
        is("shift = ?", shift),
        after({ id: "text" }, "<", cursor),
      ]);
      const rows = await db.all<StoredEntry>(
        `${ENTRY} ${found.sql} ORDER BY id DESC LIMIT ?`,
        [...found.params, limit + 1],
      );
      return toPage(rows, limit, ({ id }) => [id], readEntry);
    },

    async entries({ date, shift }) {
      const rows = await db.all<{ kind: string; n: number }>(
        `SELECT kind, COUNT(*) AS n FROM duty_log
        WHERE date = ? AND shift = ? GROUP BY kind ORDER BY kind`,
        [date, shift],
      );
      return Object.fromEntries(rows.map(({ kind, n }) => [kind, n]));
    },

    async handOver(given) {
      const { id, date, shift, by, at } = given;
      const { next, byName, to, comment, summary } = given;
      const [kept] = await db.batch([
        {
          // One's own that nobody has received may be said better.
          sql: `INSERT INTO hand_overs
            (id, date, shift, who, at, received_at, body, receipt)
            VALUES (?, ?, ?, ?, ?, NULL, ?, '')
            ON CONFLICT (date, shift) DO UPDATE SET
            id = excluded.id, at = excluded.at, body = excluded.body
            WHERE hand_overs.received_at IS NULL
            AND hand_overs.who = excluded.who RETURNING id`,
          params: [
            ...[id, date, shift, by, at],
            json({ next, byName, to, comment, summary }),
          ],
        },
      ]);
      return kept!.length > 0;
    },

    async receive(id, at, receipt) {
      const [kept] = await db.batch([
        {
          sql: `UPDATE hand_overs SET received_at = ?, receipt = ?
            WHERE id = ? AND received_at IS NULL RETURNING id`,
          params: [at, json(receipt), id],
        },
      ]);
      return kept!.length > 0;
    },

    async handOverOf({ date, shift }) {
      const [row] = await db.all<StoredHandOver>(
        "SELECT * FROM hand_overs WHERE date = ? AND shift = ?",
        [date, shift],
      );
      return row ? readHandOver(row) : null;
    },

    async getHandOver(id) {
      const [row] = await db.all<StoredHandOver>(
        "SELECT * FROM hand_overs WHERE id = ?",
        [id],
      );
      return row ? readHandOver(row) : null;
    },

    async handOvers({ limit, cursor }) {
      const found = where([after({ id: "text" }, "<", cursor)]);
      const rows = await db.all<StoredHandOver>(
        `SELECT * FROM hand_overs ${found.sql} ORDER BY id DESC LIMIT ?`,
        [...found.params, limit + 1],
      );
      return toPage(rows, limit, ({ id }) => [id], readHandOver);
    },

    async became(from, to, within) {
      const { departments, districts } = within;
      const handled = isOneOf("incident_handlers.department", departments);
      const reported = isOneOf("incidents.department", departments);
      const seen = [
        isOneOf("incidents.district", districts),
        reported && {
          sql: `(${reported.sql} OR incidents.id IN (
            SELECT incident FROM incident_handlers WHERE ${handled!.sql}))`,
          params: [...reported.params, ...handled!.params],
        },
      ];
      const time = (column: string) => [
        is(`${column} >= ?`, from),
        is(`${column} < ?`, to),
      ];
      const first = where([...time("incidents.reported_at"), ...seen]);
      const then = where([...time("line.at"), ...seen]);
      const [rows, changes] = await Promise.all([
        db.all<{
          source: string;
          priority: number | null;
          district: string | null;
          n: number;
        }>(
          `SELECT source, priority, district, COUNT(*) AS n FROM incidents
          ${first.sql} GROUP BY source, priority, district`,
          first.params,
        ),
        db.all<{ what: string; n: number }>(
          // Literally as its index says it, or the index is not used.
          `SELECT line.to_status AS what, COUNT(DISTINCT line.incident) AS n
          FROM incident_history AS line
          JOIN incidents ON incidents.id = line.incident
          ${then.sql} AND line.to_status IN ('registered', 'closed')
          AND (line.from_status IN ('reported', 'verifying')
          OR line.to_status = 'closed' AND line.from_status IS NOT NULL
          AND line.from_status <> 'closed')
          AND incidents.historic = 0 GROUP BY line.to_status`,
          then.params,
        ),
      ]);
      const count = (what: string) =>
        changes.find((one) => one.what === what)?.n ?? 0;
      return {
        reported: rows,
        registered: count("registered"),
        closed: count("closed"),
      };
    },
  };
}
