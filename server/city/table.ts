/** CSV tables of a city pack, also as office software saves them. Everything that is wrong is told at once. */
import { CsvError, parse } from "csv-parse/sync";
import type { z } from "zod";
import { say } from "../../contract/sentence.ts";

/** What is wrong on a line; of a cell where a column is named. */
export interface Fault {
  line: number;
  column: string | null;
  cell: string;
  message: string;
}

/** `message` has one sentence a line, each with file, line and column. */
export class TableError extends Error {
  readonly problems: string[];
  /** The same in parts; none where the text is no table at all. */
  readonly faults: readonly Fault[];
  constructor(problems: string[], faults: readonly Fault[] = []) {
    super(problems.join("\n"));
    this.problems = problems;
    this.faults = faults;
  }

  static of(file: string, faults: readonly Fault[]): TableError {
    return new TableError(
      faults.map(({ line, column, cell, message }) =>
        column === null
          ? `${file} line ${line}: ${message}`
          : `${file} line ${line}, column ${column} is "${cell}": ${message}`,
      ),
      faults,
    );
  }
}

export interface Table<Shape extends z.ZodObject> {
  /** As errors name it: `limits.csv`. */
  file: string;
  /** A header line of column names, then rows; may begin with a byte order mark. */
  text: string;
  /** A row: column → what its text becomes. Further columns are left alone. */
  shape: Shape;
  /** Columns that packs of before call otherwise: their word → ours. */
  formerly?: Record<string, string>;
  /** What only one row may say. */
  identity: (row: z.output<Shape>) => string;
}

/** So many places that are wrong are told; what comes after them is not looked at. */
export const MOST_FAULTS = 1000;

/** Characters of a cell that an error repeats. */
const SHOWN = 80;

/** Office software in China turns 2026-10-01 into 2026/10/1 when it saves. */
const officeDate = /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/;
/** The date in a cell as ISO 8601 has it; anything else as it is. */
export const isoDate = (given: unknown) =>
  typeof given === "string"
    ? given.replace(
        officeDate,
        (_, year: string, month: string, day: string) =>
          `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`,
      )
    : given;

/** @throws TableError naming the first `MOST_FAULTS` places that are wrong, or a few more of the last one's line */
export function readTable<Shape extends z.ZodObject>({
  file,
  text,
  shape,
  formerly = {},
  identity,
}: Table<Shape>): z.output<Shape>[] {
  const { header, records } = parseTable(file, text, formerly);
  const missing = Object.entries(shape.shape)
    .filter(([, field]) => !(field as z.ZodType).safeParse(undefined).success)
    .map(([column]) => column)
    .filter((column) => !header.includes(column));
  if (missing.length > 0)
    throw TableError.of(
      file,
      missing.map((column) => ({
        ...{ line: 1, column: null, cell: "" },
        message: `there is no column ${column}`,
      })),
    );

  const faults: Fault[] = [];
  const rows: z.output<Shape>[] = [];
  const lines = new Map<string, number>();
  for (const { line, record } of records) {
    if (faults.length >= MOST_FAULTS) break;
    const parsed = shape.safeParse(record);
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues) {
        const column = String(path[0]);
        const cell = (record[column] ?? "").slice(0, SHOWN);
        faults.push({ line, column, cell, message });
      }
      continue;
    }
    const said = identity(parsed.data);
    const first = lines.get(said);
    if (first === undefined) lines.set(said, line);
    else
      faults.push({
        ...{ line, column: null, cell: "" },
        message: say("standsOnLine", { said, line: first }).message,
      });
    rows.push(parsed.data);
  }
  if (faults.length > 0) throw TableError.of(file, faults);
  return rows;
}

function parseTable(
  file: string,
  text: string,
  formerly: Record<string, string>,
) {
  let header: string[] = [];
  try {
    const records = parse(text, {
      columns: (names: string[]) =>
        (header = names.map((name) => formerly[name] ?? name)),
      bom: true,
      trim: true,
      skip_empty_lines: true,
      // Office software keeps lines of commas below a table.
      skip_records_with_empty_values: true,
      info: true,
    }) as unknown as {
      info: { lines: number };
      record: Record<string, string>;
    }[];
    return {
      header,
      records: records.map(({ info, record }) => ({
        line: info.lines,
        record,
      })),
    };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new TableError([`${file}: ${error.message}`]);
  }
}
