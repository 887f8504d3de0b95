/**
 * JSON of our own formats: bytes → items. Hot: runs once per payload, and does
 * nothing per item unless the payload shows signs of a hazard.
 */
import { isUtf8 } from "node:buffer";
import { checkCount, Flaw, Unparseable } from "./format.ts";
import { findFlaw } from "./hazard.ts";
import { locate } from "./json-error.ts";

/** Media types of one JSON value a line. */
const LINES: ReadonlySet<string> = new Set([
  "application/x-ndjson",
  "application/ndjson",
  "application/jsonl",
]);

export const JSON_MEDIA = ["application/json", ...LINES];

/** Deepest nesting that is read; our own items need four. */
const MAX_DEPTH = 32;

/**
 * The payload's root: an array (of items and flaws) or a single value.
 * @param spread the items in a root that is no array, where the format has such a form
 */
export function readJson(
  body: Uint8Array,
  mediaType: string,
  spread: (root: unknown) => unknown = (root) => root,
): unknown {
  const text = readText(body);
  if (LINES.has(mediaType)) return readLines(text);
  checkDepth(text);
  const root = parse(text);
  if (!isHazardous(text)) return root;
  const items = spread(root);
  return Array.isArray(items) ? items.map(orFlaw) : orFlaw(items);
}

/** The items of a JSON array that a mapping gave, flaws in their places. */
export function readItems(text: string): unknown[] {
  checkDepth(text);
  const items = parse(text) as unknown[];
  return isHazardous(text) ? items.map(orFlaw) : items;
}

/** Text of UTF-8 bytes, without the byte order mark. */
export function readText(body: Uint8Array): string {
  if (!isUtf8(body)) throw new Unparseable("", "the text is not UTF-8");
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const text = bytes.toString("utf8");
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** JSON of a parsed item, for the quarantine. */
export function rawJson(item: unknown): string {
  return item instanceof Flaw ? item.raw : (JSON.stringify(item) ?? "");
}

function readLines(text: string): unknown[] {
  const items: unknown[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    checkCount(items.length + 1);
    try {
      checkDepth(line);
      const item = parse(line);
      items.push(isHazardous(line) ? orFlaw(item) : item);
    } catch (error) {
      if (!(error instanceof Unparseable)) throw error;
      items.push(new Flaw(error.path, error.message, line.trim()));
    }
  }
  if (items.length === 0) throw new Unparseable("", "the payload is empty");
  return items;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { path, message } = locate(text);
    throw new Unparseable(path, message);
  }
}

/** An array in an object, an object in an object: the only ways to nest besides `[[`. */
const nested = /:[ \t\r\n]*[[{]/;

/**
 * Refuses deep nesting before it is built: 8 MiB of `[` would hold the thread
 * for seconds. The full scan runs only where the text could nest at all.
 */
function checkDepth(text: string): void {
  if (!nested.test(text) && !hasMany(text, "[", MAX_DEPTH)) return;
  let depth = 0;
  let item = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22) {
      for (i++; i < text.length && text.charCodeAt(i) !== 0x22; i++)
        if (text.charCodeAt(i) === 0x5c) i++;
    } else if (c === 0x5b || c === 0x7b) {
      if (++depth > MAX_DEPTH)
        throw new Unparseable(
          `/${item}`,
          `nested deeper than ${MAX_DEPTH} levels`,
        );
    } else if (c === 0x5d || c === 0x7d) depth--;
    else if (c === 0x2c && depth === 1) item++;
  }
}

function hasMany(text: string, mark: string, limit: number): boolean {
  let at = -1;
  for (let n = 0; n <= limit; n++)
    if ((at = text.indexOf(mark, at + 1)) < 0) return false;
  return true;
}

/** Escapes that can spell a lone surrogate, a NUL or a hidden key; or the key itself. */
function isHazardous(text: string): boolean {
  if (text.includes("__proto__")) return true;
  return text.includes("\\u") && /\\u(00|d[89a-f])/i.test(text);
}

function orFlaw(item: unknown): unknown {
  const flaw = findFlaw(item);
  return flaw ? new Flaw(flaw.path, flaw.message, rawJson(item)) : item;
}
