import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../../contract/time.ts";
import { presentOf } from "./present.ts";

const now = Date.UTC(2026, 10, 20);

describe("the present of a value", () => {
  it("is now while the city tells it as it happens", () => {
    const told = {
      at: now - MINUTE,
      freshness: "live",
      every: MINUTE,
    } as const;
    expect(presentOf(told, now)).toBe(now);
  });

  it("is now for a yearly figure that is still valid", () => {
    const told = { at: now - 200 * DAY, freshness: "live", every: 365 * DAY };
    expect(presentOf({ ...told, freshness: "live" }, now)).toBe(now);
  });

  it("is the recorded hour while a recording is replayed", () => {
    const at = Date.UTC(2013, 2, 1);
    expect(presentOf({ at, freshness: "live", every: HOUR }, now)).toBe(at);
  });

  it("is now where a feed fell silent, however long ago", () => {
    const at = now - 300 * DAY;
    expect(presentOf({ at, freshness: "lost", every: HOUR }, now)).toBe(now);
    expect(presentOf({ at: null, freshness: null }, now)).toBe(now);
  });
});
