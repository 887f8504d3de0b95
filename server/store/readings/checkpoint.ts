/**
 * The hub's saved state: named blobs, written in pieces under a new version so
 * that no commit waits behind megabytes, then switched to in one transaction.
 */
import type { Db, Statement, Value } from "../db.ts";
import { setState } from "./fold.ts";

const PIECE = 256 * 1024;
/** Pieces read or removed at a time. */
const PAGE = 32;

export interface Part {
  name: string;
  blob: Uint8Array;
}

/** @param seq the log's number that the state covers */
export async function saveCheckpoint(
  db: Db,
  parts: Part[],
  seq: number,
): Promise<void> {
  const [newest] = await db.all<{ version: number }>(
    "SELECT COALESCE(MAX(version), 0) AS version FROM checkpoint_piece",
  );
  const version = newest!.version + 1;
  for (const slice of slices(parts, version))
    await db.batch([
      {
        sql: `INSERT INTO checkpoint_piece (name, version, piece, data)
          VALUES (?, ?, ?, ?)`,
        each: slice,
      },
    ]);
  await db.batch([
    {
      sql: `INSERT INTO checkpoint_part (name, version) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET version = excluded.version`,
      each: parts.map(({ name }) => [name, version]),
    },
    setState("reading", "checkpoint", seq),
  ]);
  await sweep(db);
}

/** The number of the log up to which the saved state covers it. */
export async function checkpointedTo(db: Db): Promise<number> {
  const [row] = await db.all<{ value: number }>(
    "SELECT value FROM reading_state WHERE name = 'checkpoint'",
  );
  return row!.value;
}

export async function readCheckpoint(db: Db): Promise<Map<string, Uint8Array>> {
  const pieces = new Map<string, Uint8Array[]>();
  let last: Value[] = ["", -1];
  for (;;) {
    const page: { name: string; piece: number; data: Uint8Array }[] =
      await db.all(
        `SELECT p.name, p.piece, p.data FROM checkpoint_piece p
        JOIN checkpoint_part c ON c.name = p.name AND c.version = p.version
        WHERE (p.name, p.piece) > (?, ?) ORDER BY p.name, p.piece
        LIMIT ${PAGE}`,
        last,
      );
    for (const { name, data } of page) {
      const known = pieces.get(name);
      if (known) known.push(data);
      else pieces.set(name, [data]);
    }
    if (page.length < PAGE) break;
    last = [page.at(-1)!.name, page.at(-1)!.piece];
  }
  return new Map([...pieces].map(([name, some]) => [name, joined(some)]));
}

/** Rows of pieces, as many at a time as make one piece's bytes. */
function* slices(parts: Part[], version: number): Generator<Value[][]> {
  let slice: Value[][] = [];
  let bytes = 0;
  for (const { name, blob } of parts)
    for (let piece = 0; piece === 0 || piece * PIECE < blob.length; piece++) {
      const data = blob.subarray(piece * PIECE, (piece + 1) * PIECE);
      if (bytes + data.length > PIECE && slice.length > 0) {
        yield slice;
        [slice, bytes] = [[], 0];
      }
      slice.push([name, version, piece, data]);
      bytes += data.length;
    }
  if (slice.length > 0) yield slice;
}

/** Removes pieces that no part names: of former versions, or of a save that was cut off. */
async function sweep(db: Db): Promise<void> {
  const unnamed: Statement = {
    sql: `DELETE FROM checkpoint_piece WHERE (name, version, piece) IN (
      SELECT name, version, piece FROM checkpoint_piece p WHERE NOT EXISTS (
        SELECT 1 FROM checkpoint_part c
        WHERE c.name = p.name AND c.version = p.version)
      LIMIT ${PAGE}) RETURNING piece`,
  };
  for (;;) {
    const [gone] = await db.batch([unnamed]);
    if (gone!.length < PAGE) return;
  }
}

function joined(pieces: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(
    pieces.reduce((sum, piece) => sum + piece.length, 0),
  );
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
