/** Stores that an older version of the program wrote, opened by this one. */
import Database from "better-sqlite3";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrations, saidTo } from "../../server/store/migrations/index.ts";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import { COUNTED_PARTS, countOf } from "../../contract/counted.ts";
import { openStore } from "../../server/store/open.ts";
import { definition } from "../../server/store/postgres-sql.ts";
import {
  CITY_ZONE,
  feedKey,
  incident,
  standingAt,
  standingOf,
  warning,
} from "./city.ts";
import type { WarningView } from "../../contract/warning.ts";
import type { Engine, Room } from "./engines.ts";

export function upgradesOver(engine: Engine): void {
  describe(`a store of an older version on ${engine.name}`, () => {
    let room: Room;
    beforeAll(async () => {
      room = await engine.start();
    }, 120_000);
    afterAll(() => room.stop(), 60_000);

    async function upgraded(version: number, rows: string[]) {
      const url = await room.empty();
      await writeStore(url, version, rows);
      return openStore({ url, timeZone: CITY_ZONE });
    }

    it("gives every warning to the feed that brought it, look-alikes too", async () => {
      const put = (id: string, feed: string) => {
        const body = JSON.stringify(warning("rain", { id, feed }));
        return `INSERT INTO warnings VALUES ('${id}', '${feed}', 0, NULL, 0, 'Alert', '${body}')`;
      };
      const store = await upgraded(1, [
        put("s,rain,0", "weather"),
        put("weather/s,rain,0", "water"),
      ]);
      const ids = ["weather/s,rain,0", "water/weather/s,rain,0"];
      const found = await standingAt(store, 0);
      expect(found.map(({ id, feed }) => [id, feed]).sort()).toEqual([
        [ids[1], "water"],
        [ids[0], "weather"],
      ]);
      expect(await store.warnings.standing(ids)).toHaveLength(2);
      await store.close();
    });

    it("knows how every warning stands that an older version kept", async () => {
      const kept = [
        warning("rain", { id: "w/rain", headline: '"ours":false' }),
        warning("far", { id: "w/far", ours: false }),
        warning("late", { id: "w/late", orphan: true }),
        warning("drill", { id: "w/drill", status: "Exercise", drill: true }),
        warning("gone", { id: "w/gone", supersededBy: "w/cancel" }),
      ];
      const put = (of: WarningView) =>
        `INSERT INTO warnings VALUES ('${of.id}', 'w', ${of.sent}, NULL, ${Number(of.supersededBy !== null)}, 'Alert', '${JSON.stringify(of)}')`;
      const store = await upgraded(4, kept.map(put));
      const [rain, , late, drill] = kept;
      expect(await standingAt(store, 0)).toEqual([drill, late, rain]);
      const standing = await store.warnings.standing(kept.map(({ id }) => id));
      expect(new Set(standing)).toEqual(
        // Which message ended one is asked no more.
        new Set(kept.map((of) => standingOf({ ...of, supersededBy: null }))),
      );
      await store.close();
    });

    it("keeps the key that each feed had", async () => {
      const put = (id: string, hash: string) =>
        `INSERT INTO feeds VALUES ('${id}', 0, ${hash}, 7, 0, 0, 0, 5, '{"id":"${id}"}')`;
      const hash = "ab".repeat(32);
      const store = await upgraded(5, [
        ...[put("air", `'${hash}'`), put("gas", `'${hash}'`)],
        put("water", "NULL"),
      ]);
      const of = (feed: string) =>
        feedKey(feed, feed, { hash, createdAt: null, createdBy: "" });
      expect(await store.feedKeys.all()).toEqual([of("air"), of("gas")]);
      const feeds = await store.feeds.all();
      expect(
        feeds.map(({ feed, counts }) => [feed.id, counts.accepted]),
      ).toEqual(["air", "gas", "water"].map((id) => [id, 7]));
      await store.close();
    });

    it("gives every camera to the feed that brought it", async () => {
      const put = (id: string, feed: string) =>
        `INSERT INTO cameras VALUES ('${id}', '${feed}', 0, '{"id":"${id}"}')`;
      const store = await upgraded(3, [put("1", "video"), put("video/1", "a")]);
      const cameras = await store.cameras.all();
      expect(cameras.map(({ id, feed }) => [id, feed])).toEqual([
        ["a/video/1", "a"],
        ["video/1", "video"],
      ]);
      await store.close();
    });

    it("counts what statistics kept before codes had numbers, and what comes after", async () => {
      const clock = "0, 50, 50, 40, 40, 40, 1, 1, 40, NULL";
      const put = (no: number, stage: string, order: string, of: string) =>
        `INSERT INTO incident_stages (incident, no, stage, order_no,
          started_at, due_at, first_due_at, stopped_at, settled_at,
          first_settled_at, is_kept, is_first_kept, natural_ms, worked_ms,
          department, district, source, category, matter_class, town)
        VALUES ('i1', ${no}, '${stage}', ${order}, ${clock}, ${of})`;
      const whose = "'990101', 'grid', NULL, 'A', NULL";
      const store = await upgraded(27, [
        put(0, "whole", "NULL", `'ECO', ${whose}`),
        put(1, "accept", "NULL", `'', ${whose}`),
        put(2, "handle", "NULL", `'ECO', ${whose}`),
        put(3, "handle", "1", `'ECO', ${whose}`),
        `INSERT INTO incident_acts (incident, rev, no, act, at, department,
          district, source, category, matter_class, town)
        VALUES ('i1', 2, 0, 'registered', 10, '', ${whose})`,
      ]);
      const rows = await store.statistics.rowsOf("i1");
      expect(rows.stages.map((row) => [row.stage, row.department])).toEqual([
        ...[
          ["whole", "ECO"],
          ["accept", ""],
          ["handle", "ECO"],
        ],
        ["handle", "ECO"],
      ]);
      expect(rows.acts).toEqual([
        { rev: 2, no: 0, act: "registered", at: 10, department: "" },
      ]);
      expect(rows.towns).toEqual([null]);
      const asked = { from: 0, to: 100, now: 100, within: WHOLE_CITY };
      const counts = await store.statistics.counts(asked, COUNTED_PARTS);
      expect([...counts.department.keys()].sort()).toEqual(["", "ECO"]);
      expect([...counts.district.keys()]).toEqual(["990101"]);
      expect([...counts.town.keys()]).toEqual([""]);
      const its = counts.district.get("990101")!;
      expect(
        (
          ["whole.kept", "accept.kept", "handle.settled", "registered"] as const
        ).map((measure) => countOf(its, measure)),
      ).toEqual([1, 1, 1, 1]);
      const { some } = await store.statistics.times(asked);
      expect(some.flatMap(({ natural }) => [...natural])).toEqual([40, 40, 40]);
      await store.close();
    });

    it("finds what was reported before there was an index, and what is reported meanwhile", async () => {
      const put = (i: number) =>
        `INSERT INTO incidents VALUES ('id-${i}', 2026, ${i + 1}, 'old', 'e-${i}', 's',
        'D', NULL, '路灯不亮', '', NULL, 'reported', 0, NULL, NULL, NULL, '${i % 50 === 0 ? "古塔旁" : ""}',
        ${1_000 * i}, 0, NULL, NULL, NULL, NULL, 0, NULL, NULL, '[]', 1, 'A', NULL, NULL, '')`;
      const store = await upgraded(11, [
        ...Array.from({ length: 450 }, (_, i) => put(i)),
        `INSERT INTO counters (name, value) VALUES ('incident 2026', 450)`,
      ]);
      const found = (text: string) =>
        store.incidents.page({
          search: { text, masking: "all" },
          limit: 500,
        });
      expect(await found("路灯")).toMatchObject({ items: [] });
      const ending = new AbortController();
      const begun = store.incidents.completeIndex(ending.signal);
      ending.abort();
      await begun;
      const [made] = await store.incidents.report([
        incident("new", { title: "路灯不亮", reportedAt: 500 }),
      ]);
      // One bit of it, the newest, and what came since.
      const { items, foundFrom } = await found("路灯");
      expect(foundFrom).toBe(250_000);
      expect(items).toHaveLength(201);
      expect(items.at(-1)).toEqual(made!.held);
      await store.incidents.completeIndex(new AbortController().signal);
      expect((await found("路灯")).items).toHaveLength(451);
      expect((await found("古塔")).items).toHaveLength(9);
      await store.close();
    });
  });
}

/** Makes an empty store as `version` of the program made it, and runs the rows' SQL. */
async function writeStore(
  url: string,
  version: number,
  rows: string[],
): Promise<void> {
  const steps = migrations.slice(0, version);
  if (url.startsWith("sqlite:")) {
    const path = url.slice("sqlite:".length);
    mkdirSync(dirname(path), { recursive: true });
    const database = new Database(path);
    for (const sql of [...saidTo("sqlite", steps), ...rows]) database.exec(sql);
    database.pragma(`user_version = ${version}`);
    database.close();
    return;
  }
  const client = new pg.Client(url);
  await client.connect();
  await client.query("CREATE TABLE store_version (version BIGINT NOT NULL)");
  await client.query(`INSERT INTO store_version VALUES (${version})`);
  const made = saidTo("postgres", steps).map(definition);
  for (const sql of [...made, ...rows]) await client.query(sql);
  await client.end();
}
