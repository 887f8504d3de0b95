/**
 * What an incident is found by: the words of its texts, and marks of all that
 * lists are filtered by, in one index that goes by the hour of the report. So
 * the newest of whatever is asked for are found without reading the others.
 */
import { wordsAsked, wordsIn } from "../../contract/search.ts";
import type { Masking } from "../../contract/data-scope.ts";
import type { Held, Reporter } from "../../contract/incident.ts";
import { supervisedOf } from "../../contract/dossier.ts";
import { ENDED } from "../../contract/incident-status.ts";
import { HOUR } from "../../contract/time.ts";
import { inTurns } from "../lib/turns.ts";
import type { Db, Statement, Value } from "./db.ts";
import type { Stored } from "./incident-row.ts";
import type { ShowTexts } from "./store.ts";

/**
 * Where an incident stands in the index: 31 bits of its number behind the hour,
 * which makes room for 33 million a year until 2063.
 */
const PER_HOUR = 2 ** 31;
const PER_YEAR = 2 ** 25;
const FIRST_YEAR = 2000;
const PLACE = `reported_at / ${HOUR} * ${PER_HOUR}
  + (year - ${FIRST_YEAR}) * ${PER_YEAR} + running`;

/** The incident at a place of the index. */
export const AT_PLACE = `incidents.year = ${FIRST_YEAR} + ((incident_words.rowid >> 25) & 63)
  AND incidents.running = (incident_words.rowid & ${PER_YEAR - 1})`;

/** The first place of an instant's hour. */
export const hourPlace = (at: number): number =>
  Math.floor(at / HOUR) * PER_HOUR;

export const hourAt = (place: number): number =>
  Math.floor(place / PER_HOUR) * HOUR;

/** ms of the hub's thread in one go. */
const TURN = 5;

type Placed = Pick<Stored, "reported_at" | "year" | "running">;
const placeOf = ({ reported_at, year, running }: Placed): number =>
  hourPlace(reported_at) + (year - FIRST_YEAR) * PER_YEAR + running;

/** Marks need only part most values: what is found is judged by its columns again. */
const mark = (kind: string, value: string | number): string =>
  `${kind}_${String(value)
    .toLowerCase()
    .replace(/[^a-z0-9\u0080-\uffff]/g, "_")}`;

/** What only those find who are shown more of the texts than others. */
const finer = (word: string): string => `_${word}`;

const MARKS = {
  status: "s",
  open: "o",
  priority: "p",
  category: "c",
  source: "r",
  /** Whose it is. */
  department: "w",
  centre: "n",
  supervised: "v",
  district: "d",
  feed: "f",
} as const;
export type Marked = keyof typeof MARKS;

export const marksAsked = (
  kind: Marked,
  values: readonly (string | number)[],
): string[] => values.map((value) => mark(MARKS[kind], value));

/** Of every group one word must be there. */
export const wordsFound = (search: string, masking: Masking): string[][] =>
  wordsAsked(search).map((word) =>
    masking === "all" ? [word] : [word, finer(word)],
  );

interface Found {
  held: Held;
  reporter: Reporter | null;
}

export interface IncidentWords {
  /** Writes what incidents are found by now; their rows must be there. Read in turns: a long text takes a ms. */
  put(items: Found[]): Promise<Statement>;
  /** Before a row changes, with what it was. */
  drop(rows: Placed[]): Statement;
}

export function createIncidentWords(
  { words: index }: Pick<Db, "words">,
  show: ShowTexts,
): IncidentWords {
  function* wordsOf(held: Held, reporter: Reporter | null): Iterable<string> {
    const [coarse, all] = (["all", "personal"] as const).map((masking) => {
      const { title, description, address } = show(
        held.incident,
        reporter,
        masking,
      );
      // A line parts words of two texts.
      return [title, description, address].join("\n");
    });
    const told = wordsIn(coarse!);
    yield* told;
    if (all !== coarse)
      for (const word of wordsIn(all!)) if (!told.has(word)) yield finer(word);
  }

  function* rowsOf(items: readonly Found[]): Generator<void, Value[][]> {
    const rows: Value[][] = [];
    for (const { held, reporter } of items) {
      const words = [...marksOf(held), ...wordsOf(held, reporter)];
      rows.push([held.incident.id, index.kept(words)]);
      yield;
    }
    return rows;
  }

  return {
    put: async (items) => ({
      sql: `INSERT INTO incident_words (rowid, words) VALUES (
        (SELECT ${PLACE} FROM incidents WHERE id = ?), ?)`,
      each: await inTurns(rowsOf(items), TURN),
    }),
    drop: (rows) => ({
      sql: "DELETE FROM incident_words WHERE rowid = CAST(? AS BIGINT)",
      each: rows.map((row) => [placeOf(row)]),
    }),
  };
}

function marksOf({ incident, dossier }: Held): Set<string> {
  const { status, priority, category, source, centre, district } = incident;
  const values: Record<Marked, (string | number | null)[]> = {
    status: [status],
    open: [Number(!ENDED.has(status))],
    priority: [priority],
    category: [category],
    source: [source],
    department: [
      incident.department,
      ...dossier.orders.map(({ department }) => department),
      ...dossier.centres,
    ],
    centre: [centre],
    supervised: [Number(supervisedOf(dossier) > 0)],
    district: [district],
    feed: [incident.feed],
  };
  return new Set(
    (Object.keys(values) as Marked[]).flatMap((kind) =>
      marksAsked(
        kind,
        values[kind].filter((value) => value !== null),
      ),
    ),
  );
}
