/**
 * Payload → items: read by the feed's format, then mapped where it has a
 * mapping. HOT PATH where it has none: nothing is awaited.
 */
import type { Rejection } from "../../contract/fact.ts";
import type { Feed } from "../../contract/feed.ts";
import {
  checkCount,
  countOf,
  Flaw,
  Unparseable,
  type Format,
} from "./format.ts";
import { reject } from "./json-format.ts";
import { readItems } from "./json.ts";
import { MappingFailed } from "./mapping-process.ts";
import type { Mapper, Mapping } from "./mapping.ts";
import { textOf } from "./raw.ts";

/** How a feed's payloads are read and judged. */
export interface Recipe {
  feed: Feed;
  format: Format;
  /** Judges what was parsed, or what the mapping made of it. */
  judge: Format;
  mapping: Mapping | null;
}

/** A payload, read and mapped, ready to be judged. */
export interface Payload {
  parsed: unknown;
  /** Refused before judgement: rows that the mapping never saw or failed on. */
  rejections: Rejection[];
  /** The sender's item behind a mapped one; null where they are the same. */
  origin: ((index: number) => { index: number; raw: string }) | null;
}

/** @throws Unparseable where the payload as a whole gives nothing. */
export function prepare(
  recipe: Recipe,
  body: Uint8Array,
  mediaType: string,
  mapper: Mapper,
): Payload | Promise<Payload> {
  const { feed, format, mapping } = recipe;
  const parsed = format.parse(body, { mediaType, feed });
  if (!(parsed instanceof Promise) && !mapping) return unmapped(parsed);
  return prepareSlowly(recipe, parsed, body, mapper);
}

async function prepareSlowly(
  recipe: Recipe,
  promised: unknown,
  body: Uint8Array,
  mapper: Mapper,
): Promise<Payload> {
  const parsed = await promised;
  return recipe.mapping
    ? applyMapping(recipe, recipe.mapping, parsed, body, mapper)
    : unmapped(parsed);
}

function unmapped(parsed: unknown): Payload {
  checkCount(countOf(parsed));
  return { parsed, rejections: [], origin: null };
}

async function applyMapping(
  { feed, format }: Recipe,
  mapping: Mapping,
  parsed: unknown,
  body: Uint8Array,
  mapper: Mapper,
): Promise<Payload> {
  const rejections: Rejection[] = [];
  if (parsed instanceof Flaw)
    throw new Unparseable(parsed.path, parsed.message);
  /** Number of each row that is mapped, in the sender's payload. */
  const rows: number[] = [];
  let input = parsed;
  if (Array.isArray(parsed)) {
    const sound: unknown[] = [];
    parsed.forEach((item: unknown, index) => {
      if (item instanceof Flaw) rejections.push(reject(item, index, item));
      else {
        sound.push(item);
        rows.push(index);
      }
    });
    input = sound;
  }
  const results = await mapper
    .map(feed, mapping, input)
    .catch((error: unknown) => {
      if (error instanceof MappingFailed)
        throw new Unparseable("", error.message);
      throw error;
    });
  if (!mapping.rowWise || !Array.isArray(parsed)) {
    const [result] = results;
    if (!result || "error" in result)
      throw new Unparseable("", result?.error ?? "the mapping gave nothing");
    // Which row an item stands for is not known: the whole payload is kept.
    let whole: string | undefined;
    return {
      parsed: readItems(result.items),
      rejections,
      origin: (index) => ({ index, raw: (whole ??= textOf(body)) }),
    };
  }
  // One row may hold thousands of items: its text is written once.
  const raws = new Map<number, string>();
  const rawRow = (row: number) => {
    let raw = raws.get(row);
    if (raw === undefined) raws.set(row, (raw = format.raw(parsed[row])));
    return raw;
  };
  const items: unknown[] = [];
  const rowOf: number[] = [];
  results.forEach((result, i) => {
    const row = rows[i]!;
    if ("error" in result)
      rejections.push({
        index: row,
        path: `/${row}`,
        message: result.error,
        raw: rawRow(row),
      });
    else
      for (const item of readItems(result.items)) {
        items.push(item);
        rowOf.push(row);
      }
    checkCount(items.length);
  });
  return {
    parsed: items,
    rejections,
    origin: (index) => ({ index: rowOf[index]!, raw: rawRow(rowOf[index]!) }),
  };
}
