/** Text that no store can hold, in every place where a department may write. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  asJson,
  feedRow,
  openTestFeeds,
  openTestStore,
  type TestStore,
} from "../../test/kit/feeds.ts";
import { pointer } from "./format.ts";

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());

const place = { lng: 120.1, lat: 30.1 };
const at = "2026-11-20T08:00:00+08:00";

/** An item of each own format with every text that it may have. */
const ITEMS: Record<string, object> = {
  "readings/1": { sensor: "s", metric: "m", at, value: 1, quality: "good" },
  "sensors/1": {
    ...{ id: "1", name: "n", kind: "k", district: "d", grid: "g", ...place },
    metrics: [{ metric: "m", unit: "u" }],
    attributes: { owner: "o" },
  },
  "indicators/1": { indicator: "air.told", scope: "city", at, value: 1 },
  "incidents/1": {
    ...{ externalId: "1", source: "s", category: "c", title: "t" },
    ...{ description: "d", address: "a", sensor: "s", camera: "c", ...place },
    reporter: { name: "n", phone: "p" },
    attachments: [{ url: "u", kind: "k" }],
    ...{ reportedAt: at, closedAt: at },
  },
  "incidents/2": {
    ...{ externalId: "1", source: "s", title: "t", reportedAt: at },
    ...{ camera: "c", confidence: 0.9, department: "d" },
    attachments: [{ url: "u", kind: "k" }],
    ai: { algorithmCode: "a", box: { x: 0, y: 0, width: 1, height: 1 } },
  },
  "positions/1": { object: "o", kind: "k", at, ...place, alarms: ["a"] },
  "cameras/1": {
    ...{ id: "1", name: "n", ...place, district: "d", department: "d" },
    ...{ scene: "s", industry: "i", shareScope: "s", address: "a" },
    stream: { kind: "hls", url: "u" },
  },
};

/** The item once for each of its texts, with the sign in it, and where. */
function spoilt(
  item: unknown,
  sign: string,
): { path: string; item: unknown }[] {
  if (typeof item === "string") return [{ path: "", item: item + sign }];
  if (typeof item !== "object" || item === null) return [];
  return Object.entries(item).flatMap(([key, held]) =>
    spoilt(held, sign).map((one) => ({
      path: pointer([key]) + one.path,
      item: Array.isArray(item)
        ? item.with(Number(key), one.item)
        : { ...item, [key]: one.item },
    })),
  );
}

describe.each(Object.entries(ITEMS))("%s", (format, item) => {
  it.each([
    ["a NUL", "\0"],
    ["half a surrogate pair", "\ud800"],
  ])("is refused where any of its texts holds %s", async (_what, sign) => {
    const { feeds, town, close } = await openTestFeeds(test.store, [
      feedRow({ id: "hostile", format }),
    ]);
    expect(
      await feeds.take("hostile", Buffer.from(JSON.stringify([item])), asJson),
    ).toMatchObject({ accepted: 1 });
    const before = town.told.length;
    const bad = spoilt(item, sign);
    expect(bad.length).toBeGreaterThanOrEqual(3);
    const body = Buffer.from(JSON.stringify(bad.map(({ item }) => item)));
    const reply = await feeds.take("hostile", body, asJson);
    expect(reply.accepted).toBe(0);
    expect(reply.rejections.map(({ path }) => path)).toEqual(
      bad.map(({ path }, i) => `/${i}${path}`),
    );
    expect(town.told).toHaveLength(before);
    await close();
  });
});

it("csv is refused by the row where a cell holds a NUL", async () => {
  const mapping = '$.{"sensor":s,"metric":"m","at":t,"value":$number(v)}';
  const csv = { format: "csv", yields: "readings/1" as const, mapping };
  const { feeds, close } = await openTestFeeds(test.store, [
    feedRow({ id: "table", ...csv }),
  ]);
  const body = Buffer.from(`s,t,v\na,${at},1\nb\0,${at},2\n`);
  const about = { mediaType: "text/csv", encoding: null };
  const reply = await feeds.take("table", body, about);
  expect(reply).toMatchObject({ accepted: 1, rejected: 1 });
  expect(reply.rejections[0]).toMatchObject({ index: 1, path: "/1/s" });
  await close();
});
