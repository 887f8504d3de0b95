/** What formats of JSON items share: a zod schema judging them one by one. */
import type { z } from "zod";
import type { Fact, IndexedFact, Rejection } from "../../contract/fact.ts";
import { MISSING } from "../../contract/reading.ts";
import { alsoAt, Flaw, asItems, pointer, type Format } from "./format.ts";
import { JSON_MEDIA, rawJson, readJson } from "./json.ts";

/**
 * Declares a format of JSON items (an array, one alone, or a line each) by the
 * item's schema. `valued` items carry a `value` that may say "missing".
 */
export function defineJsonFormat<S extends z.ZodType>(declared: {
  id: string;
  schema: S;
  toFact: (item: z.output<S>) => Fact;
  valued?: boolean;
}): Format {
  const { id, schema, toFact, valued = false } = declared;
  return {
    id,
    mediaTypes: JSON_MEDIA,
    parse: (body, { mediaType }) => readJson(body, mediaType),
    raw: rawJson,
    // A schema, a place in the city and up to 5,000 characters: fifty times the work of a reading.
    atOnce: 100,
    judge(parsed, _feed, patience = Infinity) {
      const items = asItems(parsed);
      const facts: IndexedFact[] = [];
      const rejections: Rejection[] = [];
      let missing = 0;
      let index = 0;
      for (; index < items.length && rejections.length < patience; index++) {
        const item = items[index];
        const verdict = judgeItem(schema, item, valued);
        if ("item" in verdict) facts.push({ ...toFact(verdict.item), index });
        else if ("missing" in verdict) missing++;
        else rejections.push(reject(item, index, verdict));
      }
      const raw = (at: number) => rawJson(items[at]);
      return { readings: null, facts, rejections, missing, judged: index, raw };
    },
  };
}

export type Judged<T> =
  { item: T } | { missing: true } | { path: string; message: string };

/** One item against its schema; `valued` ones may say "no value" where a number would stand. */
export function judgeItem<S extends z.ZodType>(
  schema: S,
  item: unknown,
  valued: boolean,
): Judged<z.output<S>> {
  if (item instanceof Flaw) return item;
  if (valued && saysMissing(item)) {
    const rest = judgeItem(schema, { ...item, value: 0 }, false);
    return "item" in rest ? { missing: true } : rest;
  }
  const result = schema.safeParse(item);
  if (result.success) return { item: result.data };
  const [first, ...more] = result.error.issues;
  const paths = more.map(({ path }) => pointer(path));
  return {
    path: pointer(first?.path ?? []),
    message: `${first?.message ?? "not what the format asks for"}${alsoAt(paths)}`,
  };
}

function saysMissing(item: unknown): item is object {
  if (typeof item !== "object" || item === null || !("value" in item))
    return false;
  const { value } = item;
  return value === null || (typeof value === "string" && MISSING.has(value));
}

/** A refusal of the payload's item number `index`. */
export function reject(
  item: unknown,
  index: number,
  flaw: { path: string; message: string },
): Rejection {
  const { path, message } = flaw;
  return { index, path: `/${index}${path}`, message, raw: rawJson(item) };
}
