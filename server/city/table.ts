/** CSV tables of a city pack, also as office software saves them. Everything that is wrong is told at once. */
import { CsvError, parse } from "csv-parse/sync";
import type { z } from "zod";

/** `message` has one sentence a line, each with file, line and column. */
export class TableError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(problems.join("\n"));
    this.problems = problems;
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

/** Characters of a cell that an error repeats. */
const SHOWN = 80;

/** @throws TableError */
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
    throw new TableError(
      missing.map((column) => `${file} line 1: there is no column ${column}`),
    );

  const problems: string[] = [];
  const rows: z.output<Shape>[] = [];
  const lines = new Map<string, number>();
  for (const { line, record } of records) {
    const parsed = shape.safeParse(record);
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues) {
        const column = String(path[0]);
        const cell = (record[column] ?? "").slice(0, SHOWN);
        problems.push(
          `${file} line ${line}, column ${column} is "${cell}": ${message}`,
        );
      }
      continue;
    }
    const said = identity(parsed.data);
    const first = lines.get(said);
    if (first === undefined) lines.set(said, line);
    else
      problems.push(
        `${file} line ${line}: ${said} stands on line ${first} already`,
      );
    rows.push(parsed.data);
  }
  if (problems.length > 0) throw new TableError(problems);
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
