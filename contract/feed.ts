import { z } from "zod";
import type { Whose } from "./data-scope.ts";
import { defineDoor } from "./door.ts";
import { Freshness } from "./level.ts";
import { defineTopic } from "./live.ts";
import { Crs } from "./place.ts";
import { Network } from "./network.ts";
import { Duration, Instant } from "./time.ts";
import { text } from "./text.ts";

/** Formats whose items are our own nouns; a mapping's output is always judged by one of them. */
export const OwnFormat = z.enum([
  "readings/1",
  "sensors/1",
  "indicators/1",
  "incidents/1",
  "incidents/2",
  "positions/1",
  "cameras/1",
]);
export type OwnFormat = z.infer<typeof OwnFormat>;

/** Items a second that no honest sensor feed of a city reaches, and little for a hub. */
const QUOTA = { perSecond: 1_000, burst: 5_000 };

/** A feed is a row of data, never code (decisions B1). What has a safe default may be left out. */
export const Feed = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  /** The department's system: feeds of one system speak of the same sensors. */
  system: text(64)
    .min(1)
    .regex(/^[^/]*$/, "may hold no slash: ids are `system/sensor`"),
  nameZh: text(200),
  nameEn: text(200).default(""),
  department: text(40),
  transport: z.enum(["http", "mqtt"]).default("http"),
  /** An own format, `cap/1.2` (1.1 too) or `csv`. */
  format: text(40),
  /** JSONata: sees the parsed payload (CSV: array of row objects), gives an array of own items. */
  mapping: text(20_000).nullable().default(null),
  /** The own format that the mapping's items are judged by; needed where `format` is not an own one. */
  yields: OwnFormat.nullable().default(null),
  /** Declared, never guessed: GCJ-02 drawn as WGS-84 is off by half a kilometre. */
  crs: Crs,
  /** Of times that are told without a zone. */
  timeZone: text(64).default("Asia/Shanghai"),
  /** `source`: freshness, windows and retention follow the feed's own watermark (replay, drills). */
  clock: z.enum(["wall", "source"]).default("wall"),
  /** Incidents enter without clocks, urging or sound. */
  historic: z.boolean().default(false),
  /** Late after 1.5, stale after 3 and lost after 10 of these. */
  expectEvery: Duration.default(60_000),
  /** Items a second, sustained and burst. */
  quota: z
    .object({
      perSecond: z.number().positive(),
      burst: z.number().positive(),
    })
    .default(QUOTA),
  enabled: z.boolean().default(true),
  /** Networks that may send, as CIDR; empty = every one. */
  allow: z.array(Network).max(100).default([]),
  /** Every message carries an HMAC signature (docs/operate.md); HTTP only. */
  signed: z.boolean().default(false),
});
export type Feed = z.infer<typeof Feed>;

/** Whose a feed is: its department's, and of no district. */
export const whoseFeed = ({ department }: Pick<Feed, "department">): Whose => ({
  departments: [department],
  district: null,
});

/** Reply of the ingest door, given only when the data is durable (R1). */
export const IngestReply = z.object({
  accepted: z.number().int(),
  duplicates: z.number().int(),
  missing: z.number().int(),
  rejected: z.number().int(),
  rejections: z.array(
    z.object({
      index: z.number().int(),
      path: z.string(),
      message: z.string(),
    }),
  ),
});
export type IngestReply = z.infer<typeof IngestReply>;

/** Health of a feed (F7). `id` is the feed's. */
export const FeedHealth = z.object({
  id: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  department: z.string(),
  system: z.string(),
  transport: z.string(),
  enabled: z.boolean(),
  freshness: Freshness,
  /** Null: never heard since it was made. */
  lastAt: Instant.nullable(),
  /** Since when the freshness holds. */
  since: Instant.nullable(),
  /** Items a second over the last minute. */
  rate: z.number(),
  accepted: z.number(),
  duplicates: z.number(),
  missing: z.number(),
  rejected: z.number(),
  /** The last trouble in one sentence. */
  error: z.string().nullable(),
  quarantined: z.number(),
  /** The feed's own time where its clock is `source`; the wall then shows the 演练 banner. */
  sourceTime: Instant.nullable(),
});
export type FeedHealth = z.infer<typeof FeedHealth>;

export const feedsTopic = defineTopic({
  name: "feeds",
  params: z.object({}),
  item: FeedHealth,
  hot: true,
});

/** A message that was refused, kept with its reason (F6). */
export const Quarantined = z.object({
  id: z.string(),
  feed: z.string(),
  at: Instant,
  /** JSON-pointer-like path into the payload, `` for the whole. */
  path: z.string(),
  message: z.string(),
  raw: z.string(),
  /** How often it was sent. */
  times: z.number().int(),
  replayed: Instant.nullable(),
});
export type Quarantined = z.infer<typeof Quarantined>;

export const feedDoors = {
  listFeeds: defineDoor({
    method: "GET",
    path: "/api/feeds",
    summary: "Feeds with their health",
    permission: "watch",
    reply: z.object({ items: z.array(Feed.extend({ health: FeedHealth })) }),
  }),
  putFeed: defineDoor({
    method: "PUT",
    path: "/api/feeds/{id}",
    summary: "Add a feed or change it; a new feed's key is told once",
    permission: "configureFeeds",
    body: Feed,
    reply: z.object({ feed: Feed, key: z.string().nullable() }),
  }),
  listQuarantine: defineDoor({
    method: "GET",
    path: "/api/feeds/{id}/quarantine",
    summary: "Refused messages of a feed, newest first",
    permission: "runFeeds",
    query: z.object({
      limit: z.coerce.number().int().min(1).max(500).default(50),
      cursor: text(1000).optional(),
    }),
    reply: z.object({
      items: z.array(Quarantined),
      cursor: z.string().nullable(),
    }),
  }),
  replayQuarantine: defineDoor({
    method: "POST",
    path: "/api/feeds/{id}/quarantine/replay",
    summary: "Send refused messages through the feed's present mapping again",
    permission: "configureFeeds",
    body: z.object({ ids: z.array(text(64)).max(1000).optional() }),
    reply: IngestReply,
  }),
  tryMapping: defineDoor({
    method: "POST",
    path: "/api/feeds/try",
    summary: "Run a mapping over a pasted sample, storing nothing",
    permission: "configureFeeds",
    audited: false,
    body: z.object({ feed: Feed, sample: z.string().max(1_000_000) }),
    reply: z.object({
      items: z.array(z.unknown()),
      rejections: IngestReply.shape.rejections,
    }),
  }),
};
