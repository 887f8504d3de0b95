/**
 * The hub's saved state: named blobs, written in pieces under a new version so
 * that no commit waits behind megabytes, then switched to in one transaction.
 */
import type { Db } from "../db.ts";

const PIECE = 256 * 1024;

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
  for (const { name, blob } of parts)
    for (let piece = 0; piece * PIECE < blob.length; piece++)
      await db.batch([
        {
          sql: `INSERT INTO checkpoint_piece (name, version, piece, data)
            VALUES (?, ?, ?, ?)`,
          params: [
            name,
            version,
            piece,
            blob.subarray(piece * PIECE, (piece + 1) * PIECE),
          ],
        },
      ]);
  await db.batch([
    {
      sql: `INSERT INTO checkpoint_part (name, version) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET version = excluded.version`,
      each: parts.map(({ name }) => [name, version]),
    },
    {
      sql: `UPDATE reading_state SET value = ? WHERE name = 'checkpoint'`,
      params: [seq],
    },
  ]);
  await sweep(db);
}

export async function readCheckpoint(db: Db): Promise<Map<string, Uint8Array>> {
  const parts = new Map<string, Uint8Array>();
  const named = await db.all<{ name: string; version: number }>(
    "SELECT name, version FROM checkpoint_part ORDER BY name",
  );
  for (const { name, version } of named) {
    const pieces = await db.all<{ data: Uint8Array }>(
      `SELECT data FROM checkpoint_piece WHERE name = ? AND version = ?
      ORDER BY piece`,
      [name, version],
    );
    parts.set(name, join(pieces.map((piece) => piece.data)));
  }
  return parts;
}

/** Removes pieces that no part names: of former versions, or of a save that was cut off. */
async function sweep(db: Db): Promise<void> {
  const left = await db.all<{ name: string; version: number; piece: number }>(
    `SELECT name, version, piece FROM checkpoint_piece p WHERE NOT EXISTS (
    SELECT 1 FROM checkpoint_part c
    WHERE c.name = p.name AND c.version = p.version)`,
  );
  for (const { name, version, piece } of left)
    await db.batch([
      {
        sql: `DELETE FROM checkpoint_piece
          WHERE name = ? AND version = ? AND piece = ?`,
        params: [name, version, piece],
      },
    ]);
}

function join(pieces: Uint8Array[]): Uint8Array {
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
