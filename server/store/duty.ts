/** Rosters by the day, the duty log that is only ever added to, and hand-overs. */
import type { DutyEntry, HandOver, RosterRow } from "../../contract/duty.ts";
import { became } from "./became.ts";
import { after, is, toPage, where } from "./cursor.ts";
import { storable, type Db, type Statement } from "./db.ts";
import type { CentreDuty, Store } from "./store.ts";

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
  centre: string,
  days: ReadonlyMap<string, RosterRow[]>,
  edited: 0 | 1,
  condition = "",
): Statement => ({
  sql: `INSERT INTO roster_days (centre, date, people, edited)
    VALUES (?, ?, ?, ?) ON CONFLICT (centre, date) DO UPDATE SET
    people = excluded.people, edited = excluded.edited ${condition}`,
  each: [...days].map(([date, rows]) => [centre, date, json(rows), edited]),
});

function putEntry(
  centre: string,
  given: Omit<DutyEntry, "correctedBy">,
): Statement {
  const { id, at, by, byName, of, incident } = given;
  const { kind, text, place, corrects } = given;
  return {
    sql: `INSERT INTO duty_log (id, at, who, name, date, shift,
      kind, text, place, incident, number, corrects, centre)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    params: [
      ...[id, at, by, byName, of?.date ?? null, of?.shift ?? null],
      ...[kind, text, place],
      ...[incident?.id ?? null, incident?.number ?? null, corrects, centre],
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

export const createDuty = (db: Db): Store["duty"] => ({
  of: (centre) => createCentreDuty(db, centre ?? ""),
  became: (from, to, within) => became(db, { from, to }, within),
});

/** @param centre as it stands in the tables: empty = the city's */
function createCentreDuty(db: Db, centre: string): CentreDuty {
  async function revision(): Promise<number> {
    const [row] = await db.all<{ rev: number | null }>(
      "SELECT MAX(rev) AS rev FROM roster_changes WHERE centre = ?",
      [centre],
    );
    return row!.rev ?? 0;
  }

  return {
    async importRoster(rows) {
      await db.batch([
        putDays(centre, byDay(rows), 0, "WHERE roster_days.edited = 0"),
      ]);
    },

    async roster(from, to) {
      const days = await db.all<{ people: string }>(
        `SELECT people FROM roster_days
        WHERE centre = ? AND date >= ? AND date <= ? ORDER BY date`,
        [centre, from, to],
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
            sql: "INSERT INTO roster_changes (centre, rev, at, who) VALUES (?, ?, ?, ?)",
            params: [centre, rev + 1, at, who],
          },
          putDays(centre, byDay(rows, days), 1),
          ...(entry ? [putEntry(centre, entry)] : []),
        ]);
      } catch (error) {
        // Another was faster by less than a question.
        if ((await revision()) !== rev) return null;
        throw error;
      }
      return rev + 1;
    },

    async add(entry) {
      await db.batch([putEntry(centre, entry)]);
    },

    async entry(id) {
      const [row] = await db.all<StoredEntry>(
        `${ENTRY} WHERE centre = ? AND id = ?`,
        [centre, id],
      );
      return row ? readEntry(row) : null;
    },

    async log({ date, shift, limit, cursor }) {
      const found = where([
        is("centre = ?", centre),
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
        WHERE centre = ? AND date = ? AND shift = ?
        GROUP BY kind ORDER BY kind`,
        [centre, date, shift],
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
            (id, centre, date, shift, who, at, received_at, body, receipt)
            VALUES (?, ?, ?, ?, ?, ?, NULL, ?, '')
            ON CONFLICT (centre, date, shift) DO UPDATE SET
            id = excluded.id, at = excluded.at, body = excluded.body
            WHERE hand_overs.received_at IS NULL
            AND hand_overs.who = excluded.who RETURNING id`,
          params: [
            ...[id, centre, date, shift, by, at],
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
            WHERE centre = ? AND id = ? AND received_at IS NULL
            RETURNING id`,
          params: [at, json(receipt), centre, id],
        },
      ]);
      return kept!.length > 0;
    },

    async handOverOf({ date, shift }) {
      const [row] = await db.all<StoredHandOver>(
        "SELECT * FROM hand_overs WHERE centre = ? AND date = ? AND shift = ?",
        [centre, date, shift],
      );
      return row ? readHandOver(row) : null;
    },

    async getHandOver(id) {
      const [row] = await db.all<StoredHandOver>(
        "SELECT * FROM hand_overs WHERE centre = ? AND id = ?",
        [centre, id],
      );
      return row ? readHandOver(row) : null;
    },

    async handOvers({ limit, cursor }) {
      const found = where([
        is("centre = ?", centre),
        after({ id: "text" }, "<", cursor),
      ]);
      const rows = await db.all<StoredHandOver>(
        `SELECT * FROM hand_overs ${found.sql} ORDER BY id DESC LIMIT ?`,
        [...found.params, limit + 1],
      );
      return toPage(rows, limit, ({ id }) => [id], readHandOver);
    },
  };
}
