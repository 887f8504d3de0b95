/**
 * Counts of a period, read from indexes alone: a row is a few numbers, which
 * come some ten thousand at a time and are counted here. An engine would sort
 * them instead, five times as long.
 */
import {
  ACT_PLACE,
  ACTS,
  limitPlace,
  noCounts,
  STAGES,
  TIMED_PARTS,
  type CountedPart,
  type Counts,
} from "../../contract/counted.ts";
import { countedRows } from "./counted-rows.ts";
import { is, where, type Condition } from "./cursor.ts";
import type { Reader } from "./db.ts";
import { createCodes } from "./statistics-codes.ts";
import { BY_ORDER, COLUMNS, conditionsOf } from "./statistics-filter.ts";
import { rowsOf } from "./statistics.ts";
import type { CountsBy, DoneRows, StatisticsAsked, Store } from "./store.ts";

/** Rows read at a time: some ms of the hub's thread. */
const AT_ONCE = 20_000;

/** Rows of one kind: where they stand, and which numbers of each are read. */
interface Kind {
  table: "incident_stages" | "incident_acts";
  /** Column of the instant that they are counted by. */
  at: string;
  numbers: readonly string[];
  conditions: readonly (Condition | null)[];
}

const placeAmong = (column: string, all: readonly string[]): string =>
  `CASE ${column} ${all.map((one, i) => `WHEN '${one}' THEN ${i}`).join(" ")} END`;
const STAGE = placeAmong("stage", STAGES);
const columnsOf = (parts: readonly CountedPart[]): string[] =>
  parts.map((part) => COLUMNS[part]);
const byOrder = { sql: BY_ORDER, params: [] };

const settled = (by: "granted" | "first", now: number): Kind => {
  const first = by === "first" ? "first_" : "";
  return {
    ...{ table: "incident_stages", at: `${first}settled_at` },
    numbers: [`2 * (${STAGE}) + is_${first}kept + ${limitPlace(by)}`],
    // What is due later is not settled yet.
    conditions: [byOrder, is(`${first}settled_at < ?`, now)],
  };
};

const acts: Kind = {
  ...{ table: "incident_acts", at: "at", conditions: [] },
  numbers: [`(${placeAmong("act", ACTS)}) + ${ACT_PLACE}`],
};

const done: Kind = {
  ...{ table: "incident_stages", at: "stopped_at" },
  numbers: [
    ...[STAGE, ...columnsOf(TIMED_PARTS)],
    ...["natural_ms", "COALESCE(worked_ms, -1)"],
  ],
  conditions: [{ sql: "natural_ms IS NOT NULL", params: [] }, byOrder],
};

/** @param atOnce rows read at a time */
export function createStatistics(
  db: Reader,
  atOnce = AT_ONCE,
): Store["statistics"] {
  const codes = createCodes(db);

  /** The numbers of all rows that are asked for, row behind row, some thousand rows at a time and those of one instant together. */
  async function* numbersOf(
    { table, at, numbers, conditions }: Kind,
    asked: StatisticsAsked,
  ): AsyncGenerator<number[]> {
    const text = `STRING_AGG(${numbers.map((number) => `(${number})`).join(" || ',' || ")}, ',')`;
    const from = (start: number, end: number) =>
      where([
        ...[is(`${at} >= ?`, start), is(`${at} < ?`, end)],
        ...[...conditions, ...conditionsOf(asked)],
      ]);
    for (let start = asked.from; start < asked.to;) {
      const rest = from(start, asked.to);
      const [next] = await db.all<{ at: number }>(
        `SELECT ${at} AS at FROM ${table} ${rest.sql}
      ORDER BY ${at} LIMIT 1 OFFSET ${atOnce}`,
        rest.params,
      );
      const end = next ? Math.max(next.at, start + 1) : asked.to;
      const some = from(start, end);
      const [row] = await db.all<{ numbers: string | null }>(
        `SELECT ${text} AS numbers FROM ${table} ${some.sql}`,
        some.params,
      );
      if (row?.numbers) yield JSON.parse(`[${row.numbers}]`) as number[];
      start = end;
    }
  }

  return {
    async counts(asked, parts, rows) {
      const tallies = parts.map((): Counts[] => []);
      const columns = columnsOf(parts);
      const limits =
        rows === "acts"
          ? []
          : (["granted", "first"] as const).map((by) => settled(by, asked.now));
      await Promise.all(
        [...limits, acts].map(async (kind) => {
          const told = { ...kind, numbers: [...kind.numbers, ...columns] };
          for await (const numbers of numbersOf(told, asked))
            tally(tallies, numbers);
        }),
      );
      return namedBy(parts, tallies, await codes());
    },

    async times(asked) {
      const some: DoneRows[] = [];
      for await (const numbers of numbersOf(done, asked))
        some.push(inColumns(numbers));
      return { some, codes: await codes() };
    },

    counted: (asked, counting) => countedRows(db, asked, counting),
    rowsOf: (incident) => rowsOf(db, incident),
  };
}

/** @param numbers of each row the place that counts it, and the code of each part */
function tally(tallies: readonly Counts[][], numbers: readonly number[]): void {
  const width = 1 + tallies.length;
  for (let row = 0; row < numbers.length; row += width) {
    const place = numbers[row]!;
    for (let part = 0; part < tallies.length; part++) {
      const code = numbers[row + 1 + part]!;
      (tallies[part]![code] ??= noCounts())[place]!++;
    }
  }
}

function namedBy<P extends CountedPart>(
  parts: readonly P[],
  tallies: readonly Counts[][],
  codes: readonly string[],
): CountsBy<P> {
  const all = parts.map((part, i) => {
    const named = new Map<string, Counts>();
    tallies[i]!.forEach((counts, code) => named.set(codes[code]!, counts));
    return [part, named];
  });
  return Object.fromEntries(all) as CountsBy<P>;
}

/** @param numbers of each row its stage, the code of each part, and its two times */
function inColumns(numbers: readonly number[]): DoneRows {
  const width = TIMED_PARTS.length + 3;
  const rows = numbers.length / width;
  const found: DoneRows = {
    stages: new Uint8Array(rows),
    parts: {
      ...{ department: new Uint32Array(rows), district: new Uint32Array(rows) },
      ...{ source: new Uint32Array(rows), matterClass: new Uint32Array(rows) },
    },
    ...{ natural: new Float64Array(rows), worked: new Float64Array(rows) },
  };
  for (let from = 0, row = 0; from < numbers.length; from += width, row++) {
    found.stages[row] = numbers[from]!;
    TIMED_PARTS.forEach((part, i) => {
      found.parts[part][row] = numbers[from + 1 + i]!;
    });
    found.natural[row] = numbers[from + width - 2]!;
    const worked = numbers[from + width - 1]!;
    found.worked[row] = worked < 0 ? NaN : worked;
  }
  return found;
}
