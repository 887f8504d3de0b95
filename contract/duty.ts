import { z } from "zod";
import { defineDoor } from "./door.ts";
import { defineTopic } from "./live.ts";
import { Sentence } from "./sentence.ts";
import { SENTENCES } from "./sentences.ts";
import { Instant } from "./time.ts";
import { said, text } from "./text.ts";

/** Of the watch, in the order in which they are told (domain.md §3). */
export const DutyRole = z.enum([
  /** 带班领导: answers for the day; called, rarely in the hall. */
  "dutyLeader",
  "shiftLeader",
  "dutyOfficer",
  "seat",
]);
export type DutyRole = z.infer<typeof DutyRole>;

const DATE = SENTENCES.dateShape;
const TIME = "a time is written HH:MM";
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, TIME);

/** A shift of every day, in the city's time; one that ends no later than it begins ends on the next day. */
export const Shift = z.object({
  id: text(40).min(1),
  nameZh: text(80).min(1),
  nameEn: text(120),
  from: TimeOfDay,
  to: TimeOfDay,
  /** Who must be on it. */
  needs: z.array(DutyRole),
});
export type Shift = z.infer<typeof Shift>;

/** One shift of one day: the date on which it begins. */
export const ShiftKey = z.object({
  date: z.iso.date(DATE),
  shift: text(40).min(1),
});
export type ShiftKey = z.infer<typeof ShiftKey>;

/** A shift with its instants: from is in it, to is not. */
export const ShiftSpan = ShiftKey.extend({ from: Instant, to: Instant });
export type ShiftSpan = z.infer<typeof ShiftSpan>;

/** Somebody on a shift (排班). */
export const RosterRow = ShiftKey.extend({
  role: DutyRole,
  /** Their account; empty where they have none. */
  login: text(64),
  name: text(80).min(1),
  phone: text(40),
});
export type RosterRow = z.infer<typeof RosterRow>;

/** Somebody on a shift, as the city is told. */
export const OnShift = z.object({
  role: DutyRole,
  name: z.string(),
  /** Masked for all but those who keep the duty. */
  phone: z.string(),
});
export type OnShift = z.infer<typeof OnShift>;
export const Crew = ShiftSpan.extend({
  nameZh: z.string(),
  nameEn: z.string(),
  people: z.array(OnShift),
});
export type Crew = z.infer<typeof Crew>;

/** Who keeps the watch: they are on until the next have received it, whatever the clock says. */
export const DutyNow = z.object({
  /** `now` of the city's centre; of a district's, its department. */
  id: z.string(),
  /** Null where the city has no shift at this hour. */
  on: Crew.nullable(),
  next: Crew.nullable(),
  /** The shift is over by the clock, and nobody has received it. */
  isOverdue: z.boolean(),
  /** A hand-over that waits to be received. */
  waiting: z
    .object({ id: z.string(), byName: z.string(), at: Instant })
    .nullable(),
  /** Id of the log's newest entry: another one means that somebody wrote. */
  entry: z.string().nullable(),
});
export type DutyNow = z.infer<typeof DutyNow>;

export const EntryKind = z.enum([
  "call",
  "order",
  "incident",
  "weather",
  "handover",
  "note",
  /** Written by the hub when somebody changes the roster. */
  "roster",
]);
export type EntryKind = z.infer<typeof EntryKind>;

/** Kinds that an officer writes. */
export const WrittenKind = EntryKind.exclude(["roster"]);
export type WrittenKind = z.infer<typeof WrittenKind>;

/** What an officer writes down; nobody changes it after (值班日志). */
export const NewEntry = z.object({
  kind: WrittenKind,
  text: said(2000),
  /** Number of an incident. */
  incident: text(40).nullable().default(null),
  place: text(200).default(""),
  /** Id of the entry that this one corrects; both stay. */
  corrects: z.string().nullable().default(null),
});
export type NewEntry = z.infer<typeof NewEntry>;

export const DutyEntry = NewEntry.extend({
  kind: EntryKind,
  /** UUIDv7. */
  id: z.string(),
  at: Instant,
  by: z.string(),
  byName: z.string(),
  /** The shift that was on; null where none was. */
  of: ShiftKey.nullable(),
  incident: z.object({ id: z.string(), number: z.string() }).nullable(),
  /** Id of the newest entry that corrects it. */
  correctedBy: z.string().nullable(),
});
export type DutyEntry = z.infer<typeof DutyEntry>;

const Count = z.number().int();
/** How much of one kind came in a shift, by code; of priority `p1` … `p4` or `none`. */
const Tally = z.record(z.string(), Count);

/** A matter that the next shift takes over. */
export const OpenMatter = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  priority: z.number().int().nullable(),
  status: z.string(),
  district: z.string().nullable(),
  dueAt: Instant.nullable(),
});
export type OpenMatter = z.infer<typeof OpenMatter>;

/** What a shift was, counted by the hub from what is stored; nobody types a number. */
export const ShiftSummary = z.object({
  span: ShiftSpan,
  /** When it was counted: a shift that goes on is counted up to then. */
  at: Instant,
  reported: Count,
  registered: Count,
  closed: Count,
  /** Of those that are open: their time ran out in this shift. */
  overdue: Count,
  /** Of those reported. */
  bySource: Tally,
  byPriority: Tally,
  byDistrict: Tally,
  open: Count,
  /** Of those that are open: late at that moment. Of what was signed before it was counted it is not known. */
  late: Count.optional(),
  /** The first of those that are late and the first that run out next, by their deadlines. */
  matters: z.array(OpenMatter),
  entries: z.object({ total: Count, byKind: Tally }),
  /** Warnings in force, and indicators at a level, at that moment. */
  alarms: z.object({ warnings: Count, red: Count, orange: Count }),
});
export type ShiftSummary = z.infer<typeof ShiftSummary>;

/** A shift given from one hand to the next, with receipt (交接班). */
export const HandOver = ShiftKey.extend({
  id: z.string(),
  next: ShiftKey,
  by: z.string(),
  byName: z.string(),
  at: Instant,
  /** Login of the one it is meant for; null = whoever is on the next shift. */
  to: z.string().nullable(),
  comment: z.string(),
  summary: ShiftSummary,
  receivedAt: Instant.nullable(),
  receivedBy: z.string().nullable(),
  receivedByName: z.string().nullable(),
  remarks: z.string(),
});
export type HandOver = z.infer<typeof HandOver>;

/** A centre that keeps a duty of its own: the city's, or a district's. */
export const DutyCentre = z.object({
  /** The department that is the centre; null = the city's own. */
  code: z.string().nullable(),
  /** May whoever asks write there? Others read. */
  isOwn: z.boolean(),
});
export type DutyCentre = z.infer<typeof DutyCentre>;

/** Who is on duty now: item `now` of the city's centre, and one by department of each district's. */
export const dutyTopic = defineTopic({
  name: "duty",
  params: z.object({}),
  item: DutyNow,
});

const Paged = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: text(1000).optional(),
});
/** Of which centre. */
const OfCentre = z.object({
  centre: text(40)
    .min(1)
    .optional()
    .describe(
      "department of a district's centre; without it one's own, else the city's",
    ),
});
const paged = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), cursor: z.string().nullable() });

export const dutyDoors = {
  getDuty: defineDoor({
    method: "GET",
    path: "/api/duty",
    summary: "Who is on duty now, and next",
    permission: "watch",
    query: OfCentre,
    reply: DutyNow,
  }),
  listDutyCentres: defineDoor({
    method: "GET",
    path: "/api/duty/centres",
    summary: "Centres whose duty is one's own to read, one's own first",
    permission: "keepDuty",
    reply: z.object({ items: z.array(DutyCentre) }),
  }),
  listRoster: defineDoor({
    method: "GET",
    path: "/api/duty/roster",
    summary: "The shifts, and who is on them from one date to another",
    permission: "keepDuty",
    query: OfCentre.extend({ from: z.iso.date(DATE), to: z.iso.date(DATE) }),
    reply: z.object({
      /** Counts the changes of the roster. */
      rev: z.number().int(),
      shifts: z.array(Shift),
      rows: z.array(RosterRow),
      /** Shifts of these days that lack somebody. */
      gaps: z.array(ShiftKey.extend({ role: DutyRole })),
      /** Where the shifts themselves leave hours open or meet. */
      flaws: z.array(Sentence),
    }),
  }),
  /** Days that are over stay as they were. */
  putRoster: defineDoor({
    method: "PUT",
    path: "/api/duty/roster",
    summary: "Put a roster in the place of what stood on its days",
    permission: "keepDuty",
    query: OfCentre,
    body: z.object({
      rev: z.number().int(),
      csv: text(1_000_000).describe(
        "columns date, shift, role, login, name, phone",
      ),
    }),
    reply: z.object({
      rev: z.number().int(),
      /** How many days it set, and how many it named that are over. */
      days: z.number().int(),
      over: z.number().int(),
    }),
  }),
  /** What changed is written into the duty log. Undone by putting back what stood there. */
  setRosterCells: defineDoor({
    method: "POST",
    path: "/api/duty/roster/cells",
    summary: "Say who is on some shifts; the others stay as they are",
    permission: "keepDuty",
    query: OfCentre,
    body: z.object({
      rev: z.number().int(),
      cells: z
        .array(
          ShiftKey.extend({
            people: z
              .array(
                RosterRow.pick({ role: true }).extend({
                  login: text(64).default(""),
                  name: text(80).trim().min(1, SENTENCES.nameMissing),
                  phone: text(40).default(""),
                }),
              )
              .max(50),
          }),
        )
        .min(1)
        .max(20),
    }),
    reply: z.object({ rev: z.number().int() }),
  }),
  listDutyLog: defineDoor({
    method: "GET",
    path: "/api/duty/log",
    summary: "The duty log, newest first, a page at a time",
    permission: "keepDuty",
    query: Paged.extend({ ...OfCentre.shape, ...ShiftKey.partial().shape }),
    reply: paged(DutyEntry),
  }),
  addDutyEntry: defineDoor({
    method: "POST",
    path: "/api/duty/log",
    summary: "Write something into the duty log",
    permission: "keepDuty",
    query: OfCentre,
    body: NewEntry,
    reply: DutyEntry,
  }),
  shiftSummary: defineDoor({
    method: "GET",
    path: "/api/duty/summary",
    summary: "What a shift was; without one named, the shift that is on",
    permission: "keepDuty",
    query: OfCentre.extend(ShiftKey.partial().shape),
    reply: ShiftSummary,
  }),
  listHandOvers: defineDoor({
    method: "GET",
    path: "/api/duty/hand-overs",
    summary: "Hand-overs, newest first, a page at a time",
    permission: "keepDuty",
    query: Paged.extend(OfCentre.shape),
    reply: paged(HandOver),
  }),
  handOver: defineDoor({
    method: "POST",
    path: "/api/duty/hand-overs",
    summary: "Hand the shift that is on to the next",
    permission: "keepDuty",
    query: OfCentre,
    body: ShiftKey.extend({
      to: text(64).min(1).nullable().default(null),
      comment: text(4000).default(""),
    }),
    reply: HandOver,
  }),
  receiveHandOver: defineDoor({
    method: "POST",
    path: "/api/duty/hand-overs/{id}/receive",
    summary: "Receive a shift: from now on the next is on",
    permission: "keepDuty",
    query: OfCentre,
    body: z.object({ remarks: text(4000).default("") }),
    reply: HandOver,
  }),
};
