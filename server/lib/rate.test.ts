import { expect, it } from "vitest";
import { plainAddress } from "./address.ts";
import { createManualClock } from "./clock.ts";
import { addressKey, createRate } from "./rate.ts";

const MINUTE = 60_000;

it("lets a burst pass, then as many a minute as it may, and says how long to wait", () => {
  const clock = createManualClock(0);
  const rate = createRate({ perMinute: 60, burst: 3, most: 10, clock });
  const take = () => rate.take("gate");
  expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 1_000]);
  // What was refused cost nothing.
  clock.advance(400);
  expect(take()).toBe(600);
  clock.advance(600);
  expect([take(), take()]).toEqual([0, 1_000]);
  clock.advance(60 * MINUTE);
  expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 1_000]);
});

it("never lets one key's tries stop another's", () => {
  const clock = createManualClock(0);
  const rate = createRate({ perMinute: 1, burst: 1, most: 10, clock });
  expect(rate.take("a")).toBe(0);
  expect(rate.take("a")).toBe(MINUTE);
  expect(rate.take("b")).toBe(0);
});

it("remembers no more keys than it may, and forgets who was not heard of for longest", () => {
  const clock = createManualClock(0);
  const rate = createRate({ perMinute: 1, burst: 1, most: 2, clock });
  for (const key of ["a", "b", "a", "c"]) rate.take(key);
  expect(rate.take("a")).toBeGreaterThan(0);
  expect(rate.take("b")).toBe(0);
});

it("is patient with a clock that goes back", () => {
  const clock = createManualClock(MINUTE);
  const rate = createRate({ perMinute: 1, burst: 1, most: 2, clock });
  rate.take("a");
  clock.set(0);
  expect(rate.take("a")).toBe(MINUTE);
});

it.each([
  ["10.1.2.3", "10.1.2.3"],
  ["::ffff:10.1.2.3", "10.1.2.3"],
  ["::FFFF:a01:203", "10.1.2.3"],
  ["0:0:0:0:0:ffff:10.1.2.3", "10.1.2.3"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002::9", "2001:db8:1:2::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["", ""],
  ["unknown", "unknown"],
])("has %s share what is counted with all of %s", (address, key) => {
  expect(addressKey(address)).toBe(key);
});

it("keeps no text of a sender's making without a bound", () => {
  expect(addressKey("x".repeat(10_000))).toHaveLength(64);
  expect(plainAddress("::ffff:1:2:3")).toBe("::ffff:1:2:3");
});
