/**
 * Where a URL that a stranger gave may lead. Whoever opens it does so from
 * inside the city's network: it must not reach this machine, a link's
 * neighbours or a cloud's metadata. Names are judged as they are written;
 * whoever connects by one judges what a name server says (outbound-lookup.ts).
 */
import { BlockList, isIP } from "node:net";

/** Networks and hosts that may be reached although they would be refused. */
export interface Allowed {
  hosts: ReadonlySet<string>;
  networks: BlockList;
}

/** IPv4 and what lies in it, refused. 10/8, 172.16/12 and 192.168/16 are not: camera networks are private. */
const REFUSED: readonly [network: string, bits: number, what: string][] = [
  ["0.0.0.0", 8, "no address"],
  ["127.0.0.0", 8, "this machine itself"],
  ["169.254.0.0", 16, "a link-local address"],
  ["100.100.100.200", 32, "a metadata address"],
  ["192.0.0.192", 32, "a metadata address"],
  ["224.0.0.0", 4, "a multicast address"],
  ["240.0.0.0", 4, "no address of a host"],
  ["::", 128, "no address"],
  ["::1", 128, "this machine itself"],
  ["fe80::", 10, "a link-local address"],
  ["fec0::", 10, "a site-local address"],
  // It holds an address too, but written backwards, and nobody serves by it.
  ["2001::", 32, "a Teredo address"],
  ["fd00:ec2::254", 128, "a metadata address"],
  ["fd20:ce::254", 128, "a metadata address"],
  ["ff00::", 8, "a multicast address"],
];
/** IPv6 networks that hold an IPv4 address, and the word that it begins at. */
const HOLDERS: readonly [network: string, bits: number, word: number][] = [
  ["::", 96, 6],
  ["::ffff:0:0", 96, 6],
  ["::ffff:0:0:0", 96, 6],
  ["64:ff9b::", 96, 6],
  ["64:ff9b:1::", 96, 6],
  ["2002::", 16, 1],
];
const NAMES =
  /^(?:(?:.+\.)?(?:localhost|localdomain)|ip6-(?:localhost|loopback)|metadata|instance-data|(?:.+\.)?metadata\.(?:google\.internal|goog|tencentyun\.com))$/;

const kindOf = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");

function network(address: string, bits: number): BlockList {
  const list = new BlockList();
  list.addSubnet(address, bits, kindOf(address));
  return list;
}
const refused = REFUSED.map(([address, bits, what]) => ({
  list: network(address, bits),
  what,
}));
const holders = HOLDERS.map(([address, bits, word]) => ({
  list: network(address, bits),
  word,
}));

/** Hosts and networks, separated by commas: `cams.example,169.254.7.0/24`. @throws a sentence */
export function readAllowed(text: string): Allowed {
  const hosts = new Set<string>();
  const networks = new BlockList();
  for (const part of text.split(",").map((each) => each.trim())) {
    if (part === "") continue;
    const [address = "", bits, ...more] = part.split("/");
    const family = isIP(address);
    if (family === 0 && bits === undefined && /^[\w.-]+$/.test(address))
      hosts.add(address.toLowerCase().replace(/\.$/, ""));
    else {
      const most = family === 6 ? 128 : 32;
      const length = bits === undefined ? most : Number(bits);
      const isLength =
        Number.isInteger(length) && length >= 0 && length <= most;
      if (family === 0 || bits === "" || !isLength || more.length > 0)
        throw new Error(
          `${part} is neither a host nor a network like 10.1.0.0/16`,
        );
      networks.addSubnet(address, length, kindOf(address));
    }
  }
  return { hosts, networks };
}

export const NONE_ALLOWED: Allowed = readAllowed("");

/**
 * Blanks, signs of control and slashes that lean back: browsers mend them,
 * other players take what follows for the host.
 */
const MENDED = /[\s\\\p{Cc}]/u;
const AMBIGUOUS = "the address is written so that not all read it alike";

/** Why a URL may not be given to anybody to open, as a sentence, or null. */
export function judgeUrl(url: string, allowed: Allowed): string | null {
  if (!URL.canParse(url)) return "the address is not a whole URL";
  const { protocol, username, password, hostname } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:")
    return `${protocol} is neither http: nor https:`;
  if (!/^https?:\/\/[^/?#]/i.test(url) || MENDED.test(url)) return AMBIGUOUS;
  if (username !== "" || password !== "")
    return "the address holds credentials";
  // The parser has made one form of all that an address may be written in.
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (allowed.hosts.has(host)) return null;
  if (isIP(host) === 0)
    return NAMES.test(host) ? `${host} is this machine or its metadata` : null;
  return judgeAddress(host, allowed);
}

/** Why an IP address may not be connected to, as a sentence, or null. */
export function judgeAddress(host: string, allowed: Allowed): string | null {
  const address = innermost(host);
  const isAllowed = [host, address].some((each) =>
    allowed.networks.check(each, kindOf(each)),
  );
  if (isAllowed) return null;
  const found = refused.find(({ list }) =>
    list.check(address, kindOf(address)),
  );
  return found ? `${host} is ${found.what}` : null;
}

/** As `judgeUrl`; a path on this hub's host may be given too, if it is none of its doors. */
export function judgeUrlOrPath(url: string, allowed: Allowed): string | null {
  if (!url.startsWith("/")) return judgeUrl(url, allowed);
  const here = "http://here.invalid";
  if (!URL.canParse(url, here)) return "the address is no path";
  const { origin, pathname } = new URL(url, here);
  // Two slashes, or one that leans back, begin a host; so they do once the dots are gone.
  if (origin !== here || pathname.startsWith("//"))
    return "a path begins with one slash";
  if (MENDED.test(url)) return AMBIGUOUS;
  return /^\/(?:api|ingest|live)(?:\/|$)/i.test(pathname)
    ? "the path is one of this hub's own doors"
    : null;
}

/** The IPv4 address that an IPv6 one holds, or the address itself. */
function innermost(host: string): string {
  if (isIP(host) !== 6 || host === "::" || host === "::1") return host;
  const holder = holders.find(({ list }) => list.check(host, "ipv6"));
  if (!holder) return host;
  const [high = 0, low = 0] = wordsOf(host).slice(holder.word);
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** The eight words of an IPv6 address as the parser writes it. */
function wordsOf(host: string): number[] {
  const [head = "", tail] = host.split("::");
  const read = (part = "") =>
    part === "" ? [] : part.split(":").map((word) => parseInt(word, 16));
  const [first, last] = [read(head), read(tail)];
  const gap = Array<number>(8 - first.length - last.length).fill(0);
  return [...first, ...gap, ...last];
}
