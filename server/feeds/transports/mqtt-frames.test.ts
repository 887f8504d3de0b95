import fc from "fast-check";
import mqtt from "mqtt-packet";
import { expect, it } from "vitest";
import { FrameGuard } from "./mqtt-frames.ts";

const LARGEST = 20_000;

const packet = fc
  .record({ size: fc.nat(LARGEST - 100), topic: fc.string({ maxLength: 20 }) })
  .map(({ size, topic }) =>
    mqtt.generate({
      ...{ cmd: "publish", qos: 0, dup: false, retain: false },
      topic: `t${topic.replaceAll(/[+#\0]/g, "")}`,
      payload: Buffer.alloc(size, 0xff),
    }),
  );

/** The bytes in pieces of any length. */
const pieces = (bytes: Buffer, cuts: number[]) => {
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length];
  places.sort((a, b) => a - b);
  return places.map((end, i) => bytes.subarray(places[i - 1] ?? 0, end));
};

it("lets packets within the limit pass, however they are cut", () => {
  fc.assert(
    fc.property(
      fc.array(packet, { maxLength: 6 }),
      fc.array(fc.nat(), { maxLength: 30 }),
      (packets, cuts) => {
        const guard = new FrameGuard(LARGEST);
        for (const piece of pieces(Buffer.concat(packets), cuts))
          expect(guard.accepts(piece)).toBe(true);
      },
    ),
    { numRuns: 200, seed: 5 },
  );
});

it("stops a packet beyond it as soon as its length is read", () => {
  const guard = new FrameGuard(LARGEST);
  expect(guard.accepts(Buffer.from([0xc0, 0, 0x30]))).toBe(true);
  expect(guard.accepts(Buffer.from([0xff]))).toBe(true);
  expect(guard.accepts(Buffer.from([0xff]))).toBe(true);
  // 0xff 0xff 0x01 = 32,767.
  expect(guard.accepts(Buffer.from([0x01]))).toBe(false);
});

it("stops a length that never ends", () => {
  const guard = new FrameGuard(2 ** 40);
  const endless = Buffer.from([0x30, 0x80, 0x80, 0x80, 0x80, 0x80]);
  expect(guard.accepts(endless)).toBe(false);
});
