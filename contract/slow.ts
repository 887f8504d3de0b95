import { z } from "zod";
import { defineDoor } from "./door.ts";
import { IncidentStatus } from "./incident-status.ts";
import { LimitStage } from "./limit.ts";
import { text } from "./text.ts";
import { Instant } from "./time.ts";

/** An open incident that makes slow progress (进展缓慢): past its deadline, or supervised without an answer. */
export const SlowIncident = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  category: z.string().nullable(),
  district: z.string().nullable(),
  status: IncidentStatus,
  /** Who has it, the lead of several; empty = the centre. */
  department: z.string(),
  /** Whose clock presses; null = none runs. */
  stage: LimitStage.nullable(),
  /** Null while it is paused. */
  dueAt: Instant.nullable(),
  /** ms past its deadline; 0 = supervised alone. */
  lateBy: z.number().int(),
  /** Level; 0 = not supervised. */
  supervised: z.number().int(),
});
export type SlowIncident = z.infer<typeof SlowIncident>;

const Which = z.object({
  district: text(40).optional().describe("empty = in none"),
  department: text(40).optional().describe("who has it"),
  source: text(64).optional(),
  category: text(64).optional(),
});

export const slowDoors = {
  listSlow: defineDoor({
    method: "GET",
    path: "/api/statistics/slow",
    summary:
      "Open incidents past their deadline or supervised, by department, the latest first",
    permission: "working",
    query: Which.extend({
      limit: z.coerce.number().int().min(1).max(1000).default(200),
    }),
    reply: z.object({
      at: Instant,
      /** Of all, however many are told. */
      total: z.number().int(),
      items: z.array(SlowIncident),
    }),
  }),
  exportSlow: defineDoor({
    method: "GET",
    path: "/api/statistics/slow/export",
    summary: "All of them as a table: CSV in UTF-8 with a mark, or XLSX",
    permission: "working",
    audited: true,
    query: Which.extend({
      format: z.enum(["csv", "xlsx"]),
      language: z.enum(["zh", "en"]).default("zh"),
    }),
    reply: z.unknown(),
  }),
};
