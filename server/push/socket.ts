/** Who may follow what: the one place that speaks Socket.IO on the server. */
import type {
  IncomingHttpHeaders,
  IncomingMessage,
  Server as HttpServer,
  ServerResponse,
} from "node:http";
import { Server, type Socket } from "socket.io";
import { z } from "zod";
import type { View } from "../../contract/data-scope.ts";
import { asSet } from "../../contract/live.ts";
import { topics as declared, type TopicName } from "../../contract/topic.ts";
import type {
  ClientEvents,
  Delta,
  Follow,
  Followed,
  ServerEvents,
} from "../../contract/wire.ts";
import type { Log } from "../lib/log.ts";
import { createShares, type Shares } from "./shares.ts";
import { roomOf, type Topics } from "./topics.ts";

/** What a connection may see; computed on the server from its session (R6). */
export interface Viewer {
  /** Part of the rooms' names: equal views share a room. */
  view: View;
  /** The session or the wall: ends the socket when it ends. */
  session: string;
  /** The account or the wall: what it follows is bounded, whatever its sessions. */
  account: string;
  /** False for those who may sign in but not watch the city. */
  watches: boolean;
}

/** One screen follows tens of topics; a browser that asks for more is broken or hostile. */
const FOLLOWS_PER_SOCKET = 300;
/** Asks that wait for a slow browser; beyond, it is cut off. */
const ASKS_WAITING = FOLLOWS_PER_SOCKET;
/** Packets waiting for a browser above which it gets no further picture that it asks for. */
const ANSWERS_AT_ONCE = 32;
/** Items in those pictures, likewise: what is unread stays in memory. */
const ITEMS_AT_ONCE = 100_000;
/** ms that one socket is answered in one turn of the loop. */
const TURN = 20;
/** A command hall's screens may share a session; thousands are an attack. */
const SOCKETS_PER_SESSION = 1_000;
/** Packets waiting for a slow browser before it is sent pictures instead of deltas. */
const BACKLOG = 64;
const SWEEP_EVERY = 250;

type Live = Server<ClientEvents, ServerEvents>;
type LiveSocket = Socket<ClientEvents, ServerEvents>;
type Room = ReturnType<Live["in"]>;

export interface Push {
  /** Tells every page that the city's tables are others. */
  cityChanged(): void;
  send: (room: string, delta: Delta) => void;
  /** Ends every socket of a session or a wall, at once. */
  cut(session: string): void;
  /** Open sockets of a session or a wall. */
  sockets(session: string): number;
  clients(): number;
  close(): Promise<void>;
}

export function openPush(
  http: HttpServer,
  ask: {
    /** The viewer behind a handshake, or null: no session or another site's page, no socket. */
    viewer: (headers: IncomingHttpHeaders) => Viewer | null;
    /** Go with every answer, refusals too. */
    headers: Readonly<Record<string, string>>;
    /** False for a connection that is one too many. */
    admits: (request: IncomingMessage) => boolean;
    /** Somebody may not follow a topic: the audit is told. */
    refused: (request: IncomingMessage, topic: string) => void;
    topics: () => Topics;
    log: Log;
  },
): Push {
  const io: Live = new Server(http, {
    path: "/live",
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    transports: ["websocket", "polling"],
    maxHttpBufferSize: 64 * 1024,
    // Same origin only: no CORS headers are ever sent.
    allowRequest: (request, decide) =>
      decide(null, ask.admits(request) && ask.viewer(request.headers) !== null),
  });
  io.engine.use(
    (_request: IncomingMessage, reply: ServerResponse, next: () => void) => {
      for (const [name, value] of Object.entries(ask.headers))
        reply.setHeader(name, value);
      next();
    },
  );
  /**
   * What cannot be sent, as a picture longer than a string can be, costs whoever
   * it was for the socket; unheard, it would end the hub.
   */
  function sending(work: () => void, whose: LiveSocket | Room): void {
    try {
      work();
    } catch (error) {
      ask.log.error({ err: error }, "a picture could not be sent");
      if ("disconnectSockets" in whose) whose.disconnectSockets(true);
      else whose.disconnect(true);
    }
  }
  const lagging = new Map<LiveSocket, Set<string>>();
  const shares = createShares();

  io.on("connection", (socket) => {
    const viewer = ask.viewer(socket.handshake.headers);
    if (!viewer) return void socket.disconnect(true);
    const room = sessionRoom(viewer.session);
    const siblings = io.sockets.adapter.rooms.get(room)?.size ?? 0;
    if (siblings >= SOCKETS_PER_SESSION) return void socket.disconnect(true);
    void socket.join(room);
    const followed = new Map<string, number>();
    const leave = (room: string) => {
      shares.leave(viewer.account, room);
      ask.topics().leave(room);
    };
    const waiting: (() => void)[] = [];
    /** Answers what was asked, as far as the browser reads. */
    let unread = 0;
    let later: NodeJS.Immediate | null = null;
    const answer = () => {
      if (later) return;
      const begun = performance.now();
      while (
        waiting.length > 0 &&
        unread < ITEMS_AT_ONCE &&
        backlogOf(socket) < ANSWERS_AT_ONCE
      ) {
        sending(waiting.shift()!, socket);
        if (performance.now() - begun < TURN) continue;
        // Large pictures one after another must not hold up the others.
        later = setImmediate(() => {
          later = null;
          answer();
        });
        return;
      }
    };
    socket.conn.on("drain", () => {
      unread = 0;
      answer();
    });

    socket.on("follow", (raw: unknown, reply: unknown) => {
      if (typeof reply !== "function") return;
      if (waiting.length >= ASKS_WAITING) return void socket.disconnect(true);
      waiting.push(() => {
        const followedNow = follow(raw, {
          ...{ viewer, followed, shares },
          topics: ask.topics(),
          refused: (topic) => ask.refused(socket.request, topic),
        });
        if ("room" in followedNow) {
          void socket.join(followedNow.room);
          unread += followedNow.snapshot.length;
        }
        (reply as (answer: Followed) => void)(followedNow);
      });
      answer();
    });

    socket.on("unfollow", (raw: unknown) => {
      const room = Unfollow.safeParse(raw).data?.room;
      const times = room === undefined ? undefined : followed.get(room);
      if (room === undefined || times === undefined) return;
      if (times > 1) return void followed.set(room, times - 1);
      followed.delete(room);
      lagging.get(socket)?.delete(room);
      void socket.leave(room);
      leave(room);
    });

    socket.on("disconnect", () => {
      waiting.length = 0;
      lagging.delete(socket);
      for (const room of followed.keys()) leave(room);
      followed.clear();
    });
  });

  // A browser that does not read leaves its rooms until its backlog is gone,
  // then gets one picture per room: memory is bounded, and it sees the latest.
  const sweep = setInterval(() => {
    for (const socket of io.sockets.sockets.values()) {
      const waiting = backlogOf(socket);
      const behind = lagging.get(socket);
      if (!behind && waiting > BACKLOG) {
        const rooms = [...socket.rooms].filter((room) => room.includes("|"));
        for (const room of rooms) void socket.leave(room);
        lagging.set(socket, new Set(rooms));
      } else if (behind && waiting === 0) {
        lagging.delete(socket);
        for (const room of behind) {
          const picture = ask.topics().picture(room);
          if (!picture) continue;
          void socket.join(room);
          sending(() => socket.emit("delta", picture), socket);
        }
      }
    }
  }, SWEEP_EVERY);
  sweep.unref();

  return {
    cityChanged: () => void io.emit("cityChanged"),
    // Socket.IO encodes once for all members of a room.
    send: (room, delta) =>
      sending(() => io.to(room).emit("delta", delta), io.in(room)),
    cut: (session) => void io.in(sessionRoom(session)).disconnectSockets(true),
    sockets: (session) =>
      io.sockets.adapter.rooms.get(sessionRoom(session))?.size ?? 0,
    clients: () => io.engine.clientsCount,
    async close() {
      clearInterval(sweep);
      await io.close();
    },
  };
}

const Follow = z.object({ topic: z.string(), params: z.unknown() });
const Unfollow = z.object({ room: z.string() });

/** Packets that engine.io holds because the browser does not read; its type hides the field. */
function backlogOf(socket: LiveSocket): number {
  return (socket.conn as unknown as { writeBuffer: unknown[] }).writeBuffer
    .length;
}

const asSets = (params: object) =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]: [string, unknown]) => [
      name,
      asSet(value),
    ]),
  );

const sessionRoom = (session: string) => `session ${session}`;

function follow(
  raw: unknown,
  {
    viewer,
    followed,
    shares,
    topics,
    refused,
  }: {
    viewer: Viewer;
    /** Rooms of the socket, and how many times it follows each. */
    followed: Map<string, number>;
    shares: Shares;
    topics: Topics;
    refused: (topic: string) => void;
  },
): Followed {
  const ask = Follow.safeParse(raw);
  if (!ask.success) return { error: "follow: expected {topic, params}" };
  const { topic: name, params } = ask.data;
  if (!Object.hasOwn(declared, name))
    return { error: `topic: there is no topic ${name.slice(0, 80)}` };
  if (!viewer.watches) {
    refused(name);
    return { error: `topic: your roles may not watch ${name}` };
  }
  const checked = declared[name as TopicName].params.safeParse(params ?? {});
  if (!checked.success) {
    const issue = checked.error.issues[0]!;
    return { error: `params/${issue.path.join("/")}: ${issue.message}` };
  }
  let follows = 0;
  for (const times of followed.values()) follows += times;
  if (follows >= FOLLOWS_PER_SOCKET)
    return { error: `follow: at most ${FOLLOWS_PER_SOCKET} at once a socket` };
  const wanted = asSets(checked.data);
  const room = roomOf(name, wanted, viewer.view);
  const error = shares.refusal(viewer.account, room);
  if (error !== null) return { error };
  const joined = topics.join(name, wanted, viewer.view);
  const times = followed.get(joined.room) ?? 0;
  if (times > 0) topics.leave(joined.room);
  else shares.enter(viewer.account, joined.room, joined.snapshot.length);
  followed.set(joined.room, times + 1);
  return joined;
}
