/** Payloads as text and back: the quarantine keeps text, and replays bytes. */
import { isUtf8 } from "node:buffer";

const BINARY = "data:application/octet-stream;base64,";

/** A payload as text, such that `bytesOf` gives the same bytes again. */
export function textOf(body: Uint8Array): string {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  // No engine's text holds a NUL, and PostgreSQL's must be UTF-8.
  return isUtf8(bytes) && !bytes.includes(0)
    ? bytes.toString("utf8")
    : BINARY + bytes.toString("base64");
}

export function bytesOf(raw: string): Uint8Array {
  return raw.startsWith(BINARY)
    ? Buffer.from(raw.slice(BINARY.length), "base64")
    : Buffer.from(raw, "utf8");
}
