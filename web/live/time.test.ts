import { describe, expect, it } from "vitest";
import { createClock } from "./clock.ts";
import { createFrames } from "./frames.ts";
import { heldIn } from "./session.ts";

describe("the hub's clock", () => {
  it("is this machine's until the hub speaks, then the hub's", () => {
    const clock = createClock(() => 500);
    expect(clock.now()).toBe(500);
    clock.heard(90_000);
    expect(clock.now()).toBe(90_000);
  });

  it("believes the message that travelled fastest", () => {
    let machine = 0;
    const clock = createClock(() => machine);
    clock.heard(10_000 - 400);
    clock.heard(10_000 - 5);
    machine = 100;
    clock.heard(10_100 - 300);
    expect(Math.abs(clock.now() - 10_100)).toBeLessThan(30);
  });

  it("follows at once when the machine slept or its clock was set", () => {
    let machine = 0;
    const clock = createClock(() => machine);
    clock.heard(10_000);
    machine = 60_000;
    clock.heard(12_000);
    expect(clock.now()).toBe(12_000);
  });
});

describe("painting", () => {
  it("tells a room once per frame, however often it changed", () => {
    let paint = () => {};
    const frames = createFrames((next) => (paint = next));
    let painted = 0;
    const change = () => painted++;
    frames.add(change);
    frames.add(change);
    paint();
    expect(painted).toBe(1);
    frames.add(change);
    paint();
    expect(painted).toBe(2);
  });
});

describe("a sign-in link", () => {
  it("carries its token behind the hash", () => {
    expect(heldIn("#token=abc", "token")).toBe("abc");
    expect(heldIn("#section-2", "token")).toBeNull();
    expect(heldIn("", "token")).toBeNull();
  });
});
