/** How many connections the server holds: browsers, walls' sockets and senders together. */
import type { IncomingMessage, Server } from "node:http";
import { Server as TlsServer } from "node:tls";
import type { Socket } from "node:net";
import { HttpProblem } from "./problem.ts";

/** Connections above the bound that are still told why they are refused; beyond, they are cut. */
const TOLD = 64;

/** Did the request come by a connection within the bound? */
export type Admits = (request: IncomingMessage) => boolean;

export function boundConnections(server: Server, most: number): Admits {
  const held = new Set<Socket>();
  server.maxConnections = most + TOLD;
  const opened =
    server instanceof TlsServer ? "secureConnection" : "connection";
  server.on(opened, (socket: Socket) => {
    if (held.size >= most) return;
    held.add(socket);
    socket.once("close", () => held.delete(socket));
  });
  return ({ socket }) => held.has(socket);
}

export const fullHouse = () =>
  new HttpProblem(
    503,
    "the hub has as many connections as it may (MAX_CONNECTIONS)",
    { headers: { "retry-after": "5", connection: "close" } },
  );
