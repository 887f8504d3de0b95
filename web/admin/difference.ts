/** What a change takes away and what it adds, as rows to read. Pure. */

export interface Part {
  mark: "kept" | "added" | "removed";
  text: string;
  /** As it is kept, where the text says it in words. */
  raw?: string;
}
export interface Row {
  label: string;
  raw?: string;
  parts: Part[];
}

/** Of two lists whose order says nothing: what stays first, then what goes, then what comes. */
export function listRow(
  label: string,
  before: readonly string[],
  after: readonly string[],
): Row {
  const part = (mark: Part["mark"]) => (text: string) => ({ mark, text });
  return {
    label,
    parts: [
      ...after.filter((one) => before.includes(one)).map(part("kept")),
      ...before.filter((one) => !after.includes(one)).map(part("removed")),
      ...after.filter((one) => !before.includes(one)).map(part("added")),
    ],
  };
}

/** Of two values; null where there is none. */
export function valueRow(
  label: string,
  before: string | null,
  after: string | null,
): Row {
  return listRow(
    label,
    before === null ? [] : [before],
    after === null ? [] : [after],
  );
}

export const isChanged = (row: Row): boolean =>
  row.parts.some(({ mark }) => mark !== "kept");
