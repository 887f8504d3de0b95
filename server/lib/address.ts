import { isIPv6 } from "node:net";

/** Of eight: an IPv4 address in an IPv6 one begins with five of nothing and this. */
const MAPPED = 0xffff;

/** An address without its zone; an IPv4 one written as IPv6 is an IPv4 one. What is no address stays. */
export function plainAddress(address: string): string {
  const plain = address.split("%", 1)[0]!;
  if (!isIPv6(plain)) return plain;
  const groups = groupsOf(plain);
  if (groups[5] !== MAPPED || groups.slice(0, 5).some((group) => group !== 0))
    return plain;
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join(".");
}

/** The eight numbers of an IPv6 address. */
export function groupsOf(address: string): number[] {
  const [head, tail] = address.split("::").map(numbersOf);
  if (!tail) return head!;
  const between = 8 - head!.length - tail.length;
  return [...head!, ...Array<number>(between).fill(0), ...tail];
}

/** Of a run of groups; the last may be an IPv4 address. */
function numbersOf(run: string): number[] {
  if (run === "") return [];
  return run.split(":").flatMap((group) => {
    if (!group.includes(".")) return parseInt(group, 16);
    const [a, b, c, d] = group.split(".").map(Number);
    return [(a! << 8) | b!, (c! << 8) | d!];
  });
}
