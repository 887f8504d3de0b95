/**
 * Payloads gone wrong, seeded. Two kinds: `shape` stays JSON (or XML, or a
 * table) and gets past the parser to be judged item by item; `text` breaks the
 * text itself. Hostile values come from fixed lists: what they can name in the
 * hub is bounded, so that memory that grows is the hub's own fault.
 */
import { gzipSync } from "node:zlib";
import type { Chance } from "../kit/chance.ts";

export interface Payload {
  body: Uint8Array;
  headers: Record<string, string>;
  /** What was done to it, for the report of a failure. */
  how: string;
}

const DEEP = 100;

export const HOSTILE_TEXT = [
  "",
  " ",
  "null",
  "NaN",
  "Infinity",
  "-0",
  "1e999",
  "__proto__",
  "constructor",
  "toString",
  "\ud800",
  "\udfff\ud83d",
  "\u0000",
  "\u202e倒过来",
  "a\nb\r\nc",
  "'; DROP TABLE reading; --",
  "<script>alert(1)</script>",
  "{{constructor.constructor('return process')()}}",
  "${process.exit(1)}",
  "../../etc/passwd",
  "%00%s%n",
  "0001-01-01T00:00:00Z",
  "9999-12-31T23:59:59+08:00",
  "2026-02-30T00:00:00Z",
  "2026-01-01T00:00:00",
  "城".repeat(5_000),
  "A".repeat(100_000),
];

export const HOSTILE_NUMBER = [
  ...[0, -0, -1, 1.5, 1e-320, 1e308, -1e308, 2 ** 31, 2 ** 53 + 2],
  ...[-62_135_596_800_000, 253_402_300_799_999, 4e15, 181, -91, 361],
];

const nested = (depth: number): unknown =>
  depth === 0 ? [] : { a: nested(depth - 1) };

const hostileValue = (chance: Chance): unknown =>
  chance.one<() => unknown>([
    () => chance.one(HOSTILE_TEXT),
    () => chance.one(HOSTILE_NUMBER),
    () => chance.one([null, true, false]),
    () => chance.one([[], {}, [[]], [null], { length: 1e9 }]),
    () => nested(chance.between(1, DEEP)),
  ])();

type Item = Record<string, unknown>;

/** Changes of the JSON tree. Each takes the items and gives what is sent instead. */
const shapes: Record<string, (items: Item[], chance: Chance) => unknown> = {
  untouched: (items) => items,
  "one field hostile": (items, chance) => {
    const item = chance.one(items);
    const field = chance.one(Object.keys(item));
    item[field] = hostileValue(chance);
    return items;
  },
  "three fields hostile": (items, chance) => {
    for (let i = 0; i < 3; i++) shapes["one field hostile"]!(items, chance);
    return items;
  },
  "a field missing": (items, chance) => {
    const item = chance.one(items);
    delete item[chance.one(Object.keys(item))];
    return items;
  },
  "a field unknown": (items, chance) => {
    chance.one(items)[chance.one(["colour", "constructor", "toString", "0"])] =
      hostileValue(chance);
    return items;
  },
  "an item replaced": (items, chance) => {
    const some: unknown[] = items;
    some[chance.between(0, items.length)] = hostileValue(chance);
    return some;
  },
  "an item twice": (items, chance) => [...items, chance.one(items)],
  "one item, no array": (items, chance) => chance.one(items),
  "arrays in arrays": (items) => [[items]],
  "wrapped in an object": (items) => ({ items }),
  empty: () => [],
  "not items at all": (_items, chance) => hostileValue(chance),
};

/** Changes of the text; most no longer parse. */
const texts: Record<string, (text: string, chance: Chance) => Uint8Array> = {
  truncated: (text, chance) =>
    bytes(text.slice(0, chance.between(0, text.length))),
  "a mark dropped": (text, chance) => {
    const marks = [...text.matchAll(/[{}[\]",:<>/=]/g)];
    const at = marks.length ? chance.one(marks).index : 0;
    return bytes(text.slice(0, at) + text.slice(at + 1));
  },
  "a mark put in": (text, chance) => {
    const at = chance.between(0, text.length);
    const mark = chance.one([...'{}[]",:\\<>&\u0000\u0007', "/*", "]]>"]);
    return bytes(text.slice(0, at) + mark + text.slice(at));
  },
  "halves exchanged": (text, chance) => {
    const at = chance.between(1, text.length);
    return bytes(text.slice(at) + text.slice(0, at));
  },
  "rubbish before": (text) => bytes(`)]}',\n${text}`),
  "rubbish behind": (text) => bytes(`${text}x]`),
  "single quotes": (text) => bytes(text.replaceAll('"', "'")),
  "numbers no JSON has": (text, chance) =>
    bytes(
      text.replace(
        /\d{2,}/,
        chance.one(["NaN", "Infinity", "0x10", "01", "+1"]),
      ),
    ),
  "no UTF-8": (text, chance) => {
    const broken = bytes(text);
    broken[chance.between(0, broken.length)] = 0xff;
    return broken;
  },
  "very deep": (text, chance) => {
    const [open, close] = chance.one([
      ["[", "]"],
      ['{"a":', "}"],
      ["<a>", "</a>"],
    ] as const);
    return bytes(open.repeat(20_000) + text + close.repeat(20_000));
  },
  nothing: () => new Uint8Array(0),
};

const bytes = (text: string): Uint8Array => Buffer.from(text, "utf8");

/** Ways in which the envelope, not the letter, is wrong. */
const envelopes: ((payload: Payload) => Payload)[] = [
  (p) => ({
    ...p,
    body: gzipSync(p.body),
    headers: { ...p.headers, "content-encoding": "gzip" },
    how: `${p.how}, gzip`,
  }),
  (p) => ({
    ...p,
    headers: { ...p.headers, "content-encoding": "gzip" },
    how: `${p.how}, called gzip`,
  }),
  (p) => ({
    ...p,
    body: bomb(),
    headers: { ...p.headers, "content-encoding": "gzip" },
    how: "gzip bomb",
  }),
  (p) => ({
    ...p,
    headers: { ...p.headers, "content-type": "image/png" },
    how: `${p.how}, called a picture`,
  }),
];

let made: Uint8Array | undefined;
/** 64 MiB of spaces in 64 KiB. */
const bomb = () => (made ??= gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20)));

/** Six in ten keep their shape; with those of `texts` that still parse by luck about half get past the parser. */
const SHARE_OF_SHAPES = 0.55;
const SHARE_OF_ENVELOPES = 0.01;

/** A source of payloads of one format. `items` and `write` know the format; the rest is the same for all. */
export function createMutator(
  format: {
    mediaType: string;
    /** Fresh, valid items for payload `n`. */
    items: (n: number) => Item[];
    write: (tree: unknown) => string;
  },
  chance: Chance,
): (n: number) => Payload {
  const mutate = (n: number): Payload => {
    const headers = { "content-type": format.mediaType };
    const items = format.items(n);
    if (chance.next() < SHARE_OF_SHAPES) {
      const how = chance.one(Object.keys(shapes));
      const tree = shapes[how]!(items, chance);
      return { body: bytes(format.write(tree)), headers, how };
    }
    const how = chance.one(Object.keys(texts));
    return { body: texts[how]!(format.write(items), chance), headers, how };
  };
  return (n) => {
    const payload = mutate(n);
    return chance.next() < SHARE_OF_ENVELOPES
      ? chance.one(envelopes)(payload)
      : payload;
  };
}
