import { describe, expect, it } from "vitest";
import { feedRow } from "../../test/kit/feeds.ts";
import { Health } from "./health.ts";

const NOON = Date.UTC(2026, 10, 20, 4);
const MINUTE = 60_000;
const feed = feedRow({ id: "air", expectEvery: MINUTE });
const none = { accepted: 0, duplicates: 0, missing: 0, rejected: 0 };
const taken = (change: object = {}) => ({
  ...none,
  accepted: 1,
  newest: null,
  error: null,
  ...change,
});
const heardAt = (at: number) => {
  const health = new Health(none, null);
  health.heard(feed, at, taken());
  return health;
};

describe("a feed's health", () => {
  it("is lost while it was never heard, since nobody knows when", () => {
    const view = new Health(none, null).view(feed, NOON, 0);
    expect(view).toMatchObject({
      freshness: "lost",
      since: null,
      lastAt: null,
    });
  });

  it.each([
    [0, "live", 0],
    [1.5, "live", 0],
    [1.6, "late", 1.5],
    [3.1, "stale", 3],
    [10.1, "lost", 10],
  ])(
    "after %d periods of silence is %s, since period %d",
    (age, freshness, since) => {
      const view = heardAt(NOON).view(feed, NOON + age * MINUTE, 0);
      expect(view.freshness).toBe(freshness);
      expect(view.since).toBe(NOON + since * MINUTE);
    },
  );

  it("keeps since when it is live, until it falls silent", () => {
    const health = heardAt(NOON);
    health.heard(feed, NOON + MINUTE, taken());
    expect(health.view(feed, NOON + MINUTE, 0).since).toBe(NOON);
    health.heard(feed, NOON + 9 * MINUTE, taken());
    expect(health.view(feed, NOON + 9 * MINUTE, 0).since).toBe(
      NOON + 9 * MINUTE,
    );
  });

  it("is not renewed by what was refused entirely", () => {
    const health = heardAt(NOON);
    health.heard(feed, NOON + 5 * MINUTE, taken({ accepted: 0, rejected: 9 }));
    expect(health.view(feed, NOON + 5 * MINUTE, 9)).toMatchObject({
      ...{ freshness: "stale", rejected: 9, quarantined: 9 },
    });
  });

  it("counts items a second over the last minute", () => {
    const health = new Health(none, null);
    for (let s = 0; s < 90; s++)
      health.heard(
        feed,
        NOON + s * 1000,
        taken({ accepted: 2, duplicates: 1 }),
      );
    const at = (s: number) => health.view(feed, NOON + s * 1000, 0).rate;
    expect(at(89)).toBe(3);
    expect(at(119)).toBe(1.5);
    expect(at(10_000)).toBe(0);
  });

  it("says its last trouble, until a payload without any", () => {
    const health = heardAt(NOON);
    const error = () => health.view(feed, NOON, 0).error;
    health.heard(feed, NOON, taken({ rejected: 1, error: "/0/at: is odd" }));
    expect(error()).toBe("/0/at: is odd");
    health.troubled("over the quota");
    expect(error()).toBe("over the quota");
    health.heard(feed, NOON, taken());
    expect(error()).toBeNull();
  });

  it("shows a cut connection above all, until it stands again", () => {
    const health = heardAt(NOON);
    health.cutOff("mqtt://broker: refused");
    health.heard(feed, NOON, taken());
    expect(health.view(feed, NOON, 0).error).toBe("mqtt://broker: refused");
    health.cutOff(null);
    expect(health.view(feed, NOON, 0).error).toBeNull();
  });

  it("tells the source's own time where the feed's clock is the source", () => {
    const drill = feedRow({ id: "drill", clock: "source" });
    const health = new Health(none, null);
    const y2015 = Date.UTC(2015, 0, 1);
    health.heard(drill, NOON, taken({ newest: y2015 }));
    health.heard(drill, NOON, taken({ newest: y2015 - MINUTE }));
    expect(health.view(drill, NOON, 0).sourceTime).toBe(y2015);
    expect(health.view(feed, NOON, 0).sourceTime).toBeNull();
  });
});
