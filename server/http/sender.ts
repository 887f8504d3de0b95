import type { IncomingMessage } from "node:http";
import { plainAddress } from "../lib/address.ts";

/** Longest text of a header that is no address and is kept all the same. */
const LONGEST = 64;

/** Where a request comes from: the last hop that a trusted proxy names, else the socket's other end. */
export function senderOf(
  { headers, socket }: IncomingMessage,
  trustProxy: boolean,
): string {
  const hops = trustProxy ? headers["x-forwarded-for"] : undefined;
  const last = hops?.toString().split(",").at(-1)?.trim();
  return plainAddress(last || (socket.remoteAddress ?? "")).slice(0, LONGEST);
}
