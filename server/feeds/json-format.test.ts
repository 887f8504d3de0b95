import { describe, expect, it } from "vitest";
import type { Fact } from "../../contract/fact.ts";
import { feedRow, json } from "../../test/kit/feeds.ts";
import { readFormats } from "./registry.ts";

const formats = await readFormats();
const feed = feedRow({ id: "own" });

/** One good item of each of our own formats, and the fact it tells. */
const samples: Record<string, { item: object; fact: Fact["type"] }> = {
  "sensors/1": {
    fact: "sensor",
    item: {
      ...{ id: "AQ-1", name: "观山站", kind: "air", lng: 120.1, lat: 30.2 },
      metrics: [{ metric: "pm25", unit: "µg/m³" }],
      attributes: { roof: true, built: 2019, owner: null },
    },
  },
  "indicators/1": {
    fact: "indicatorValue",
    item: { indicator: "eco.aqi", at: 1_700_000_000_000, value: 81 },
  },
  "incidents/1": {
    fact: "incident",
    item: {
      ...{ externalId: "12345-1", source: "12345", title: "路面积水" },
      ...{ reportedAt: 1_700_000_000_000, level: 2 },
      reporter: { name: "王某", phone: "13800000000" },
    },
  },
  "incidents/2": {
    fact: "incident",
    item: {
      ...{ externalId: "URB-1", source: "urban", title: "井盖缺失" },
      ...{ reportedAt: 1_700_000_000_000, status: "handling", stage: 4 },
      deadlines: { handle: 1_700_003_600_000 },
    },
  },
  "positions/1": {
    fact: "position",
    item: {
      ...{ object: "BUS-1", kind: "bus", at: 1_700_000_000_000 },
      ...{ lng: 120, lat: 30, speed: 42, heading: 270, alarms: ["overspeed"] },
    },
  },
  "cameras/1": {
    fact: "camera",
    item: {
      ...{ id: "99000100001320000001", name: "江滨路口", lng: 120, lat: 30 },
      stream: { kind: "hls", url: "/media/1.m3u8" },
    },
  },
};

describe.each(Object.entries(samples))("%s", (id, { item, fact }) => {
  const format = formats.get(id)!;
  const read = (body: Buffer, mediaType = "application/json") =>
    format.judge(format.parse(body, { mediaType, feed }), feed);

  it("tells its fact, by array, alone, and by lines", () => {
    const told = { type: fact, index: 0, item };
    expect(read(json([item])).facts).toMatchObject([told]);
    expect(read(json(item)).facts).toMatchObject([told]);
    const lines = Buffer.from(`${JSON.stringify(item)}\n`);
    expect(read(lines, "application/x-ndjson").facts).toMatchObject([told]);
  });

  it("refuses an item without a required field, by its path, alone", () => {
    const [name] = Object.keys(item);
    const { [name as never]: _, ...rest } = item;
    const { facts, rejections } = read(json([item, rest, item]));
    expect(facts.map(({ index }) => index)).toEqual([0, 2]);
    expect(rejections).toMatchObject([
      { index: 1, path: `/1/${name}`, raw: JSON.stringify(rest) },
    ]);
  });

  it.each([null, 7, "text", [], [[]]])("refuses %j for an item", (odd) => {
    expect(read(json([odd])).rejections).toHaveLength(1);
  });

  it("reads again what it keeps of a refused item", () => {
    const { rejections } = read(json([{ ...item, lng: "east", value: "x" }]));
    for (const { raw } of rejections)
      expect(read(Buffer.from(raw)).rejections).toMatchObject(
        rejections.map(({ path, message }) => ({ path, message })),
      );
  });
});

describe("own formats", () => {
  it("name every wrong part of an item", () => {
    const { judge } = formats.get("positions/1")!;
    const { rejections } = judge([{ object: "", kind: 1, at: 0 }], feed);
    expect(rejections[0]).toMatchObject({
      path: "/0/object",
      message: expect.stringMatching(
        / \(also \/[a-z]+, \/[a-z]+, \/[a-z]+\)$/i,
      ) as string,
    });
  });

  it("count a reported value that is none as missing", () => {
    const { judge } = formats.get("indicators/1")!;
    const item = { ...samples["indicators/1"]!.item, value: "NA" };
    expect(judge([item], feed)).toMatchObject({ missing: 1, facts: [] });
  });

  it("keep prototype keys out of attributes", () => {
    const format = formats.get("sensors/1")!;
    const text = JSON.stringify(samples["sensors/1"]!.item).replace(
      '"roof"',
      '"__proto__"',
    );
    const parsed = format.parse(Buffer.from(text), {
      ...{ mediaType: "application/json", feed },
    });
    expect(format.judge(parsed, feed).rejections).toMatchObject([
      { path: "/0/attributes/__proto__" },
    ]);
  });
});

/** Big enough for any department, and small enough for the memory of all. */
describe("an item that brings more than a city can hold", () => {
  const refusals = (id: string, more: object) => {
    const format = formats.get(id)!;
    const body = json([{ ...samples[id]!.item, ...more }]);
    const mediaType = "application/json";
    return format.judge(format.parse(body, { mediaType, feed }), feed)
      .rejections;
  };
  const attributes = (count: number, value: string) => ({
    attributes: Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`k${i}`, value]),
    ),
  });

  it("is refused for too many attributes, or too long ones together", () => {
    expect(refusals("sensors/1", attributes(64, "v".repeat(200)))).toEqual([]);
    expect(refusals("sensors/1", attributes(65, "v"))).toMatchObject([
      {
        path: "/0/attributes",
        message: expect.stringMatching(/more than 64 attributes/) as string,
      },
    ]);
    expect(
      refusals("sensors/1", attributes(64, "v".repeat(500))),
    ).toMatchObject([
      {
        path: "/0/attributes",
        message: expect.stringMatching(/16384 characters/) as string,
      },
    ]);
  });

  it("is refused for attachments that are no links but the pictures themselves", () => {
    const links = (length: number) => ({
      attachments: Array.from({ length: 20 }, () => ({
        ...{ url: "u".repeat(length), kind: "photo" },
      })),
    });
    expect(refusals("incidents/1", links(400))).toEqual([]);
    expect(refusals("incidents/1", links(1000))).toMatchObject([
      {
        path: "/0/attachments",
        message: expect.stringMatching(/10000 characters/) as string,
      },
    ]);
  });
});
