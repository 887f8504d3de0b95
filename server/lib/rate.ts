/** How often something may be tried, told apart by a key. */
import { isIPv6 } from "node:net";
import { groupsOf, plainAddress } from "./address.ts";
import type { Clock } from "./clock.ts";

export interface Rate {
  /** One try. @returns 0 = go on, else ms until the next may; what is refused costs nothing */
  take(key: string): number;
}

const MINUTE = 60_000;

/**
 * Token buckets: `burst` tries at once, `perMinute` in the long run.
 * @param ask.most keys remembered; beyond, the one not heard of for longest is
 * forgotten, and begins anew
 */
export function createRate(ask: {
  perMinute: number;
  burst: number;
  most: number;
  clock: Clock;
}): Rate {
  const { perMinute, burst, most, clock } = ask;
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(key) {
      const at = clock.now();
      const known = buckets.get(key) ?? { tokens: burst, at };
      const gained = (Math.max(0, at - known.at) / MINUTE) * perMinute;
      const tokens = Math.min(burst, known.tokens + gained);
      const goesOn = tokens >= 1;
      // Last in the order of the map: heard of just now.
      buckets.delete(key);
      buckets.set(key, { tokens: goesOn ? tokens - 1 : tokens, at });
      if (buckets.size > most) buckets.delete(buckets.keys().next().value!);
      return goesOn ? 0 : Math.ceil(((1 - tokens) / perMinute) * MINUTE);
    },
  };
}

/** Longest text that is no address and still a key. */
const LONGEST = 64;

/** Who is behind an address: one has a whole /64 of IPv6, so that all of it is one key. */
export function addressKey(address: string): string {
  const plain = plainAddress(address);
  if (!isIPv6(plain)) return plain.slice(0, LONGEST);
  const network = groupsOf(plain).slice(0, 4);
  return `${network.map((group) => group.toString(16)).join(":")}::/64`;
}
