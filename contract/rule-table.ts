import { z } from "zod";
import { CalendarDay, WorkingHours } from "./calendar.ts";
import { defineDoor } from "./door.ts";
import { LimitRow } from "./limit.ts";
import { FieldSentence } from "./sentence.ts";
import { text } from "./text.ts";
import { Instant } from "./time.ts";

/** A table of rules that the city keeps here: the limits of its steps, and the dates of its working calendar. */
export const RuleTable = z.enum(["limits", "calendar"]);
export type RuleTable = z.infer<typeof RuleTable>;

/** A table as it was taken once. */
export const Edition = z.object({
  /** Grows by one; 0 is what the city pack says. */
  no: z.number().int().min(0),
  /** Null of the pack's. */
  at: Instant.nullable(),
  /** Login; empty of the pack's. */
  who: z.string(),
  rows: z.number().int(),
});
export type Edition = z.infer<typeof Edition>;

/** What a table is to hold: a file's text, or an edition that held before. */
export const Given = z.union([
  z.strictObject({ csv: text(1_000_000) }),
  z.strictObject({ no: Edition.shape.no }),
]);
export type Given = z.infer<typeof Given>;

/** The edition that holds first, then the newest of those before it. */
const editions = z.array(Edition);

const changeOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ before: row.nullable(), after: row.nullable() });

/** What taking a table would change; nothing is changed by asking. */
export const RulesPreview = z.object({
  /** Everything that is wrong with it, by line; then nothing else is told. */
  flaws: z.array(FieldSentence),
  limits: z.array(changeOf(LimitRow)),
  days: z.array(changeOf(CalendarDay)),
  /** Rows that stay as they are. */
  same: z.number().int(),
  /** Clocks of open incidents: those that run, whose deadline moves, and which are overdue by that alone. */
  clocks: z.object({
    running: z.number().int(),
    moved: z.number().int(),
    overdue: z.number().int(),
  }),
});
export type RulesPreview = z.infer<typeof RulesPreview>;

export const ruleDoors = {
  getRules: defineDoor({
    method: "GET",
    path: "/api/rules",
    summary: "The limits of steps and the working calendar, with who took them",
    permission: "configureRules",
    reply: z.object({
      limits: z.object({ rows: z.array(LimitRow), editions }),
      calendar: z.object({
        /** Of the city pack. */
        hours: WorkingHours,
        days: z.array(CalendarDay),
        editions,
      }),
    }),
  }),
  previewRules: defineDoor({
    method: "POST",
    path: "/api/rules/{table}/preview",
    summary: "What a table of rules would change, and what is wrong with it",
    permission: "configureRules",
    audited: false,
    body: z.object({ given: Given }),
    reply: RulesPreview,
  }),
  putRules: defineDoor({
    method: "PUT",
    path: "/api/rules/{table}",
    summary: "Take a table of rules, or one that held before",
    permission: "configureRules",
    body: z.object({
      given: Given,
      /** The edition that the table holds now. */
      edition: Edition.shape.no,
    }),
    reply: Edition,
  }),
};
