/** The floor below P4's floor: bare ws, one ready frame to every client. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { answer } from "../../test/kit/program.ts";

const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });

let timer: NodeJS.Timeout | undefined;

const commands = {
  async start(): Promise<number> {
    if (!server.address()) await once(server, "listening");
    server.on("connection", (socket) => {
      // Just enough Socket.IO that the same crowd can follow.
      socket.send('0{"sid":"floor"}');
      socket.on("message", (data: Buffer) => {
        const text = data.toString();
        if (text === "40") socket.send('40{"sid":"floor"}');
        const call = /^42(\d+)/.exec(text);
        if (call) socket.send(`43${call[1]}[{}]`);
      });
    });
    return (server.address() as AddressInfo).port;
  },
  /** Sends `delta` to every client, `rate` times a second. */
  broadcast(ask: { delta: unknown; rate: number }): void {
    clearInterval(timer);
    const started = performance.now();
    let sent = 0;
    timer = setInterval(() => {
      const due = ((performance.now() - started) / 1000) * ask.rate;
      sent = Math.max(sent, Math.floor(due) - 1);
      for (; sent < due; sent++) {
        const frame = `42${JSON.stringify(["delta", ask.delta])}`;
        for (const client of server.clients) client.send(frame);
      }
    }, 5);
  },
  pause(): void {
    clearInterval(timer);
  },
};
export type WsBroadcast = typeof commands;

answer(commands);
