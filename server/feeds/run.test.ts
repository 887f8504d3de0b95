import { gzipSync } from "node:zlib";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  vi,
} from "vitest";
import {
  asJson,
  feedRow,
  forever,
  json,
  opens,
  openTestFeeds,
  openTestStore,
  type TestFeeds,
  type TestStore,
} from "../../test/kit/feeds.ts";
import type { Feed } from "../../contract/feed.ts";
import { createManualClock } from "../lib/clock.ts";
import { InvalidFeed } from "./check.ts";
import { Unparseable } from "./format.ts";
import type { FeedsOptions } from "./run.ts";
import { RAW_LIMIT } from "./quarantine.ts";
import {
  FeedDisabled,
  OverQuota,
  TooLarge,
  UnknownFeed,
  UnsupportedMedia,
} from "./refusal.ts";
import { OverCap, StoreUnavailable } from "./sink.ts";

// Opens a store and starts a process for mappings: slow on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const NOON = Date.UTC(2026, 10, 20, 4);
const pm25 = (sensor: string, value: unknown = 35.2, at: unknown = NOON) => ({
  sensor,
  metric: "pm25",
  at,
  value,
});
type Item = ReturnType<typeof pm25>;
const columnsOf = (items: Item[]): unknown => ({
  columns: {
    sensor: items.map(({ sensor }) => sensor),
    metric: items.map(({ metric }) => metric),
    at: items.map(({ at }) => at),
    value: items.map(({ value }) => value),
  },
});

let shared: TestStore;
beforeAll(async () => void (shared = await openTestStore()), 60_000);
afterAll(() => shared.close());

let test: TestFeeds;
const open = async (rows: Feed[], options: Partial<FeedsOptions> = {}) =>
  (test = await openTestFeeds(shared.store, rows, options));
afterEach(() => test.close());

/** Every test has feeds of its own. */
let number = 0;
let AIR = "";
let WATER = "";
beforeEach(() => {
  number++;
  AIR = `air-${number}`;
  WATER = `water-${number}`;
});

const kept = async (feed: string) =>
  (await test.store.quarantine.get(feed)).filter((e) => e.replayed === null);
const healthOf = (id: string) => test.feeds.views().find((v) => v.id === id)!;

describe("a feed", () => {
  it("has its readings judged one by one, and a bad one sinks no other", async () => {
    const { feeds, town } = await open([feedRow({ id: AIR })]);
    const items = [
      pm25("AQ-1"),
      pm25("AQ-2", "NA"),
      pm25("AQ-3", 1, "08:00"),
      pm25("AQ-4"),
    ];
    const reply = await feeds.take(AIR, json(items), asJson);
    expect(reply).toMatchObject({ accepted: 2, missing: 1, rejected: 1 });
    expect(reply.rejections).toEqual([
      {
        index: 2,
        path: "/2/at",
        message: "expected ISO 8601 with an offset, or epoch milliseconds",
      },
    ]);
    expect([...town.kept.keys()]).toEqual([
      `${AIR}/AQ-1/pm25@${NOON}`,
      `${AIR}/AQ-4/pm25@${NOON}`,
    ]);
  });

  it("is told that a message sent twice counted once", async () => {
    const { feeds } = await open([feedRow({ id: AIR })]);
    await feeds.take(AIR, json([pm25("AQ-1")]), asJson);
    const again = await feeds.take(AIR, json([pm25("AQ-1")]), asJson);
    expect(again).toMatchObject({ accepted: 0, duplicates: 1 });
  });

  it("is refused while unknown, and while switched off", async () => {
    const { feeds } = await open([feedRow({ id: AIR, enabled: false })]);
    const take = (id: string) => feeds.take(id, json([]), asJson);
    await expect(take("noise")).rejects.toThrow(UnknownFeed);
    await expect(take(AIR)).rejects.toThrow(FeedDisabled);
  });

  it("is opened by its own key alone, also after a restart", async () => {
    const { feeds } = await open([feedRow({ id: AIR })]);
    const { key } = await feeds.put(feedRow({ id: WATER }));
    const reopened = await test.reopen();
    expect(opens(reopened, WATER, key!)).toBe(true);
    expect(opens(reopened, AIR, key!)).toBe(false);
    expect(opens(reopened, "gas", key!)).toBe(false);
    expect(opens(reopened, WATER, `${key!}x`)).toBe(false);
  });

  it("is opened by its key by the transport of its row, and no other", async () => {
    const { feeds } = await open([]);
    const { key } = await feeds.put(feedRow({ id: AIR }));
    const roads = () =>
      (["http", "mqtt"] as const).map((transport) =>
        opens(feeds, AIR, key!, { transport }),
      );
    expect(roads()).toEqual([true, false]);
    await feeds.put(feedRow({ id: AIR, transport: "mqtt" }));
    expect(roads()).toEqual([false, true]);
  });

  it("keeps its key when an admin changes its row", async () => {
    const { feeds } = await open([]);
    const { key } = await feeds.put(feedRow({ id: AIR }));
    const changed = await feeds.put(feedRow({ id: AIR, nameZh: "空气" }));
    expect(changed.key).toBeNull();
    expect(opens(feeds, AIR, key!)).toBe(true);
  });

  it("is not saved with a format, zone or mapping that cannot run", async () => {
    const { feeds } = await open([]);
    const put = (change: object) =>
      feeds.put(feedRow({ id: AIR, ...change })).then(
        () => [],
        (error: InvalidFeed) => error.problems.map(({ path }) => path),
      );
    expect(await put({ format: "nmea" })).toEqual(["/format"]);
    expect(await put({ timeZone: "Asia/Jianglan" })).toEqual(["/timeZone"]);
    expect(await put({ mapping: '$eval("1")' })).toEqual(["/mapping"]);
    expect(await put({ format: "csv" })).toEqual(["/mapping"]);
    expect(await put({ format: "csv", mapping: "$" })).toEqual(["/yields"]);
    expect(await put({ allow: ["10.0.0.0/8", "::::/8"] })).toEqual([
      "/allow/1",
    ]);
    expect(await put({ signed: true, transport: "mqtt" })).toEqual(["/signed"]);
    expect(feeds.all().map(({ id }) => id)).not.toContain(AIR);
  });

  it("keeps its counts over a restart", async () => {
    const { feeds } = await open([feedRow({ id: AIR })]);
    await feeds.take(AIR, json([pm25("A"), pm25("B", "NA"), {}]), asJson);
    await test.reopen();
    const health = healthOf(AIR);
    expect(health).toMatchObject({ accepted: 1, missing: 1, rejected: 1 });
    expect(health).toMatchObject({ quarantined: 1, freshness: "live" });
  });
});

describe("a payload", () => {
  const air = () => feedRow({ id: AIR });
  const bytes = (text: string) => Buffer.from(text);

  it("may be zipped", async () => {
    const { feeds } = await open([air()]);
    const body = gzipSync(json([pm25("AQ-1")]));
    const reply = feeds.take(AIR, body, { ...asJson, encoding: "gzip" });
    expect(await reply).toMatchObject({ accepted: 1 });
  });

  it("is refused when it is a bomb, before it is unpacked", async () => {
    const { feeds } = await open([air()]);
    const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024, " "));
    const reply = feeds.take(AIR, bomb, { ...asJson, encoding: "gzip" });
    await expect(reply).rejects.toThrow(TooLarge);
  });

  it("is refused in a packing or media type that is not read", async () => {
    const { feeds } = await open([air()]);
    const take = (mediaType: string, encoding: string | null = null) =>
      feeds.take(AIR, json([]), { mediaType, encoding });
    await expect(take("text/html")).rejects.toThrow(UnsupportedMedia);
    await expect(take("application/json", "br")).rejects.toThrow(
      UnsupportedMedia,
    );
  });

  it("that nobody can read is kept as it came, with where it breaks", async () => {
    const { feeds } = await open([air()]);
    const take = feeds.take(AIR, bytes('[{"value":NaN}]'), asJson);
    await expect(take).rejects.toThrow(Unparseable);
    expect(await kept(AIR)).toMatchObject([
      {
        path: "/0/value",
        message: "expected a value, found NaN at character 11",
        raw: '[{"value":NaN}]',
      },
    ]);
  });

  it("that is no text is kept byte for byte", async () => {
    const { feeds } = await open([air()]);
    const body = Buffer.from([0xff, 0x00, 0xfe]);
    await expect(feeds.take(AIR, body, asJson)).rejects.toThrow("UTF-8");
    const [entry] = await kept(AIR);
    expect(entry!.raw).toBe("data:application/octet-stream;base64,/wD+");
  });

  it("that is huge leaves its beginning in quarantine, and says so", async () => {
    const { feeds } = await open([air()]);
    await feeds.take(AIR, json([{ note: "x".repeat(200_000) }]), asJson);
    const [entry] = await kept(AIR);
    expect(entry!.raw).toHaveLength(RAW_LIMIT);
    expect(entry!.message).toContain("only the beginning");
    const replayed = await feeds.replayQuarantine(AIR);
    expect(replayed.rejections[0]!.message).toContain("send it anew");
  });

  it("is not acknowledged while the store cannot keep it", async () => {
    const { feeds, town } = await open([air()]);
    town.commit = () => Promise.reject(new StoreUnavailable("disk full"));
    const body = json([pm25("AQ-1")]);
    await expect(feeds.take(AIR, body, asJson)).rejects.toThrow("disk full");
    expect(await feeds.takeMany(AIR, [body])).toMatchObject([
      { message: "disk full" },
    ]);
    town.commit = () => Promise.resolve();
    expect(await feeds.takeMany(AIR, [body])).toEqual([null]);
    expect(town.kept.size).toBe(1);
  });
});

describe("a quota", () => {
  const air = () => feedRow({ id: AIR, quota: { perSecond: 10, burst: 20 } });
  const water = () => feedRow({ id: WATER });
  const many = (n: number) =>
    json(Array.from({ length: n }, (_, i) => pm25(`AQ-${i}`)));

  it("slows the feed that floods, and no other", async () => {
    const clock = createManualClock(NOON);
    const { feeds } = await open([air(), water()], { clock });
    await feeds.take(AIR, many(120), asJson);
    const refused = await feeds
      .take(AIR, many(1), asJson)
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(OverQuota);
    expect(refused).toMatchObject({ status: 429, retryAfter: 11 });
    expect(await feeds.take(WATER, many(50), asJson)).toMatchObject({
      accepted: 50,
    });
    clock.advance(10_100);
    expect(await feeds.take(AIR, many(1), asJson)).toMatchObject({
      duplicates: 1,
    });
  });

  it("holds for what is still under way", async () => {
    const { feeds, town } = await open([air(), water()]);
    let commit = () => {};
    const durable = new Promise<void>((done) => (commit = done));
    town.commit = () => durable;
    const first = feeds.take(AIR, many(120), asJson);
    await expect(feeds.take(AIR, many(1), asJson)).rejects.toThrow(OverQuota);
    const large = json([{ ...pm25("A"), note: "x".repeat(8_000_000) }]);
    const others = Array.from({ length: 5 }, () =>
      feeds.take(WATER, large, asJson).catch((error: unknown) => error),
    );
    const fifth = await others[4];
    expect(fifth).toMatchObject({ status: 429, retryAfter: 1 });
    commit();
    await Promise.all([first, ...others]);
  });

  it("charges large items by their size", async () => {
    const clock = createManualClock(NOON);
    const { feeds } = await open([air()], { clock });
    const large = json([{ ...pm25("A"), note: "x".repeat(100 * 1024) }]);
    expect(await feeds.take(AIR, large, asJson)).toMatchObject({ accepted: 1 });
    await expect(feeds.take(AIR, many(1), asJson)).rejects.toThrow(OverQuota);
    // 100 KiB cost as much as 100 items: 20 were there, 10 come a second.
    clock.advance(7_900);
    await expect(feeds.take(AIR, many(1), asJson)).rejects.toThrow(OverQuota);
    clock.advance(400);
    expect(await feeds.take(AIR, many(1), asJson)).toMatchObject({
      accepted: 1,
    });
  });

  it("charges what cannot be read by its size", async () => {
    const clock = createManualClock(NOON);
    const { feeds } = await open([air()], { clock });
    const junk = Buffer.alloc(100 * 1024, "[");
    await expect(feeds.take(AIR, junk, asJson)).rejects.toThrow(Unparseable);
    await expect(feeds.take(AIR, many(1), asJson)).rejects.toThrow(OverQuota);
  });
});

it("a stored feed that breaks a newer rule does not run, and keeps no other from running", async () => {
  const troubles: unknown[] = [];
  await test.store.feeds.put(feedRow({ id: "long", nameZh: "长".repeat(201) }));
  const { feeds } = await open([feedRow({ id: AIR })], {
    onError: (error) => troubles.push(error),
  });
  expect(feeds.all().map(({ id }) => id)).not.toContain("long");
  expect(feeds.all().map(({ id }) => id)).toContain(AIR);
  expect(String(troubles[0])).toMatch(/long cannot run: \/nameZh: Too big/);
});

describe("the quarantine", () => {
  const air = () => feedRow({ id: AIR });
  const bad = (n: number) => ({ ...pm25(`AQ-${n}`), at: "yesterday" });

  it("keeps what the city refused with the item as it was sent", async () => {
    const { feeds, town } = await open([air()]);
    town.refuse = (_feed, index) => (index === 1 ? "in the future" : null);
    const reply = await feeds.take(
      AIR,
      json([pm25("A"), pm25("B"), pm25("C")]),
      asJson,
    );
    expect(reply).toMatchObject({ accepted: 2, rejected: 1 });
    expect(await kept(AIR)).toMatchObject([
      { path: "/1/at", raw: JSON.stringify(pm25("B")) },
    ]);
  });

  it("keeps a message that is sent again once", async () => {
    const { feeds } = await open([air()]);
    const body = json([bad(1), bad(2)]);
    await feeds.take(AIR, body, asJson);
    const again = await feeds.take(AIR, body, asJson);
    expect(again.rejected).toBe(2);
    expect(await kept(AIR)).toHaveLength(2);
  });

  it("keeps a message that comes many times at once, alone or in a batch, once and counts it", async () => {
    const { feeds } = await open([air()]);
    const body = json([bad(1)]);
    const alone = Array.from({ length: 20 }, () =>
      feeds.take(AIR, body, asJson),
    );
    await Promise.all([...alone, feeds.takeMany(AIR, [body, body, body])]);
    await feeds.take(AIR, body, asJson);
    expect(await kept(AIR)).toMatchObject([{ times: 24 }]);
    expect(healthOf(AIR).quarantined).toBe(1);
  });

  it("acknowledges no repeat of what could not be kept", async () => {
    const { feeds } = await open([air()], { quarantineCap: 0 });
    const body = json([bad(1)]);
    const sent = Array.from({ length: 5 }, () => feeds.take(AIR, body, asJson));
    for (const answer of await Promise.allSettled(sent))
      expect(answer).toMatchObject({ reason: { status: 429 } });
    expect(healthOf(AIR).quarantined).toBe(0);
  });

  it("refuses to drop what it has no room for, and takes it when there is", async () => {
    const clock = createManualClock(NOON);
    const { feeds } = await open([air()], { clock, quarantineCap: 2 });
    await feeds.take(AIR, json([bad(1), bad(2)]), asJson);
    const third = () => feeds.take(AIR, json([bad(3)]), asJson);
    await expect(third()).rejects.toThrow(OverCap);
    // Good readings still pass, and MQTT leaves the bad one unacknowledged.
    await feeds.take(AIR, json([pm25("A")]), asJson);
    expect(await feeds.takeMany(AIR, [json(bad(3))])).toMatchObject([
      { status: 429 },
    ]);
    const mixed = [json(bad(3)), json(pm25("B")), json([pm25("C"), bad(4)])];
    expect(await feeds.takeMany(AIR, mixed)).toMatchObject([
      { status: 429 },
      null,
      { status: 429 },
    ]);
    expect(test.town.kept.size).toBe(3);
    await test.store.prune(NOON + 1000, { ...forever, quarantine: 0 });
    clock.advance(60_001);
    expect(await third()).toMatchObject({ rejected: 1 });
  });

  it("is emptied by a replay through a corrected mapping, doubling nothing", async () => {
    const { feeds, town } = await open([
      feedRow({
        id: AIR,
        mapping: '$.{"sensor":s,"metric":"pm25","at":t,"value":v}',
      }),
    ]);
    const rows = [1, 2, 3].map((v) => ({
      s: `AQ-${v}`,
      t: "2026/11/20 12:00",
      v,
    }));
    const first = await feeds.take(AIR, json(rows), asJson);
    expect(first).toMatchObject({ accepted: 0, rejected: 3 });
    await feeds.put(
      feedRow({
        id: AIR,
        mapping:
          '$.{"sensor":s,"metric":"pm25","at":$instant(t,"YYYY/MM/DD HH:mm"),"value":v}',
      }),
    );
    expect(await feeds.replayQuarantine(AIR)).toMatchObject({
      accepted: 3,
      rejected: 0,
    });
    expect([...town.kept.values()]).toEqual(expect.arrayContaining([1, 2, 3]));
    expect(await kept(AIR)).toEqual([]);
    expect(await feeds.replayQuarantine(AIR)).toMatchObject({ accepted: 0 });
    expect(healthOf(AIR).quarantined).toBe(0);
  });

  it("has what a replay takes among its counts, also after a restart, and is no fresher by it", async () => {
    const clock = createManualClock(NOON);
    const { feeds, town } = await open([air()], { clock });
    town.refuse = (_feed, index) => (index < 2 ? "in the future" : null);
    await feeds.take(AIR, json([pm25("A"), pm25("B"), pm25("C")]), asJson);
    town.refuse = () => null;
    expect(healthOf(AIR)).toMatchObject({ accepted: 1, rejected: 2 });
    await feeds.take(AIR, json([pm25("A")]), asJson);
    clock.advance(5 * 60_000);
    const heard = healthOf(AIR);
    expect(await feeds.replayQuarantine(AIR)).toMatchObject({
      accepted: 1,
      duplicates: 1,
    });
    expect(healthOf(AIR)).toEqual({
      ...heard,
      accepted: 3,
      duplicates: 1,
      quarantined: 0,
    });
    await test.reopen();
    expect(healthOf(AIR)).toMatchObject({
      accepted: 3,
      duplicates: 1,
      rejected: 2,
      lastAt: heard.lastAt,
    });
  });

  it("lets one of several replays of a message win, and counts it once", async () => {
    const { feeds, town } = await open([air()]);
    town.refuse = () => "in the future";
    await feeds.take(AIR, json([pm25("A"), pm25("B")]), asJson);
    town.refuse = () => null;
    const [one, other] = (await kept(AIR)).map(({ id }) => id);
    const asked = await Promise.allSettled([
      feeds.replayQuarantine(AIR, [one!]),
      feeds.replayQuarantine(AIR, [one!]),
      feeds.replayQuarantine(AIR, [other!, one!]),
      feeds.replayQuarantine(AIR),
      feeds.replayQuarantine(AIR, [other!]),
    ]);
    const lost = { reason: { status: 409 } };
    expect(asked).toMatchObject([
      { value: { accepted: 1 } },
      ...[lost, lost, lost],
      { value: { accepted: 1 } },
    ]);
    expect(healthOf(AIR).quarantined).toBe(0);
    await expect(feeds.replayQuarantine(AIR, [one!])).rejects.toThrow(
      /replayed already/,
    );
  });

  it("replays only what it is asked for, and keeps what is still bad", async () => {
    const { feeds } = await open([air()]);
    await feeds.take(AIR, json([bad(1), bad(2)]), asJson);
    const [entry] = await kept(AIR);
    const reply = await feeds.replayQuarantine(AIR, [entry!.id]);
    expect(reply).toMatchObject({ accepted: 0, rejected: 1 });
    expect(reply.rejections).toMatchObject([{ index: 0, path: "/0/at" }]);
    expect(await kept(AIR)).toHaveLength(2);
  });
});

describe("a mapped payload", () => {
  const mapped = (mapping: string) =>
    feedRow({ id: AIR, format: "csv", yields: "readings/1", mapping });
  const asCsv = { mediaType: "text/csv", encoding: null };
  const table = (...rows: string[]) =>
    Buffer.from(["s,t,v", ...rows].join("\n"));
  const MAPPING =
    '$.{"sensor":$uppercase(s),"metric":"m","at":$instant(t,"YYYY/M/D H:mm"),"value":$number(v)}';

  it("has every row judged alone, and a refused one kept as it was sent", async () => {
    const { feeds } = await open([mapped(MAPPING)]);
    const body = table(
      "a,2026/1/2 3:04,1",
      "b,soon,2",
      "c,2026/1/2",
      "d,2026/1/2 3:04,NA",
    );
    const reply = await feeds.take(AIR, body, asCsv);
    expect(reply).toMatchObject({ accepted: 1, missing: 1, rejected: 2 });
    expect(reply.rejections).toMatchObject([
      { index: 2, path: "/2", message: "line 4: expected 3 columns, found 2" },
      { index: 1, path: "/1/at" },
    ]);
    expect((await kept(AIR)).map(({ raw }) => raw).sort()).toEqual([
      "s,t,v\nb,soon,2\n",
      "s,t,v\nc,2026/1/2\n",
    ]);
  });

  it("cannot bring in what no store can hold", async () => {
    const { feeds } = await open([
      mapped(`$.{"sensor":"a\\u0000","metric":"m","at":1000,"value":1}`),
    ]);
    const reply = await feeds.take(AIR, table("a,b,1"), asCsv);
    expect(reply.rejections).toMatchObject([
      { path: "/0/sensor", message: "the text holds a NUL character" },
    ]);
  });

  it("that looks at all rows is refused, kept and replayed as a whole", async () => {
    const { feeds, town } = await open([
      mapped(`[{"sensor":"n","metric":"m","at":"soon","value":$count($)}]`),
    ]);
    const body = table("a,b,1", "a,b,2");
    const reply = await feeds.take(AIR, body, asCsv);
    expect(reply).toMatchObject({ accepted: 0, rejected: 1 });
    expect((await kept(AIR)).map(({ raw }) => raw)).toEqual([
      `${body.toString()}`,
    ]);
    await feeds.put(
      mapped(`[{"sensor":"n","metric":"m","at":1000,"value":$count($)}]`),
    );
    expect(await feeds.replayQuarantine(AIR)).toMatchObject({ accepted: 1 });
    expect([...town.kept.values()]).toEqual([2]);
  });

  it("can be tried on a sample, storing nothing", async () => {
    const { feeds, town } = await open([]);
    const sample = table("a,2026/1/2 3:04,1", "b,soon,2").toString();
    const trial = await feeds.try(mapped(MAPPING), sample);
    expect(trial.items).toHaveLength(2);
    expect(trial.rejections).toMatchObject([{ index: 1, path: "/1/at" }]);
    const broken = await feeds.try(mapped(MAPPING), 'a,"b\nc');
    expect(broken.rejections).toHaveLength(1);
    await expect(feeds.try(mapped("$eval(1)"), sample)).rejects.toThrow(
      InvalidFeed,
    );
    expect(town.kept.size).toBe(0);
    expect(await kept(AIR)).toEqual([]);
  });
});

describe("messages taken together", () => {
  it("become one batch, each with its own fate", async () => {
    const { feeds, town } = await open([feedRow({ id: AIR })]);
    const fates = await feeds.takeMany(AIR, [
      json(pm25("A")),
      Buffer.from("{"),
      json([pm25("B"), { ...pm25("C"), value: "high" }]),
      json({
        columns: { sensor: ["D"], metric: ["pm25"], at: [NOON], value: [1] },
      }),
      json(pm25("E")),
    ]);
    expect(fates).toEqual([null, null, null, null, null]);
    expect(town.kept.size).toBe(4);
    expect(town.calls).toEqual([1, 3]);
    expect(await kept(AIR)).toMatchObject([
      { path: "", raw: "{" },
      { path: "/1/value" },
    ]);
  });
});

describe("a very large payload", () => {
  it("of nothing is refused before anything in it is judged", async () => {
    const { feeds } = await open([feedRow({ id: AIR })]);
    const zeros = Buffer.from(`[${"0,".repeat(4_000_000)}0]`);
    await expect(feeds.take(AIR, zeros, asJson)).rejects.toThrow("250000");
    expect(await kept(AIR)).toHaveLength(1);
  });

  it("that is mostly wrong is kept once, and MQTT is told that it is settled", async () => {
    const { feeds, town } = await open([feedRow({ id: AIR })]);
    const wrong = json([pm25("AQ-1"), ...Array<number>(6_000).fill(0)]);
    await expect(feeds.take(AIR, wrong, asJson)).rejects.toThrow(
      "more than 5000 items are refused",
    );
    expect(await kept(AIR)).toHaveLength(1);
    const fates = await feeds.takeMany(AIR, [json(pm25("AQ-2")), wrong]);
    expect(fates).toEqual([null, null]);
    expect(town.kept.size).toBe(2);
    expect(await kept(AIR)).toHaveLength(1);
    // It stays as it is until somebody corrects it.
    const replayed = await feeds.replayQuarantine(AIR);
    expect(replayed).toMatchObject({ rejected: 1, rejections: [{ index: 0 }] });
  });

  it("that is wrong from its first row on is not judged to its end, and others have their turns meanwhile", async () => {
    const { feeds, town } = await open([feedRow({ id: AIR })]);
    let turns = 0;
    let answered = false;
    const count = () => {
      turns++;
      if (!answered) setImmediate(count);
    };
    setImmediate(count);
    const rows = Array<Item>(6_000).fill(pm25("AQ-1", "high"));
    const payload = json(columnsOf([...rows, pm25("AQ-1")]));
    const taken = feeds.take(AIR, payload, asJson);
    await expect(taken).rejects.toThrow("more than 5000 items are refused");
    answered = true;
    expect(turns).toBeGreaterThanOrEqual(10);
    expect(town.calls).toEqual([]);
  });

  it.each([
    ["items", (items: Item[]): unknown => items],
    ["columns", columnsOf],
  ])(
    "of %s is delivered in slices, and its refusals keep their places",
    async (_form, form) => {
      const { feeds, town } = await open([feedRow({ id: AIR })]);
      town.refuse = (_feed, index) => (index === 4_999 ? "is odd" : null);
      const items = Array.from({ length: 12_000 }, (_, i) =>
        pm25(`AQ-${i}`, i === 7_000 ? "high" : i),
      );
      const reply = await feeds.take(AIR, json(form(items)), asJson);
      expect(town.calls).toEqual([5_000, 4_999, 2_000]);
      expect(reply.rejections.map(({ path }) => path)).toEqual([
        "/4999/at",
        "/7000/value",
        "/9999/at",
      ]);
      expect((await kept(AIR)).map(({ raw }) => raw)).toContain(
        JSON.stringify(items[7_000]),
      );
    },
  );
});
