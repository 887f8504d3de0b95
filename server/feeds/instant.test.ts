import fc from "fast-check";
import { expect, it } from "vitest";
import { parseInstant } from "../../contract/time.ts";
import { readInstant } from "./instant.ts";

const digits = (n: number) =>
  fc
    .integer({ min: 0, max: 10 ** n - 1 })
    .map((i) => String(i).padStart(n, "0"));

/** Usual times, days that do not exist, hours beyond the day, odd signs. */
const time = fc
  .tuple(
    fc.oneof(digits(4), fc.constantFrom("2026", "1970", "2100", "0001")),
    fc.constantFrom("01", "02", "11", "12", "00", "13"),
    fc.constantFrom("01", "28", "29", "30", "31", "00", "32"),
    fc.constantFrom("00", "08", "23", "24"),
    fc.constantFrom("00", "59", "60"),
    fc.constantFrom("00", "59", "60", "0x"),
    fc.constantFrom(
      "Z",
      "+08:00",
      "-05:30",
      "+14:00",
      "+24:00",
      "-00:00",
      " 08:00",
      "z",
    ),
  )
  .map(
    ([y, mo, d, h, mi, s, zone]) => `${y}-${mo}-${d}T${h}:${mi}:${s}${zone}`,
  );

it("reads every time as the contract does", () => {
  fc.assert(
    fc.property(fc.oneof(time, fc.string(), fc.anything()), (value) => {
      expect(readInstant(value)).toBe(parseInstant(value));
    }),
    { numRuns: 20_000, seed: 2026 },
  );
}, 60_000);

it("reads a time with any character changed as the contract does", () => {
  const times = ["2026-11-20T08:00:00+08:00", "2026-11-20T08:00:00Z"];
  fc.assert(
    fc.property(
      fc.constantFrom(...times),
      fc.nat(24),
      fc.string({ minLength: 1, maxLength: 1 }),
      (text, at, letter) => {
        const changed = text.slice(0, at) + letter + text.slice(at + 1);
        expect(readInstant(changed)).toBe(parseInstant(changed));
      },
    ),
    { numRuns: 5_000, seed: 2026 },
  );
}, 60_000);

it.each([
  "2026-02-30T00:00:00Z",
  "2026-02-29T08:00:00+08:00",
  "2026-04-31T08:00:00Z",
  "0070-05-05T08:00:00Z",
  "0099-05-05T08:00:00Z",
])("knows that there is no %s", (text) => {
  expect(parseInstant(text)).toBeNaN();
  expect(readInstant(text)).toBeNaN();
});

it("knows a leap day", () =>
  expect(readInstant("2024-02-29T08:00:00+08:00")).toBe(Date.UTC(2024, 1, 29)));
