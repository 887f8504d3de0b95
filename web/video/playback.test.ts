import { describe, expect, it } from "vitest";
import {
  FROZEN_AFTER,
  GIVE_UP_AFTER,
  LONGEST_RETRY,
  nextPlayback,
  OPEN_WITHIN,
  openPlayback,
  retryDelay,
  type Playback,
  type Signal,
} from "./playback.ts";
import { playableUrl } from "./source.ts";
import { sentenceOf } from "./words.ts";

/** What a pane is after signals at their times, ms. */
function after(...told: [at: number, signal: Signal][]): Playback {
  return told.reduce<Playback>(
    (state, [at, signal]) => nextPlayback(state, signal, at, 0.5),
    openPlayback(0),
  );
}
const advanced: Signal = { type: "advanced" };
const tick: Signal = { type: "tick" };
const failed: Signal = { type: "failed", trouble: "network" };

describe("a pane of video", () => {
  it("plays from its first picture on", () => {
    expect(after([800, advanced]).phase).toBe("playing");
  });

  it("says that the picture is frozen when it stands still", () => {
    const state = after([800, advanced], [800 + FROZEN_AFTER, tick]);
    expect(state).toMatchObject({ phase: "frozen", since: 800 });
    expect(sentenceOf(state, 12_800)?.zh).toBe("画面冻结 12 秒");
  });

  it("plays on when a frozen picture moves again", () => {
    const state = after([800, advanced], [5_000, tick], [6_000, advanced]);
    expect(state.phase).toBe("playing");
  });

  it("gives a frozen stream up and tries anew", () => {
    const state = after(
      [800, advanced],
      [5_000, tick],
      [800 + GIVE_UP_AFTER, tick],
      [800 + GIVE_UP_AFTER + 1_000, tick],
    );
    expect(state).toMatchObject({ phase: "opening", attempt: 2 });
  });

  it("does not wait for ever for a first picture", () => {
    expect(after([OPEN_WITHIN, tick])).toMatchObject({
      phase: "waiting",
      trouble: "stalled",
    });
  });

  it("waits before it tries again, and says how long", () => {
    const state = after([100, failed]);
    expect(state).toMatchObject({ phase: "waiting", retryAt: 1_100 });
    expect(sentenceOf(state, 100)?.zh).toBe("网络中断，1 秒后重试");
    expect(nextPlayback(state, tick, 1_099, 0.5)).toBe(state);
    expect(nextPlayback(state, tick, 1_100, 0.5).phase).toBe("opening");
  });

  it("counts a late failure of the same attempt once", () => {
    const state = after([100, failed]);
    expect(nextPlayback(state, failed, 200, 0.5)).toBe(state);
  });

  it("forgives old troubles after a good minute", () => {
    const state = after(
      [100, failed],
      [1_200, tick],
      [1_500, advanced],
      [62_000, advanced],
    );
    expect(state).toMatchObject({ phase: "playing", attempt: 1 });
  });

  it("stays closed whatever is told to it afterwards", () => {
    const closed = after([0, { type: "close" }]);
    for (const signal of [advanced, tick, failed])
      expect(nextPlayback(closed, signal, 9, 0.5)).toBe(closed);
  });
});

it("doubles the wait up to half a minute, never two panes at one instant", () => {
  expect([1, 2, 3, 4].map((n) => retryDelay(n, 0.5))).toEqual([
    1_000, 2_000, 4_000, 8_000,
  ]);
  expect(retryDelay(60, 0.5)).toBe(LONGEST_RETRY);
  expect(retryDelay(3, 0)).toBeLessThan(retryDelay(3, 1));
});

it("opens no address but http and https, whatever a camera record says", () => {
  const page = "https://wall.example/wall/overview";
  expect(playableUrl("/clip/sample.mp4", page)).toBe(
    "https://wall.example/clip/sample.mp4",
  );
  for (const hostile of [
    "javascript:alert(1)",
    "data:text/html,x",
    "blob:https://wall.example/1",
    "file:///etc/passwd",
    "http://[",
  ])
    expect(playableUrl(hostile, page)).toBeNull();
});
