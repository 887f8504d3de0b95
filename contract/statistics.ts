import { z } from "zod";
import { ACTS, MEASURES, type Measure } from "./counted.ts";
import { defineDoor } from "./door.ts";
import { LimitStage, MatterClass } from "./limit.ts";
import { text } from "./text.ts";
import { DAY, Instant, InstantAsked } from "./time.ts";

/** A rate as what it is made of: `n` of `of`. Nothing of nothing is no data, neither 0 nor 100 %. */
export const Share = z.object({ n: z.number().int(), of: z.number().int() });
export type Share = z.infer<typeof Share>;

/** In %, or null where there is nothing to divide by. */
export const percentOf = ({ n, of }: Share): number | null =>
  of === 0 ? null : (100 * n) / of;

/** Of fewer settled orders than this a department is shown and not ranked. */
export const LEAST_RANKED = 5;

/** What one period came to, of the city or of a part of it (docs/statistics.md). */
export const Figures = z.object({
  registered: z.number().int(),
  dispatched: z.number().int(),
  closed: z.number().int(),
  /** Incidents closed with all their own limits kept ÷ closed or overdue. */
  onTime: Share,
  /** The same by the limits that they began with, without extensions. */
  onTimeFirst: Share,
  /** Work orders fed back within their limit ÷ settled. */
  handled: Share,
  handledFirst: Share,
  rework: Share,
  returns: Share,
  /** 1 − given to the wrong department ÷ dispatched. */
  accuracy: Share,
  /** Incidents supervised ÷ registered; of a department ÷ its orders. */
  supervision: Share,
  /** Incidents whose reporters were reached ÷ asked of; satisfied or basically ÷ reached. */
  reached: Share,
  satisfaction: Share,
});
export type Figures = z.infer<typeof Figures>;

/** Nearest rank, in ms. */
export const Percentiles = z.object({ p50: z.number(), p90: z.number() });
export type Percentiles = z.infer<typeof Percentiles>;

export const StageFigures = z.object({
  stage: z.enum([...LimitStage.options, "whole"]),
  kept: Share,
  keptFirst: Share,
  /** How many were done in the period, of which the times are. */
  done: z.number().int(),
  /** By the day's time, without pauses. */
  natural: Percentiles.nullable(),
  /** Of it what was working time; the whole has pauses of many clocks, and none is told. */
  worked: Percentiles.nullable(),
});
export type StageFigures = z.infer<typeof StageFigures>;

export const Part = z.object({
  /** Code; empty = none is known, or nobody's yet. */
  key: z.string(),
  figures: Figures,
  /** Of its orders' handling. */
  natural: Percentiles.nullable(),
});
export type Part = z.infer<typeof Part>;

/** The same caller's earlier incident of one category within that makes a later one a repeat (domain.md §8). */
export const REPEAT_WITHIN = 30 * DAY;

/** A source that names a caller is told masked, and cannot be asked for alone. */
export const isMasked = (source: string): boolean => source.includes("*");

const LONGEST = 400 * DAY;

const Period = z.object({
  from: InstantAsked,
  to: InstantAsked.describe("not included; at most 400 days after `from`"),
  district: text(40).optional().describe("empty = in none"),
  town: text(40).optional().describe("code of an area; empty = in none"),
  department: text(40).optional().describe("whose orders, or who leads"),
  source: text(64).optional(),
  category: text(64).optional(),
  domain: text(40).optional().describe("of the category; empty = of none"),
});
const checked = <T extends z.ZodType<{ from: number; to: number }>>(shape: T) =>
  shape.refine(({ from, to }) => to > from && to - from <= LONGEST, {
    message: "`to` comes after `from`, and at most 400 days after it",
    path: ["to"],
  });

export const Statistics = z.object({
  from: Instant,
  to: Instant,
  totals: Figures,
  /** Of the period before, of the same length. */
  before: Figures,
  stages: z.array(StageFigures),
  departments: z.array(Part),
  districts: z.array(Part),
  sources: z.array(Part),
  classes: z.array(Part),
  /** By the domain of their category; none in a city without domains. */
  domains: z.array(Part),
  /** With their names, as pages know no towns; none in a city without them. */
  towns: z.array(Part.extend({ nameZh: z.string(), nameEn: z.string() })),
});
export type Statistics = z.infer<typeof Statistics>;

/** One row that a measure counted, with its incident. An incident is named as often as it was counted. */
export const CountedIncident = z.object({
  /** Null where the incident is no longer one's own to see: it was counted all the same. */
  incident: z
    .object({
      id: z.string(),
      title: z.string(),
      category: z.string().nullable(),
    })
    .nullable(),
  number: z.string(),
  /** Whose it was counted for; empty = the centre's, or nobody's yet. */
  department: z.string(),
  /** Number of the work order; null = the incident's own. */
  order: z.number().int().nullable(),
  /** When it was counted: an act at its instant, a limit when it was decided, what was done at its stop. */
  at: Instant,
  /** Of an act: which; null of a stage. */
  act: z.enum(ACTS).nullable(),
  /** Deadline by the limit that was asked about; null of an act, and where there is none. */
  dueAt: Instant.nullable(),
  /** Null while it goes on. */
  stoppedAt: Instant.nullable(),
  isKept: z.boolean().nullable(),
});
export type CountedIncident = z.infer<typeof CountedIncident>;

export const statisticsDoors = {
  getStatistics: defineDoor({
    method: "GET",
    path: "/api/statistics",
    summary:
      "Rates and times of a period, of whatever incidents are one's own to see",
    permission: "working",
    query: checked(Period),
    reply: Statistics,
  }),
  listCounted: defineDoor({
    method: "GET",
    path: "/api/statistics/incidents",
    summary:
      "The incidents behind one number of the statistics, the latest counted first",
    permission: "working",
    query: checked(
      Period.extend({
        measure: z.enum(MEASURES as [Measure, ...Measure[]]),
        matterClass: MatterClass.optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
        cursor: text(1000).optional(),
      }),
    ),
    reply: z.object({
      items: z.array(CountedIncident),
      cursor: z.string().nullable(),
    }),
  }),
  exportStatistics: defineDoor({
    method: "GET",
    path: "/api/statistics/export",
    summary: "The same as a table: CSV in UTF-8 with a mark, or XLSX",
    permission: "working",
    audited: true,
    query: checked(
      Period.extend({
        format: z.enum(["csv", "xlsx"]),
        language: z.enum(["zh", "en"]).default("zh"),
      }),
    ),
    reply: z.unknown(),
  }),
};
