import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MINUTE, SECOND } from "../../contract/time.ts";
import { CallError, type Call } from "../live/call.ts";
import { startPairing } from "./pairing.ts";

/** A hub of pairings: codes in turn, each approved, waiting or run out as the test says. */
let asked: string[];
let codes: number;
let state: "waiting" | "paired" | "expired";
let trouble: CallError | null;
let kept: Map<string, string>;
let screens: string[][];
let pairing: ReturnType<typeof startPairing>;

const call = (async (door: string) => {
  asked.push(door);
  await Promise.resolve();
  if (trouble) throw trouble;
  if (door === "requestPairing")
    return {
      code: `CODE-${++codes}`,
      secret: `secret-of-the-wall-${codes}`,
      until: Date.now() + 5 * MINUTE,
    };
  const told = { state, screens: state === "paired" ? ["hall"] : [] };
  if (state === "expired") state = "waiting";
  return told;
}) as unknown as Call;

const storage = {
  getItem: (name: string) => kept.get(name) ?? null,
  setItem: (name: string, text: string) => void kept.set(name, text),
  removeItem: (name: string) => void kept.delete(name),
} as unknown as Storage;

function start(): void {
  pairing = startPairing({
    ...{ call, kept: storage },
    now: Date.now,
    random: () => 0,
    paired: (told) => void screens.push(told),
  });
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const claims = () => asked.filter((door) => door === "claimPairing").length;

beforeEach(() => {
  vi.useFakeTimers();
  [asked, codes, state, trouble] = [[], 0, "waiting", null];
  kept = new Map();
  screens = [];
});
afterEach(() => {
  pairing.stop();
  vi.useRealTimers();
});

describe("a wall without identity", () => {
  it("shows a code, and asks every two seconds whether it is approved", async () => {
    start();
    await pass(20 * SECOND);
    expect(pairing.shown.value?.code).toBe("CODE-1");
    expect(claims()).toBe(10);
    state = "paired";
    await pass(2 * SECOND);
    expect(screens).toEqual([["hall"]]);
    expect(kept.size).toBe(0);
    await pass(MINUTE);
    expect(claims()).toBe(11);
  });

  it("shows a new code by itself when the old one has run out", async () => {
    start();
    await pass(4 * SECOND);
    state = "expired";
    await pass(3 * SECOND);
    expect(pairing.shown.value?.code).toBe("CODE-2");
    await pass(6 * MINUTE);
    expect(pairing.shown.value?.code).toBe("CODE-3");
  });

  it("keeps its code when the page is loaded anew", async () => {
    start();
    await pass(SECOND);
    pairing.stop();
    start();
    await pass(SECOND);
    expect(pairing.shown.value?.code).toBe("CODE-1");
    expect(codes).toBe(1);
  });

  it("goes on when the hub cannot be reached, ever more slowly, and comes back", async () => {
    start();
    await pass(SECOND);
    trouble = new CallError("the hub cannot be reached", 0, null);
    await pass(10 * MINUTE);
    expect(pairing.trouble.value).toBe("lost");
    expect(claims()).toBeLessThan(30);
    expect(pairing.shown.value?.code).toBe("CODE-1");
    trouble = null;
    await pass(MINUTE);
    expect(pairing.trouble.value).toBeNull();
    expect(pairing.shown.value?.code).toBe("CODE-2");
  });

  it("waits as long as a hub under pressure asks", async () => {
    trouble = new CallError("too many", 429, null, 20 * SECOND);
    start();
    await pass(19 * SECOND);
    expect(asked).toHaveLength(1);
    expect(pairing.trouble.value).toBe("busy");
    trouble = null;
    await pass(2 * SECOND);
    expect(pairing.shown.value?.code).toBe("CODE-1");
  });

  it("takes another secret where the hub will not hear of the old one", async () => {
    start();
    await pass(SECOND);
    trouble = new CallError("body/secret: too short", 422, null);
    await pass(SECOND);
    trouble = null;
    await pass(3 * SECOND);
    expect(pairing.shown.value?.code).toBe("CODE-2");
  });
});
