/**
 * A result on its way between threads: JSON in pieces, because V8 holds no
 * string of more than 512 Mi characters and a department may have stored more.
 */
import type { Value } from "./db.ts";

/** Characters of text after which another piece begins; escaped they are at most six times as many. */
const PIECE = 16 * 1024 * 1024;
/** What a number or null takes at most, and the comma after it. */
const SHORT = 26;

export function toPieces(rows: Value[][], most = PIECE): string[] {
  const pieces: string[] = [];
  let from = 0;
  let size = 0;
  for (let i = 0; i < rows.length; i++) {
    const own = sizeOf(rows[i]!);
    if (i > from && size + own > most) {
      pieces.push(JSON.stringify(rows.slice(from, i)));
      from = i;
      size = 0;
    }
    size += own;
  }
  // Most results are one piece and are not copied.
  const rest = from === 0 ? rows : rows.slice(from);
  if (rest.length > 0) pieces.push(JSON.stringify(rest));
  return pieces;
}

/** Each row again, in its order; a piece is read when its first row is asked for. */
export function* fromPieces(pieces: string[]): Generator<Value[]> {
  for (let i = 0; i < pieces.length; i++) {
    const rows = JSON.parse(pieces[i]!) as Value[][];
    // Its text is not needed beside the rows that came of it.
    pieces[i] = "";
    yield* rows;
  }
}

function sizeOf(row: Value[]): number {
  let size = 0;
  for (const value of row)
    size += typeof value === "string" ? value.length : SHORT;
  return size;
}
