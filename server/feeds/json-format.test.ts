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
  it("name every wrong part of an item by the first and a count", () => {
    const { judge } = formats.get("positions/1")!;
    const { rejections } = judge([{ object: "", kind: 1, at: 0 }], feed);
    expect(rejections[0]).toMatchObject({
      path: "/0/object",
      message: expect.stringMatching(/ \(and 3 more\)$/) as string,
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
