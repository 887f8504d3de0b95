/** How many connections the server holds: browsers, walls' sockets and senders together. */
import { say } from "../../contract/sentence.ts";
import type { IncomingMessage, Server } from "node:http";
import { Server as TlsServer } from "node:tls";
import type { Socket } from "node:net";
import { addressKey } from "../lib/rate.ts";
import { HttpProblem } from "./problem.ts";

/** Connections above the bound that are still told why they are refused; beyond, they are cut. */
const TOLD = 64;

/** Did the request come by a connection within the bounds? */
export type Admits = (request: IncomingMessage) => boolean;

/** @param perAddress of one sender's address, so that none keeps the others out */
export function boundConnections(
  server: Server,
  { most, perAddress }: { most: number; perAddress: number },
): Admits {
  const held = new Set<Socket>();
  const open = new Map<string, number>();
  server.maxConnections = most + TOLD;
  // Before TLS has greeted: who never finishes holds a connection too.
  server.on("connection", (socket: Socket) => {
    const from = keyOf(socket);
    const count = (open.get(from) ?? 0) + 1;
    open.set(from, count);
    socket.once("close", () => {
      const left = open.get(from)! - 1;
      if (left > 0) open.set(from, left);
      else open.delete(from);
    });
    if (count > perAddress + TOLD) socket.destroy();
  });
  const opened =
    server instanceof TlsServer ? "secureConnection" : "connection";
  server.on(opened, (socket: Socket) => {
    if (socket.destroyed) return;
    if (held.size >= most || (open.get(keyOf(socket)) ?? 0) > perAddress)
      return;
    held.add(socket);
    socket.once("close", () => held.delete(socket));
  });
  return ({ socket }) => held.has(socket);
}

const keyOf = ({ remoteAddress }: Socket) => addressKey(remoteAddress ?? "");

export const fullHouse = () =>
  new HttpProblem(503, say("hubFull"), {
    headers: { "retry-after": "5", connection: "close" },
  });
