import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MISSING, Quality, Reading } from "../../../contract/reading.ts";
import { feedRow, json } from "../../../test/kit/feeds.ts";
import { Flaw, Unparseable } from "../format.ts";
import { format } from "./readings.ts";

const feed = feedRow({ id: "air" });
const read = (body: Buffer, mediaType = "application/json") =>
  format.judge(format.parse(body, { mediaType, feed }), feed);

const good = {
  sensor: "AQ-001",
  metric: "pm25",
  at: "2026-11-20T08:00:00+08:00",
  value: 35.2,
};
const AT = Date.UTC(2026, 10, 20);

describe("readings/1", () => {
  it("becomes columns, with each item's place in the payload", () => {
    const { readings } = read(
      json([good, { ...good, sensor: "" }, { ...good, quality: "bad" }]),
    );
    expect(readings).toEqual({
      sensor: ["AQ-001", "AQ-001"],
      metric: ["pm25", "pm25"],
      at: [AT, AT],
      value: [35.2, 35.2],
      quality: [0, 2],
      index: [0, 2],
    });
  });

  it("may be one object, or a line each", () => {
    expect(read(json(good)).readings?.index).toEqual([0]);
    const lines = `${JSON.stringify(good)}\r\n\n{"sensor":\n${JSON.stringify(good)}`;
    const { readings, rejections } = read(
      Buffer.from(lines),
      "application/x-ndjson",
    );
    expect(readings?.index).toEqual([0, 2]);
    expect(rejections).toEqual([
      {
        index: 1,
        path: "/1/sensor",
        message: "expected a value, found the end at character 11",
        raw: '{"sensor":',
      },
    ]);
  });

  it("may begin with a byte order mark", () => {
    const body = Buffer.concat([Buffer.from("\uFEFF"), json([good])]);
    expect(read(body).readings?.index).toEqual([0]);
  });

  it("may come in columns, judged row by row alike", () => {
    const { readings, rejections, missing, raw } = read(
      json({
        columns: {
          sensor: ["A", "B", "C"],
          metric: ["t", "t", "t"],
          at: [AT, AT, "noon"],
          value: [1, "NA", 3],
        },
      }),
    );
    expect(readings).toMatchObject({ sensor: ["A"], index: [0] });
    expect(missing).toBe(1);
    expect(rejections).toMatchObject([{ index: 2, path: "/2/at" }]);
    expect(JSON.parse(raw(0))).toEqual({
      ...{ sensor: "A", metric: "t", at: AT, value: 1 },
    });
  });

  it("refuses columns of different lengths as a whole", () => {
    const columns = { sensor: ["A"], metric: ["t"], at: [AT], value: [1, 2] };
    expect(() => read(json({ columns }))).toThrow(
      new Unparseable("/columns", "expected columns of one length"),
    );
  });

  it("counts what has no value as missing, if the rest is right", () => {
    const texts = [...MISSING, null].map((value) => ({ ...good, value }));
    const { missing, rejections } = read(
      json([...texts, { ...good, value: "NA", metric: "" }]),
    );
    expect(missing).toBe(texts.length);
    expect(rejections).toMatchObject([{ path: `/${texts.length}/metric` }]);
  });

  it.each([
    ["the year 1", { at: "0001-01-01T00:00:00Z" }, "/0/at"],
    ["a time without zone", { at: "2026-11-20T08:00:00" }, "/0/at"],
    ["half a millisecond", { at: AT + 0.5 }, "/0/at"],
    ["a number as text", { value: "35.2" }, "/0/value"],
    ["an unknown quality", { quality: "fair" }, "/0/quality"],
    ["a name too long", { sensor: "x".repeat(129) }, "/0/sensor"],
  ])("refuses %s with its path", (_what, change, path) => {
    const { rejections } = read(json([{ ...good, ...change }]));
    expect(rejections).toMatchObject([{ index: 0, path }]);
  });

  it.each([
    ["half a surrogate pair", '"\\ud83d"', "/1/sensor"],
    ["a NUL", '"a\\u0000"', "/1/sensor"],
    ["a prototype in a value", '{"__proto__":1}', "/1/sensor/__proto__"],
    ["a hidden one", '{"\\u005f_proto__":1}', "/1/sensor/__proto__"],
  ])("refuses %s in one item alone", (_what, sensor, path) => {
    const text = `{"sensor":${sensor},"metric":"t","at":${AT},"value":1}`;
    const { readings, rejections } = read(
      Buffer.from(`[${JSON.stringify(good)},${text}]`),
    );
    expect(readings?.index).toEqual([0]);
    expect(rejections).toMatchObject([{ index: 1, path }]);
    expect(Object.prototype).not.toHaveProperty("value");
  });

  it("refuses a number beyond all bounds", () => {
    const text = JSON.stringify([good]).replace("35.2", "1e999");
    const { rejections } = read(Buffer.from(text));
    expect(rejections).toMatchObject([{ path: "/0/value" }]);
  });

  it("refuses deep nesting before it is built", () => {
    const deep = `[${JSON.stringify(good)},${"[".repeat(4_000_000)}`;
    expect(() => read(Buffer.from(deep))).toThrow(
      new Unparseable("/1", "nested deeper than 32 levels"),
    );
    const objects = `{"a":`.repeat(40) + "1" + "}".repeat(40);
    expect(() => read(Buffer.from(objects))).toThrow("nested deeper");
  });
});

/** What a sender may put into a field: right, nearly right, and anything. */
const instant = fc.oneof(
  fc.integer({ min: -1, max: 5e12 }),
  fc.constantFrom("2026-11-20T08:00:00+08:00", "2026-11-20T08:00Z", "noon", ""),
);
const field = <T>(likely: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 9, arbitrary: likely },
    { weight: 1, arbitrary: fc.json().map((t) => JSON.parse(t) as unknown) },
  );
const item = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record(
      {
        sensor: field(fc.string({ maxLength: 130 })),
        metric: field(fc.string({ maxLength: 66 })),
        at: field(instant),
        value: field(fc.oneof(fc.double(), fc.constantFrom("NA", "—", "7"))),
        quality: field(fc.constantFrom(...Quality.options, "fair")),
        note: fc.anything(),
      },
      { requiredKeys: [] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.json().map((text) => JSON.parse(text) as unknown),
  },
);

/** The verdict by the schema alone. */
function bySchema(item: unknown) {
  const value = (item as { value?: unknown } | null)?.value;
  const isMissing =
    value === null || (typeof value === "string" && MISSING.has(value));
  const asked = isMissing ? { ...(item as object), value: 0 } : item;
  const { success, data, error } = Reading.safeParse(asked);
  if (!success) return { refused: error.issues[0]!.path.map(String) };
  return isMissing ? "missing" : data;
}

/** The verdict by the hot path. */
function byHand(item: unknown) {
  const { readings, missing, rejections } = format.judge([item], feed);
  if (rejections[0]) return { refused: rejections[0].path.split("/").slice(2) };
  if (missing) return "missing";
  const { sensor, metric, at, value, quality } = readings!;
  return {
    ...{ sensor: sensor[0], metric: metric[0], at: at[0], value: value[0] },
    quality: Quality.options[quality[0]!],
  };
}

describe("the hot path of readings/1", () => {
  it("judges exactly as the schema does", () => {
    fc.assert(
      fc.property(item, (one) => {
        expect(byHand(one)).toEqual(bySchema(one));
      }),
      { numRuns: 5_000, seed: 20_261_120 },
    );
  }, 60_000);

  it("judges the columns as it judges the items", () => {
    fc.assert(
      fc.property(fc.array(item.filter(isRecord)), (items) => {
        const column = (name: keyof Reading) => items.map((i) => i[name]);
        const columns = {
          ...{ sensor: column("sensor"), metric: column("metric") },
          ...{ at: column("at"), value: column("value") },
          quality: column("quality"),
        };
        const { raw: _a, ...asColumns } = format.judge({ columns }, feed);
        const { raw: _b, ...asItems } = format.judge(items, feed);
        const plain = (d: typeof asItems) => ({
          ...d,
          rejections: d.rejections.map(({ index, path }) => ({ index, path })),
        });
        expect(plain(asColumns)).toEqual(plain(asItems));
      }),
      { numRuns: 300, seed: 20_261_120 },
    );
  }, 60_000);

  it("takes a flaw as what it is", () => {
    const { rejections } = format.judge([new Flaw("/x", "is odd", "{")], feed);
    expect(rejections).toEqual([
      { index: 0, path: "/0/x", message: "is odd", raw: "{" },
    ]);
  });
});

function isRecord(value: unknown): value is Partial<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
