import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { feedRow } from "../../../test/kit/feeds.ts";
import { asItems, Unparseable } from "../format.ts";
import { storable } from "../hazard.ts";
import { bytesOf } from "../raw.ts";
import { readFormats } from "../registry.ts";

const formats = await readFormats();
const feed = feedRow({ id: "any" });

const place = { lng: 120.1, lat: 30.2 };
const at = "2026-11-20T08:00:00+08:00";

/** A payload of each format with nothing wrong. */
const payloads: Record<string, string> = {
  "readings/1": JSON.stringify([
    { sensor: "A\u4e00", metric: "pm25", at, value: 1.5, quality: "good" },
    { sensor: "B", metric: "pm25", at, value: "NA" },
  ]),
  "sensors/1": JSON.stringify([
    {
      ...{ id: "A", name: "站", kind: "air", ...place, attributes: { a: 1 } },
      metrics: [{ metric: "pm25", unit: "µg/m³", min: 0 }],
    },
  ]),
  "indicators/1": JSON.stringify([{ indicator: "eco.aqi", at, value: 80 }]),
  "incidents/1": JSON.stringify([
    {
      ...{ externalId: "1", source: "12345", title: "积水", reportedAt: at },
      ...{ ...place, attachments: [{ url: "/a.jpg", kind: "photo" }] },
    },
  ]),
  "incidents/2": JSON.stringify([
    {
      ...{ externalId: "1", source: "urban", title: "井盖缺失", stage: 4 },
      ...{ reportedAt: at, department: "ECO", deadlines: { handle: at } },
    },
    {
      ...{ externalId: "2", source: "videoAi", title: "积水", reportedAt: at },
      ...{ camera: "1", confidence: 0.9, status: "reported" },
      attachments: [{ url: "https://pics.example/1.jpg", kind: "photo" }],
      ai: {
        algorithmCode: "ponding",
        box: { x: 0.1, y: 0.2, width: 0.3, height: 0.4 },
      },
    },
  ]),
  "positions/1": JSON.stringify([{ object: "B1", kind: "bus", at, ...place }]),
  "cameras/1": JSON.stringify([{ id: "1", name: "路口", ...place }]),
  "open311/2": JSON.stringify([
    {
      ...{ service_request_id: "1", status: "open", service_name: "Pothole" },
      ...{ requested_datetime: at, lat: 41.7, long: -87.6, address: "1st St" },
    },
  ]),
  csv: 'station,"when",value\nA,"2026/11/20 8:00",1\nB,"x ""y""",2\n',
  "cap/1.2": `<?xml version="1.0" encoding="UTF-8"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>1</identifier><sender>w</sender><sent>${at}</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info><category>Met</category><event>暴雨</event><urgency>Past</urgency><severity>Severe</severity><certainty>Likely</certainty><area><areaDesc>江滨</areaDesc><polygon>1,1 1,2 2,2 1,1</polygon><circle>1,1 2</circle></area></info></alert>`,
};

/** What may be put into a payload: pieces of syntax, hostile and plain. */
const piece = fc.oneof(
  fc.constantFrom(
    ...["{", "}", "[", "]", '"', ",", ":", "\\u0000", "\\ud800", "__proto__"],
    ...[
      "NaN",
      "1e999",
      "-",
      "null",
      "\n",
      "<",
      "</",
      "&#0;",
      "<![CDATA[",
      "]]>",
    ],
    ...["<!DOCTYPE a>", "&amp;", "\u0000", "\u{1F600}", "0001-01-01T00:00:00Z"],
  ),
  fc.string({ maxLength: 8 }),
);

interface Change {
  at: number;
  remove: number;
  insert: string;
}
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(999).map((n) => n / 1000),
  remove: fc.nat(12),
  insert: piece,
});

const mutate = (text: string, changes: Change[]) =>
  changes.reduce((now, { at, remove, insert }) => {
    const place = Math.floor(at * now.length);
    return now.slice(0, place) + insert + now.slice(place + remove);
  }, text);

describe("a mutated payload", () => {
  it("is tried for every format there is", () => {
    expect(Object.keys(payloads).sort()).toEqual([...formats.keys()].sort());
  });

  it.each(Object.entries(payloads))(
    "of %s is taken, or refused by path, and what is kept can be kept",
    async (id, payload) => {
      const format = formats.get(id)!;
      const [mediaType] = format.mediaTypes;
      const read = async (body: Uint8Array) => {
        const parsed = await format.parse(body, {
          mediaType: mediaType!,
          feed,
        });
        return { parsed, ...format.judge(parsed, feed) };
      };
      const outcomes = { unparseable: 0, refused: 0, taken: 0 };
      await fc.assert(
        fc.asyncProperty(
          fc.array(change, { maxLength: 4 }),
          async (changes) => {
            let result: Awaited<ReturnType<typeof read>>;
            try {
              result = await read(Buffer.from(mutate(payload, changes)));
            } catch (error) {
              expect(error).toBeInstanceOf(Unparseable);
              expect((error as Error).message).not.toBe("");
              return void outcomes.unparseable++;
            }
            const { parsed, rejections, facts, readings, missing } = result;
            const taken =
              facts.length + (readings?.sensor.length ?? 0) + missing;
            expect(taken + rejections.length).toBe(asItems(parsed).length);
            for (const { path, message, raw } of rejections) {
              expect(path).toMatch(/^\//);
              expect(message).not.toBe("");
              expect(storable(raw, Infinity)).toBe(raw);
              if (id !== "csv")
                expect(await tries(read(bytesOf(raw)))).toBe(true);
            }
            outcomes[rejections.length ? "refused" : "taken"]++;
          },
        ),
        { numRuns: 400, seed: 2026 },
      );
      // A test whose payloads never get past the parser proves nothing.
      for (const count of Object.values(outcomes))
        expect(count).toBeGreaterThan(0);
    },
    60_000,
  );

  it("that was zipped and cut is no gzip", async () => {
    const { inflate } = await import("../inflate.ts");
    const body = gzipSync("[]").subarray(0, 12);
    await expect(inflate(body, "gzip")).rejects.toThrow(Unparseable);
  });
});

/** True where what was kept is read again, to whatever end. */
function tries(reading: Promise<unknown>): Promise<boolean> {
  return reading.then(
    () => true,
    (error: unknown) => error instanceof Unparseable,
  );
}
