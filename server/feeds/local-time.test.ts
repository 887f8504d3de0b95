import { describe, expect, it } from "vitest";
import { readLocalTime } from "./local-time.ts";

const iso = (...given: Parameters<typeof readLocalTime>) => {
  const at = readLocalTime(...given);
  return at === null ? null : new Date(at).toISOString();
};

describe("a local time", () => {
  it.each([
    ["2013-3-1 0", "YYYY-M-D H", "Asia/Shanghai", "2013-02-28T16:00:00.000Z"],
    [
      "2020/1/2 9:05:07",
      "YYYY/M/D H:mm:ss",
      "Asia/Shanghai",
      "2020-01-02T01:05:07.000Z",
    ],
    [
      "01/31/2015 11:59:59 PM",
      "MM/DD/YYYY hh:mm:ss A",
      "America/New_York",
      "2015-02-01T04:59:59.000Z",
    ],
    [
      "07/01/2015 12:00:00 AM",
      "MM/DD/YYYY hh:mm:ss A",
      "America/New_York",
      "2015-07-01T04:00:00.000Z",
    ],
    [
      "07/01/2015 12:00:00 PM",
      "MM/DD/YYYY hh:mm:ss A",
      "America/New_York",
      "2015-07-01T16:00:00.000Z",
    ],
    [
      "20261120080000",
      "YYYYMMDDHHmmss",
      "Asia/Shanghai",
      "2026-11-20T00:00:00.000Z",
    ],
    [
      "2026年11月20日 8时",
      "YYYY年M月D日 H时",
      "Asia/Shanghai",
      "2026-11-20T00:00:00.000Z",
    ],
    [
      "2026-11-20 08:00:00.250",
      "YYYY-MM-DD HH:mm:ss.SSS",
      "Asia/Kolkata",
      "2026-11-20T02:30:00.250Z",
    ],
  ])("%s by %s in %s is %s", (text, pattern, zone, instant) => {
    expect(iso(text, pattern, zone)).toBe(instant);
  });

  it.each([
    ["2026-02-30 00", "YYYY-MM-DD HH"],
    ["2026-13-01 00", "YYYY-MM-DD HH"],
    ["2026-01-01 24", "YYYY-MM-DD HH"],
    ["2026-01-01 00:61", "YYYY-MM-DD HH:mm"],
    ["2026-01-01", "YYYY-MM-DD HH"],
    ["NA", "YYYY-MM-DD"],
  ])("%s by %s is none", (text, pattern) => {
    expect(readLocalTime(text, pattern, "Asia/Shanghai")).toBeNull();
  });

  it("follows the zone's clocks in spring and autumn", () => {
    const read = (text: string) =>
      iso(text, "YYYY-MM-DD HH:mm", "America/New_York");
    expect(read("2015-03-08 01:59")).toBe("2015-03-08T06:59:00.000Z");
    expect(read("2015-03-08 03:00")).toBe("2015-03-08T07:00:00.000Z");
    // Skipped: read with the offset before. Twice: the first.
    expect(read("2015-03-08 02:30")).toBe("2015-03-08T07:30:00.000Z");
    expect(read("2015-11-01 01:30")).toBe("2015-11-01T05:30:00.000Z");
    expect(read("2015-11-01 02:00")).toBe("2015-11-01T07:00:00.000Z");
  });
});
