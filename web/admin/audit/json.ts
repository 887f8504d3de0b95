/** The audit's before and after, which are JSON texts, as rows of what differs. Pure. */
import { isChanged, listRow, valueRow, type Row } from "../difference.ts";

function read(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const written = (value: unknown): string =>
  typeof value === "string" && value !== "" ? value : JSON.stringify(value);
const told = (value: unknown): string | null =>
  value === undefined ? null : written(value);

/** One value is a list of one, none an empty one. */
const listed = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.map(written)
    : value === undefined
      ? []
      : [written(value)];

function rowsOf(label: string, before: unknown, after: unknown): Row[] {
  if (
    (isRecord(before) || before === undefined) &&
    (isRecord(after) || after === undefined)
  ) {
    const keys = new Set([
      ...Object.keys(before ?? {}),
      ...Object.keys(after ?? {}),
    ]);
    return [...keys].flatMap((key) =>
      rowsOf(
        label === "" ? key : `${label}.${key}`,
        before?.[key],
        after?.[key],
      ),
    );
  }
  if (Array.isArray(before) || Array.isArray(after))
    return [listRow(label, listed(before), listed(after))];
  return [valueRow(label, told(before), told(after))];
}

/** Rows of the fields that differ, named by their path: `scope.districts`. */
export const jsonRows = (before: string, after: string): Row[] =>
  rowsOf("", read(before), read(after)).filter(isChanged);
