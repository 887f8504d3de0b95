import { beforeEach, describe, expect, it } from "vitest";
import { MINUTE, SECOND } from "../../contract/time.ts";
import { createIdle, type Idle } from "./idle.ts";

let now: number;
let locked: boolean;
let stays: number[];
let looks: number[];
let idle: Idle;

beforeEach(() => {
  [now, locked, stays, looks] = [0, false, [], []];
  idle = createIdle({
    now: () => now,
    idleAfter: () => 15 * MINUTE,
    locked: () => locked,
    stay: () => void stays.push(now),
    look: () => void looks.push(now),
  });
});

/** Lets time pass in seconds; `hands` moves one in each of them. */
function pass(span: number, hands = false): void {
  for (const until = now + span; now < until;) {
    now += SECOND;
    if (hands) idle.hand();
    idle.tick();
  }
}

describe("a desk", () => {
  it("tells the hub of moving hands once a minute, and never asks about the lock", () => {
    pass(20 * MINUTE, true);
    expect(stays).toHaveLength(20);
    expect(looks).toEqual([]);
  });

  it("tells of the last hand of a minute too, so that it does not lock too soon", () => {
    pass(MINUTE, true);
    pass(10 * SECOND, true);
    pass(5 * MINUTE);
    expect(stays).toEqual([MINUTE, 2 * MINUTE]);
  });

  it("that nobody touches tells nothing, and asks the hub when its time is over", () => {
    pass(15 * MINUTE);
    expect(looks).toEqual([]);
    pass(SECOND);
    expect(stays).toEqual([]);
    expect(looks).toEqual([15 * MINUTE + SECOND]);
  });

  it("that was kept open elsewhere asks again, but not every second", () => {
    pass(16 * MINUTE);
    expect(looks).toHaveLength(4);
  });

  it("that is locked says nothing of hands, and notices an unlocking elsewhere", () => {
    locked = true;
    pass(MINUTE, true);
    expect(stays).toEqual([]);
    expect(looks).toHaveLength(4);
  });

  it("with a short span tells more often than that span", () => {
    idle = createIdle({
      now: () => now,
      idleAfter: () => 30 * SECOND,
      locked: () => false,
      stay: () => void stays.push(now),
      look: () => void looks.push(now),
    });
    pass(2 * MINUTE, true);
    expect(looks).toEqual([]);
    expect(stays.length).toBeGreaterThanOrEqual(6);
  });
});
