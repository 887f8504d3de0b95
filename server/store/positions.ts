import type { PositionView } from "../../contract/position.ts";
import type { ReadingRows } from "../../contract/reading.ts";
import type { Db } from "./db.ts";
import { createQueue } from "../lib/queue.ts";
import { RowList } from "./readings/rows.ts";
import type { Retention, Store } from "./store.ts";

/** The log of tracks: a track is five series of an object, folded like readings. */
export interface TrackLog {
  append(rows: ReadingRows): Promise<void>;
  range(series: Int32Array, from: number, to: number): Promise<ReadingRows>;
}

const FIELDS = ["lng", "lat", "speed", "heading", "alarms"] as const;
type Field = (typeof FIELDS)[number];
/** Series of one object, FIELDS and room for more. */
const STRIDE = 8;
/** Qualities of a track's rows: a value; and, in a correction, that there is none after all. */
const TOLD = 0;
const WITHDRAWN = 1;

interface Stored extends Omit<PositionView, "alarms"> {
  /** JSON. */
  alarms: string;
}
const COLUMNS = "id, kind, at, lng, lat, speed, heading, alarms";

export async function openPositions(
  db: Db,
  tracks: TrackLog,
): Promise<
  Store["positions"] & { prune(now: number, keep: Retention): Promise<void> }
> {
  const inTurn = createQueue();
  const [counted] = await db.all<{ value: number }>(
    "SELECT value FROM counters WHERE name = 'position'",
  );
  /** Objects ever seen: their numbers are never given again. */
  let objects = counted?.value ?? 0;
  const rows = await db.all<{ id: string; no: number }>(
    "SELECT id, no FROM positions",
  );
  const numbers = new Map(rows.map((row) => [row.id, row.no]));
  /** Lists of alarms as a track's series holds them, by number. */
  const alarms = await db
    .all<{ no: number; alarms: string }>("SELECT * FROM position_alarms")
    .then((rows) => new Map(rows.map((row) => [row.alarms, row.no])));
  const lists = new Map([...alarms].map(([list, no]) => [no, list]));

  /** Numbers for what is new, durable before a track uses them. */
  async function number(items: PositionView[]): Promise<void> {
    const told = new Set(items.map(({ alarms }) => JSON.stringify(alarms)));
    const fresh = [...told].filter((list) => !alarms.has(list));
    if (fresh.length === 0) return;
    const next = alarms.size + 1;
    await db.batch([
      {
        sql: "INSERT INTO position_alarms (no, alarms) VALUES (?, ?)",
        each: fresh.map((list, i) => [next + i, list]),
      },
    ]);
    fresh.forEach((list, i) => {
      alarms.set(list, next + i);
      lists.set(next + i, list);
    });
  }

  function numberOf(id: string): number {
    let no = numbers.get(id);
    if (no === undefined) numbers.set(id, (no = ++objects));
    return no;
  }

  /** Keeps the newest of each object. */
  async function keep(items: PositionView[], receivedAt: number) {
    const newest = new Map<string, PositionView>();
    for (const item of items)
      if ((newest.get(item.id)?.at ?? -Infinity) <= item.at)
        newest.set(item.id, item);
    await db.batch([
      {
        sql: `INSERT INTO positions (no, received_at, ${COLUMNS})
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET kind = excluded.kind,
          at = excluded.at, lng = excluded.lng, lat = excluded.lat,
          speed = excluded.speed, heading = excluded.heading,
          alarms = excluded.alarms, received_at = excluded.received_at
          WHERE excluded.at >= positions.at`,
        each: [...newest.values()].map((item) => [
          numberOf(item.id),
          receivedAt,
          item.id,
          item.kind,
          item.at,
          item.lng,
          item.lat,
          item.speed,
          item.heading,
          JSON.stringify(item.alarms),
        ]),
      },
      {
        sql: `INSERT INTO counters (name, value) VALUES ('position', ?)
          ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
        params: [objects],
      },
    ]);
  }

  /** What an object does not tell has no row, but where it takes one back. */
  function track(
    items: PositionView[],
    corrections?: ReadonlySet<PositionView>,
  ): RowList {
    const list = new RowList(items.length * FIELDS.length);
    for (const item of items) {
      const first = numberOf(item.id) * STRIDE;
      const values: Record<Field, number | null> = {
        ...item,
        alarms: alarms.get(JSON.stringify(item.alarms))!,
      };
      FIELDS.forEach((field, i) => {
        const value = values[field];
        if (value !== null) list.push(first + i, item.at, value, TOLD);
        else if (corrections?.has(item))
          list.push(first + i, item.at, 0, WITHDRAWN);
      });
    }
    return list;
  }

  return {
    append: (items, receivedAt, corrections) =>
      inTurn(async () => {
        await number(items);
        await keep(items, receivedAt);
        await tracks.append(track(items, corrections));
      }),

    async latest(since) {
      const rows = await db.all<Stored>(
        `SELECT ${COLUMNS} FROM positions WHERE at >= ? ORDER BY id`,
        [since],
      );
      return rows.map((row) => ({
        ...row,
        alarms: JSON.parse(row.alarms) as string[],
      }));
    },

    async track(id, from, to) {
      const [object] = await db.all<{ no: number; kind: string }>(
        "SELECT no, kind FROM positions WHERE id = ?",
        [id],
      );
      if (!object) return [];
      const first = object.no * STRIDE;
      const rows = await tracks.range(
        Int32Array.from(FIELDS, (_, i) => first + i),
        from,
        to,
      );
      const found = new Map<number, PositionView>();
      for (let i = 0; i < rows.count; i++) {
        if (rows.quality[i] === WITHDRAWN) continue;
        const at = rows.at[i]!;
        const view: PositionView = found.get(at) ?? {
          id,
          kind: object.kind,
          lng: 0,
          lat: 0,
          speed: null,
          heading: null,
          at,
          alarms: [],
        };
        const field = FIELDS[rows.series[i]! - first]!;
        if (field === "alarms")
          view.alarms = JSON.parse(lists.get(rows.value[i]!)!) as string[];
        else view[field] = rows.value[i]!;
        found.set(at, view);
      }
      return [...found.values()].sort((a, b) => a.at - b.at);
    },

    prune: (now, retention) =>
      inTurn(async () => {
        const [gone] = await db.batch([
          {
            sql: "DELETE FROM positions WHERE at < ? RETURNING id",
            params: [now - retention.positions],
          },
        ]);
        for (const row of gone!) numbers.delete(row["id"] as string);
      }),
  };
}
