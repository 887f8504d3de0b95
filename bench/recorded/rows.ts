import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";

/** Rows of a CSV file with a header, gzipped or not. */
export function readRows(file: string): Record<string, string>[] {
  const bytes = readFileSync(file);
  return parse(file.endsWith(".gz") ? gunzipSync(bytes) : bytes, {
    ...{ columns: true, bom: true },
  });
}
