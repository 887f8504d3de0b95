/** By what a row is counted, and whether it passes a filter. Pure. */
import {
  QueueFacet,
  type QueueFilter,
  type QueueOrder,
} from "../../../contract/filter.ts";
import type { QueueRow } from "../../../contract/incident.ts";
import { lightOf } from "../light.ts";

export const FACETS = QueueFacet.options;

export const NEEDS = [
  "mine",
  "soon",
  "overdue",
  "supervised",
  "waiting",
] as const;
export type Need = (typeof NEEDS)[number];

/** Stands for what a row does not name. */
export const NONE = "none";

/** What a desk knows beside the rows. */
export interface Lens {
  isMine(row: QueueRow): boolean;
  /** A category's major, itself where it is one. */
  majorOf(category: string): string;
  /** A category's domain; null where it has none, undefined in a city without domains. */
  domainOf(category: string | null): string | null | undefined;
  /** Everything of a row that can be searched for, in the reader's language. */
  textOf(row: QueueRow): string;
}

/** Values of a row by facet, in the order of `FACETS`. */
export type Values = readonly (readonly string[])[];

function needsOf(row: QueueRow, lens: Lens, now: number): Need[] {
  const light = lightOf(row.due, now);
  const holds: Record<Need, boolean> = {
    mine: lens.isMine(row),
    soon: light === "yellow",
    overdue: light === "red",
    supervised: row.supervised > 0,
    waiting: row.waiting.length > 0,
  };
  return NEEDS.filter((need) => holds[need]);
}

export function valuesOf(row: QueueRow, lens: Lens, now: number): Values {
  const { category, handlers } = row;
  const domain = lens.domainOf(category);
  const by: Record<QueueFacet, readonly string[]> = {
    need: needsOf(row, lens, now),
    status: [row.status],
    priority: [row.priority === null ? NONE : String(row.priority)],
    source: [row.source],
    district: [row.district ?? NONE],
    domain: domain === undefined ? [] : [domain ?? NONE],
    category: [category === null ? NONE : lens.majorOf(category)],
    department: handlers.length > 0 ? handlers : [NONE],
  };
  return FACETS.map((facet) => by[facet]);
}

/** Bit of the words that are searched for; each facet has the bit of its place. */
export const WORDS_BIT = 1 << FACETS.length;

/** Words of a search, small letters. */
export const wordsOf = (text: string): string[] =>
  text.toLowerCase().split(/\s+/).filter(Boolean);

/** What a row fails of a filter, a bit each; 0 = it passes. */
export function failsOf(
  values: Values,
  filter: QueueFilter,
  hasWords: () => boolean,
): number {
  let fails = 0;
  for (let i = 0; i < FACETS.length; i++) {
    const chosen = filter.chosen[FACETS[i]!];
    if (!chosen || chosen.length === 0) continue;
    if (!values[i]!.some((value) => chosen.includes(value))) fails |= 1 << i;
  }
  return hasWords() ? fails : fails | WORDS_BIT;
}

/** Behind all that have a deadline: what is paused, then what has no clock. */
const PAUSED = Number.MAX_SAFE_INTEGER - 1;
const ENDLESS = Number.MAX_SAFE_INTEGER;
const deadline = ({ due }: QueueRow) =>
  due?.dueAt ?? (due?.pausedAt ? PAUSED : ENDLESS);
const rank = ({ priority }: QueueRow) => priority ?? 5;
const byId = (a: QueueRow, b: QueueRow) =>
  a.id === b.id ? 0 : a.id < b.id ? 1 : -1;

/** No two rows are alike to any of these, so that a row's place is one. */
export const ORDERS: Record<QueueOrder, (a: QueueRow, b: QueueRow) => number> =
  {
    timeLeft: (a, b) =>
      deadline(a) - deadline(b) ||
      rank(a) - rank(b) ||
      b.reportedAt - a.reportedAt ||
      byId(a, b),
    priority: (a, b) =>
      rank(a) - rank(b) ||
      deadline(a) - deadline(b) ||
      b.reportedAt - a.reportedAt ||
      byId(a, b),
    newest: (a, b) => b.reportedAt - a.reportedAt || byId(a, b),
  };
