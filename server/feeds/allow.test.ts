import { expect, it } from "vitest";
import { allowing } from "./allow.ts";

it("lets everybody in where no network is named", () => {
  expect(allowing([])("192.0.2.1")).toBe(true);
});

it.each([
  ["10.1.0.0/16", "10.1.255.255", true],
  ["10.1.0.0/16", "10.2.0.0", false],
  ["10.1.0.0/16", "::ffff:10.1.0.9", true],
  ["10.1.0.0/16", "::ffff:a02:9", false],
  ["192.0.2.7", "192.0.2.7", true],
  ["192.0.2.7", "192.0.2.8", false],
  ["0.0.0.0/0", "192.0.2.8", true],
  ["0.0.0.0/0", "2001:db8::1", false],
  ["fd00::/8", "fdff::1", true],
  ["fd00::/8", "fe00::1", false],
  ["fe80::/10", "fe80::1%eth0", true],
  ["::/0", "2001:db8::1", true],
  ["::1", "::1", true],
  ["::1", "", false],
  ["0.0.0.0/0", "unknown", false],
])("of %s is %s: %s", (network, address, isIn) => {
  expect(allowing([network])(address)).toBe(isIn);
});
