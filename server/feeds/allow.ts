/** From where a feed may come. */
import { BlockList, isIP, isIPv6 } from "node:net";
import { plainAddress } from "../lib/address.ts";

const kindOf = (address: string) => (isIPv6(address) ? "ipv6" : "ipv4");

/** Is it a network's address, or an address, as it should be? Its length was judged before. */
export const isNetwork = (network: string): boolean =>
  isIP(network.split("/", 1)[0]!) !== 0;

/** @param networks CIDR; none = from everywhere */
export function allowing(
  networks: readonly string[],
): (address: string) => boolean {
  if (networks.length === 0) return () => true;
  const list = new BlockList();
  for (const network of networks) {
    const [address, bits] = network.split("/", 2) as [string, string?];
    const kind = kindOf(address);
    if (bits === undefined) list.addAddress(address, kind);
    else list.addSubnet(address, Number(bits), kind);
  }
  return (given) => {
    const address = plainAddress(given);
    return isIP(address) !== 0 && list.check(address, kindOf(address));
  };
}
