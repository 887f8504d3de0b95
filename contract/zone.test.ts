import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "./time.ts";
import { createZone } from "./zone.ts";

const at = (text: string) => Date.parse(text);

describe("the city's day", () => {
  it("begins at midnight in Shanghai, which is 16:00 UTC of the day before", () => {
    const zone = createZone("Asia/Shanghai");
    expect(zone.startOf(at("2026-11-20T03:00Z"), DAY)).toBe(
      at("2026-11-19T16:00Z"),
    );
  });

  it("has 23 hours in London when summer time begins and 25 when it ends", () => {
    const zone = createZone("Europe/London");
    const length = (noon: string) => {
      const start = zone.startOf(at(noon), DAY);
      return (zone.endOf(start, DAY) - start) / HOUR;
    };
    expect(length("2026-03-29T12:00Z")).toBe(23);
    expect(length("2026-10-25T12:00Z")).toBe(25);
    expect(length("2026-10-26T12:00Z")).toBe(24);
  });

  it("begins when the clocks jump where midnight itself is skipped", () => {
    const zone = createZone("America/Santiago");
    const start = zone.startOf(at("2024-09-08T12:00Z"), DAY);
    expect(new Date(start).toISOString()).toBe("2024-09-08T04:00:00.000Z");
    expect(zone.startOf(start - 1, DAY)).toBe(at("2024-09-07T04:00Z"));
  });

  it("keeps both of the hours that London's clocks show twice", () => {
    const zone = createZone("Europe/London");
    const first = zone.startOf(at("2026-10-25T00:30Z"), HOUR);
    const second = zone.startOf(at("2026-10-25T01:30Z"), HOUR);
    expect([first, second]).toEqual([
      at("2026-10-25T00:00Z"),
      at("2026-10-25T01:00Z"),
    ]);
  });

  it("counts weeks from Monday", () => {
    const zone = createZone("Asia/Shanghai");
    expect(zone.startOf(at("2026-11-20T12:00+08:00"), 7 * DAY)).toBe(
      at("2026-11-16T00:00+08:00"),
    );
  });

  it("goes on where it stopped after clocks were set back, and jumps where they do", () => {
    const zone = createZone("Europe/London");
    const shown = (instant: string) =>
      new Date(zone.localAt(at(instant))).toISOString().slice(11);
    expect(shown("2026-10-25T00:59:00Z")).toBe("01:59:00.000Z");
    expect(shown("2026-10-25T01:00:00Z")).toBe("01:59:59.999Z");
    expect(shown("2026-10-25T01:59:00Z")).toBe("01:59:59.999Z");
    expect(shown("2026-10-25T02:00:00Z")).toBe("02:00:00.000Z");
    expect(shown("2026-03-29T00:59:00Z")).toBe("00:59:00.000Z");
    expect(shown("2026-03-29T01:00:00Z")).toBe("02:00:00.000Z");
  });

  it("shows the hour anew to who begins to look in its second showing", () => {
    const zone = createZone("Europe/London");
    const second = at("2026-10-25T01:20:00Z");
    const shown = (instant: string, since: number) =>
      new Date(zone.localAt(at(instant), since)).toISOString().slice(11);
    expect(shown("2026-10-25T01:20:00Z", second)).toBe("01:20:00.000Z");
    expect(shown("2026-10-25T01:50:00Z", second)).toBe("01:50:00.000Z");
    expect(shown("2026-10-25T01:50:00Z", second - HOUR)).toBe("01:59:59.999Z");
    expect(zone.instantOf(at("2026-10-25T01:50:00Z"), second)).toBe(
      at("2026-10-25T01:50:00Z"),
    );
    expect(zone.instantOf(at("2026-10-25T01:10:00Z"), second)).toBe(second);
    expect(zone.instantOf(at("2026-10-26T01:20:00Z"), second)).toBe(
      at("2026-10-26T01:20:00Z"),
    );
  });

  it("has a first instant for a time that clocks show twice or skip", () => {
    const zone = createZone("Europe/London");
    const first = (local: string) =>
      new Date(zone.instantOf(at(`${local}Z`))).toISOString();
    expect(first("2026-10-25T01:30:00")).toBe("2026-10-25T00:30:00.000Z");
    expect(first("2026-10-25T02:00:00")).toBe("2026-10-25T02:00:00.000Z");
    expect(first("2026-03-29T01:30:00")).toBe("2026-03-29T01:00:00.000Z");
  });

  it("finds the same local time a year earlier, across a leap day", () => {
    const zone = createZone("Europe/London");
    expect(zone.yearBefore(at("2024-02-29T12:00Z"))).toBe(
      at("2023-02-28T12:00Z"),
    );
    expect(zone.yearBefore(at("2026-07-01T08:00Z"))).toBe(
      at("2025-07-01T08:00Z"),
    );
  });
});

it.each([
  "Asia/Shanghai",
  "Europe/London",
  "America/New_York",
  "America/St_Johns",
  "America/Santiago",
  "Asia/Kathmandu",
])("spans of %s follow each other without gap or overlap", (name) => {
  const zone = createZone(name);
  fc.assert(
    fc.property(
      fc.integer({ min: at("2010-01-01"), max: at("2030-01-01") }),
      fc.constantFrom(MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY),
      (moment, width) => {
        const start = zone.startOf(moment, width);
        const end = zone.endOf(start, width);
        expect(start).toBeLessThanOrEqual(moment);
        expect(end).toBeGreaterThan(moment);
        expect(zone.startOf(start, width)).toBe(start);
        expect(zone.startOf(end - 1, width)).toBe(start);
        expect(zone.startOf(end, width)).toBe(end);
      },
    ),
    { numRuns: 200 },
  );
});
