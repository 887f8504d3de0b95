import { LONGEST_ATTRIBUTES } from "../../contract/sensor.ts";
import type { Db } from "./db.ts";
import { after, eachPage, is, isOneOf, toPage, where } from "./cursor.ts";
import type { SensorRow, Store } from "./store.ts";

const PAGE = 4_000;
const COLUMNS = `system, id, name, kind, lng, lat, district, grid, registered,
  metrics, attributes`;

/** Attributes that an older version took beyond the present bound are left where they are. */
const LOADED = COLUMNS.replace(
  /attributes$/,
  `CASE WHEN LENGTH(attributes) <= ${LONGEST_ATTRIBUTES} THEN attributes
    ELSE '{}' END AS attributes`,
);

interface Stored {
  system: string;
  id: string;
  name: string;
  kind: string;
  lng: number | null;
  lat: number | null;
  district: string | null;
  grid: string | null;
  registered: number;
  metrics: string;
  attributes: string;
}

export function createSensors(db: Db): Store["sensors"] {
  return {
    async put(rows) {
      const newest = new Map(rows.map((row) => [keyOf(row), row]));
      await db.batch([
        {
          sql: `INSERT INTO sensors (${COLUMNS})
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (system, id) DO UPDATE SET
            name = excluded.name, kind = excluded.kind, lng = excluded.lng,
            lat = excluded.lat, district = excluded.district,
            grid = excluded.grid, registered = excluded.registered,
            metrics = excluded.metrics, attributes = excluded.attributes`,
          each: [...newest.values()].map((row) => [
            row.system,
            row.id,
            row.name,
            row.kind,
            row.lng,
            row.lat,
            row.district ?? null,
            row.grid ?? null,
            Number(row.registered),
            JSON.stringify(row.metrics),
            JSON.stringify(row.attributes),
          ]),
        },
      ]);
    },

    each: (batch) =>
      eachPage<Stored>(
        PAGE,
        (last) =>
          db.all(
            `SELECT ${LOADED} FROM sensors WHERE (system, id) > (?, ?)
            ORDER BY system, id LIMIT ${PAGE}`,
            last ? [last.system, last.id] : ["", ""],
          ),
        (rows) => batch(rows.map(read)),
      ),

    async get(system, ids) {
      const found: SensorRow[] = [];
      for (let i = 0; i < ids.length; i += 500) {
        const some = ids.slice(i, i + 500);
        const rows = await db.all<Stored>(
          `SELECT ${COLUMNS} FROM sensors WHERE system = ?
          AND id IN (${some.map(() => "?").join(", ")})`,
          [system, ...some],
        );
        found.push(...rows.map(read));
      }
      return found;
    },

    async page({ kind, district, system, registered, limit, cursor, ...seen }) {
      const { sql, params } = where([
        is("system = ?", system),
        is("kind = ?", kind),
        is("district = ?", district),
        isOneOf("system", seen.systems),
        isOneOf("district", seen.districts),
        // Written out, so that the partial index of the unregistered serves.
        registered === undefined
          ? null
          : { sql: `registered = ${Number(registered)}`, params: [] },
        after({ system: "text", id: "text" }, ">", cursor),
      ]);
      const rows = await db.all<Pick<Stored, "system" | "id">>(
        `SELECT system, id FROM sensors ${sql} ORDER BY system, id LIMIT ?`,
        [...params, limit + 1],
      );
      const keyOf = ({ system, id }: (typeof rows)[0]) => [system, id];
      return toPage(rows, limit, keyOf, (row) => row);
    },
  };
}

const keyOf = (row: SensorRow) => JSON.stringify([row.system, row.id]);

function read(row: Stored): SensorRow {
  return {
    system: row.system,
    id: row.id,
    name: row.name,
    kind: row.kind,
    lng: row.lng,
    lat: row.lat,
    ...(row.district === null ? {} : { district: row.district }),
    ...(row.grid === null ? {} : { grid: row.grid }),
    registered: row.registered === 1,
    metrics: JSON.parse(row.metrics) as SensorRow["metrics"],
    attributes: JSON.parse(row.attributes) as SensorRow["attributes"],
  };
}
