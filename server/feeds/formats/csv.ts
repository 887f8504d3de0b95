/**
 * `csv` (RFC 4180 and its relatives): a header line, then rows, which become
 * objects of texts for the mapping. The delimiter is the one of `, ; tab |`
 * that the header holds most. Read as UTF-8, else as GB 18030, which is what
 * office software in China writes; a UTF-16 file says so by its first bytes.
 */
import { isUtf8 } from "node:buffer";
import { finished } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";
import { CsvError, parse } from "csv-parse";
import {
  asItems,
  checkCount,
  Flaw,
  Unparseable,
  type Format,
} from "../format.ts";
import { reject } from "../json-format.ts";

type Row = Record<string, string>;

/** Characters read between two turns of the event loop. */
const PIECE = 64 * 1024;
/** No table of measurements is wider, and every refused row is kept with its header. */
const MOST_COLUMNS = 1_000;
const LONGEST_HEADER = 64 * 1024;
/** Characters of refused rows in one payload. */
const MOST_REFUSED = 32 * 1024 * 1024;

export const format: Format = {
  id: "csv",
  mediaTypes: ["text/csv", "application/csv", "text/tab-separated-values"],
  needsMapping: true,
  parse: (body) => readRows(readText(body)),
  raw: rawRow,
  judge(parsed) {
    const rejections = asItems(parsed).map((row, index) =>
      reject(row, index, {
        path: "",
        message: "a CSV row says nothing before a mapping",
      }),
    );
    const raw = (index: number) => rawRow(asItems(parsed)[index]);
    return { readings: null, facts: [], rejections, missing: 0, raw };
  },
};

function readText(body: Uint8Array): string {
  if (body[0] === 0xff && body[1] === 0xfe) return decode(body, "utf-16le");
  return decode(body, isUtf8(body) ? "utf-8" : "gb18030");
}

function decode(body: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(body);
  } catch {
    throw new Unparseable("", "the text is neither UTF-8, UTF-16 nor GB 18030");
  }
}

/** Rows, read a piece at a time: a table of megabytes must not hold the thread. */
async function readRows(text: string): Promise<(Row | Flaw)[]> {
  let header: string[] | null = null;
  let refused = 0;
  const rows: (Row | Flaw)[] = [];
  const parser = parse({
    delimiter: delimiterOf(text),
    skip_empty_lines: true,
    relax_column_count: true,
    on_record(record: string[], { lines }) {
      if (header) {
        const row = rowOf(header, record, lines);
        if (row instanceof Flaw && (refused += row.raw.length) > MOST_REFUSED)
          throw new Unparseable(
            `/${rows.length}`,
            `${row.message}, like too many rows before it: nothing is taken of this payload`,
          );
        rows.push(row);
      } else header = readHeader(record);
      checkCount(rows.length);
      return null;
    },
  });
  parser.resume();
  const ended = finished(parser);
  // Awaited below; what fails in between must not count as unhandled.
  ended.catch(() => {});
  for (let i = 0; i < text.length && !parser.destroyed; i += PIECE) {
    parser.write(text.slice(i, i + PIECE));
    await setImmediate();
  }
  parser.end();
  try {
    await ended;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Unparseable(`/${rows.length}`, error.message);
  }
  if (!header) throw new Unparseable("", "the payload is empty");
  return rows;
}

/** Column names; an empty one is called by its place, a repeated one gets a number. */
function readHeader(record: readonly string[]): string[] {
  if (record.length > MOST_COLUMNS)
    throw new Unparseable("", `line 1: more than ${MOST_COLUMNS} columns`);
  const names = new Set<string>();
  const times = new Map<string, number>();
  record.forEach((cell, i) => {
    const name = cell.trim() || `column${i + 1}`;
    if (name === "__proto__" || name.includes("\0"))
      throw new Unparseable(
        "",
        `line 1: no column may be called ${JSON.stringify(name)}`,
      );
    let n = times.get(name) ?? 1;
    let unique = n === 1 ? name : `${name}_${n}`;
    while (names.has(unique)) unique = `${name}_${++n}`;
    times.set(name, n + 1);
    names.add(unique);
  });
  if (lineOf(record).length > LONGEST_HEADER)
    throw new Unparseable(
      "",
      `line 1: longer than ${LONGEST_HEADER} characters`,
    );
  return [...names];
}

function rowOf(header: string[], record: string[], line: number): Row | Flaw {
  if (record.length !== header.length)
    return new Flaw(
      "",
      `line ${line}: expected ${header.length} columns, found ${record.length}`,
      rawLines(header, record),
    );
  const row: Row = {};
  for (let i = 0; i < header.length; i++) {
    const cell = record[i]!;
    if (cell.includes("\0"))
      return new Flaw(
        `/${header[i]}`,
        `line ${line}: the text holds a NUL character`,
        rawLines(header, record),
      );
    row[header[i]!] = cell;
  }
  return row;
}

/** One row with its header: a CSV of its own, so that it can be read again. */
function rawRow(row: unknown): string {
  if (row instanceof Flaw) return row.raw;
  const cells = row as Row;
  return rawLines(Object.keys(cells), Object.values(cells));
}

function rawLines(header: readonly string[], record: readonly string[]) {
  return `${lineOf(header)}\n${lineOf(record)}\n`;
}

const lineOf = (cells: readonly string[]) => cells.map(cellText).join(",");

function cellText(given: string): string {
  // No store's text holds a NUL.
  const cell = given.replaceAll("\0", "\uFFFD");
  return /[",;\t|\r\n]/.test(cell) || cell === ""
    ? `"${cell.replaceAll('"', '""')}"`
    : cell;
}

function delimiterOf(text: string): string {
  const header = text.split("\n", 1)[0]!.replaceAll(/"[^"]*"/g, "");
  let best = ",";
  for (const mark of [",", ";", "\t", "|"])
    if (header.split(mark).length > header.split(best).length) best = mark;
  return best;
}
