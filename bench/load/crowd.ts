/**
 * Many browsers as bare sockets: each speaks just enough Engine.IO and
 * Socket.IO to follow rooms and count what it is told. Drives our hub and the
 * bare Socket.IO floor alike.
 */
import { WebSocket } from "ws";
import { answer } from "../../test/kit/program.ts";
import { machineTime, watchOwnDelay } from "../measure.ts";

export interface Crowd {
  /** `ws://127.0.0.1:port` */
  url: string;
  /** Sessions that the clients share out: none may have more than a thousand sockets. */
  cookies: readonly string[];
  count: number;
  follow: { topic: string; params: unknown }[];
  /** So many of them, evenly spread, read what they get; the others only count. */
  readers: number;
}

export interface Heard {
  /** Messages with news, all clients together. */
  messages: number;
  bytes: number;
  /** ms from the moment in an item's value to its arrival here. */
  ages: number[];
  /** p99 of how late this process's own timers were, ms. */
  ownDelay: number;
  closed: number;
}

/** Deltas of a sensors room whose values are the sender's `machineTime`. */
interface Told {
  upsert: { values: { value: number | null }[] }[];
}

const ENGINE = { ping: "2", pong: "3", handshake: "0" };
const CONNECTED = "40";
const NEWS = '42["delta",';
const ACK = "43";

let clients: WebSocket[] = [];
const heard: Omit<Heard, "ownDelay"> = {
  messages: 0,
  bytes: 0,
  ages: [],
  closed: 0,
};
let ownDelay = watchOwnDelay();

const commands = {
  /** Opens all, 50 at a time; resolves when every follow was answered. */
  async open(crowd: Crowd): Promise<void> {
    const spread = Math.max(1, Math.floor(crowd.count / crowd.readers));
    for (let from = 0; from < crowd.count; from += 50) {
      const some = Math.min(50, crowd.count - from);
      clients.push(
        ...(await Promise.all(
          Array.from({ length: some }, (_, i) =>
            openClient(
              crowd,
              crowd.cookies[(from + i) % crowd.cookies.length]!,
              crowd.readers > 0 && (from + i) % spread === 0,
            ),
          ),
        )),
      );
    }
  },
  /** What was heard since the last call. */
  take(): Heard {
    const taken = { ...heard, ownDelay: ownDelay() };
    Object.assign(heard, { messages: 0, bytes: 0, ages: [] });
    ownDelay = watchOwnDelay();
    return taken;
  },
  close(): void {
    for (const client of clients) client.terminate();
    clients = [];
  },
};
export type CrowdProgram = typeof commands;

function openClient(
  crowd: Crowd,
  cookie: string,
  reads: boolean,
): Promise<WebSocket> {
  const socket = new WebSocket(`${crowd.url}/live/?EIO=4&transport=websocket`, {
    headers: { cookie },
    perMessageDeflate: false,
  });
  let unanswered = crowd.follow.length;
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("close", () => heard.closed++);
    socket.on("message", (data: Buffer) => {
      const text = data.toString("latin1", 0, 11);
      if (text === NEWS) {
        heard.messages++;
        heard.bytes += data.length;
        if (reads) read(data);
      } else if (text === ENGINE.ping) socket.send(ENGINE.pong);
      else if (text.startsWith(ENGINE.handshake)) socket.send(CONNECTED);
      else if (text.startsWith(CONNECTED))
        crowd.follow.forEach((follow, i) =>
          socket.send(`42${i}${JSON.stringify(["follow", follow])}`),
        );
      else if (text.startsWith(ACK) && --unanswered === 0) {
        if (data.toString().includes('"error"')) reject(new Error(text));
        resolve(socket);
      }
    });
  });
}

function read(data: Buffer): void {
  const now = machineTime();
  const [, delta] = JSON.parse(data.toString("utf8", 2)) as [string, Told];
  for (const { values } of delta.upsert)
    for (const { value } of values)
      if (value !== null) heard.ages.push(now - value);
}

answer(commands);
