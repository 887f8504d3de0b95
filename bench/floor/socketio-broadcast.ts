/** Floor of P4: Socket.IO broadcasting one ready object to its rooms, and nothing else. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { answer } from "../../test/kit/program.ts";

const http = createServer();
const io = new Server(http, {
  path: "/live",
  serveClient: false,
  perMessageDeflate: false,
  transports: ["websocket"],
});
io.on("connection", (socket) => {
  socket.on("follow", (ask: { topic: string }, reply: (a: object) => void) => {
    void socket.join(ask.topic);
    reply({ room: ask.topic });
  });
});

let timer: NodeJS.Timeout | undefined;

const commands = {
  async start(): Promise<number> {
    http.listen(0, "127.0.0.1");
    await once(http, "listening");
    return (http.address() as AddressInfo).port;
  },
  /** Sends `delta` to every room, `rate` times a second each, the rooms in turn. */
  broadcast(ask: { rooms: string[]; delta: unknown; rate: number }): void {
    clearInterval(timer);
    const started = performance.now();
    let sent = 0;
    timer = setInterval(() => {
      const due =
        ((performance.now() - started) / 1000) * ask.rate * ask.rooms.length;
      // A server that cannot keep up skips: a backlog would measure its memory.
      sent = Math.max(sent, Math.floor(due) - ask.rooms.length);
      for (; sent < due; sent++)
        io.to(ask.rooms[sent % ask.rooms.length]!).emit("delta", ask.delta);
    }, 5);
  },
  pause(): void {
    clearInterval(timer);
  },
};
export type SocketIoBroadcast = typeof commands;

answer(commands);
