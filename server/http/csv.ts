/** RFC 4180 for spreadsheets. */

/** Spreadsheets take UTF-8 for something else without it. */
export const MARK = "\uFEFF";

/** Nothing that a spreadsheet would run: such a text begins with an apostrophe. */
export const unrun = (text: string): string =>
  /^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text;

export function cell(text: string): string {
  const safe = unrun(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvRow = (cells: readonly string[]): string =>
  `${cells.map(cell).join(",")}\r\n`;
