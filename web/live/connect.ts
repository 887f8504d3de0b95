/** The connection to the hub: the one place of the browser that speaks Socket.IO. */
import { io, type Socket } from "socket.io-client";
import { ref } from "vue";
import type { TopicName } from "../../contract/topic.ts";
import type {
  ClientEvents,
  Delta,
  Followed,
  ServerEvents,
} from "../../contract/wire.ts";
import { CallError, createCall, type Hear } from "./call.ts";
import { createClock } from "./clock.ts";
import { createFrames, type Frames } from "./frames.ts";
import { normalParams, roomKey } from "./params.ts";
import { createRoom, type Room } from "./room.ts";
import type { Item, Link, LiveSource, Params } from "./source.ts";

export type LiveSocket = Socket<ServerEvents, ClientEvents>;

interface Followship {
  topic: TopicName;
  params: Record<string, unknown>;
  room: Room;
  holders: number;
  /** Follow requests sent; only the newest answer counts. */
  asked: number;
}

/** Reconnects for ever, at spread times: a hall of walls must not return in one blow. */
function connectHub(): LiveSocket {
  return io({
    path: "/live",
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    autoConnect: false,
    reconnectionDelay: 400,
    reconnectionDelayMax: 5_000,
    randomizationFactor: 0.5,
  });
}

export type HubSource = LiveSource & { connect(): void; close(): void };

/**
 * Opens the hub as a live source; connects when it is told to or the first topic is followed.
 * `hear` is told of every door's answer.
 */
export function openHub(
  hear: Hear = () => {},
  socket: LiveSocket = connectHub(),
  frames: Frames = createFrames(),
): HubSource {
  const clock = createClock();
  const link = ref<Link>("closed");
  const call = createCall(hear, async (input, init) => {
    const reply = await fetch(input, init);
    // Whole seconds: good enough only where no socket tells the time.
    const date = Date.parse(reply.headers.get("date") ?? "");
    if (link.value !== "open" && !Number.isNaN(date)) clock.heard(date);
    return reply;
  });
  const openings = ref(0);
  const cityChanges = ref(0);
  const followships = new Map<string, Followship>();
  const byRoom = new Map<string, Followship>();

  function follow(one: Followship): void {
    const old = one.room.name();
    one.room.lose();
    if (old !== null) {
      byRoom.delete(old);
      socket.emit("unfollow", { room: old });
    }
    const turn = ++one.asked;
    // No promise: a delta may lie in the same packet, right behind the answer.
    socket.emit(
      "follow",
      { topic: one.topic, params: one.params },
      (answer: Followed) => {
        const wanted = turn === one.asked && one.holders > 0;
        if (!wanted && "room" in answer && !byRoom.has(answer.room))
          socket.emit("unfollow", { room: answer.room });
        if (!wanted) return;
        if ("room" in answer) {
          clock.heard(answer.now);
          byRoom.set(answer.room, one);
        }
        one.room.answer(answer);
      },
    );
  }

  socket.on("connect", () => {
    link.value = "open";
    openings.value++;
    for (const one of followships.values()) follow(one);
  });
  socket.on("disconnect", (reason) => {
    link.value = "broken";
    byRoom.clear();
    for (const one of followships.values()) {
      one.asked++;
      one.room.lose();
    }
    // The hub ends a socket when its session ends, and Socket.IO then stays away.
    if (reason === "io server disconnect") socket.connect();
  });
  socket.on("connect_error", () => {
    if (link.value === "open") link.value = "broken";
    // A refused handshake looks like a network error; the door tells which it is.
    void call("whoAmI").then(
      ({ stage, permissions }) => {
        // Some administrators may not watch, others are not in yet: they get
        // none, however often asked. Who comes in connects anew.
        const isIn = stage === "locked" || permissions.includes("watch");
        if (!isIn) socket.disconnect();
      },
      (cause: unknown) => {
        if (!(cause instanceof CallError) || cause.status !== 401) return;
        // Whoever is let in again connects anew.
        socket.disconnect();
      },
    );
  });
  socket.on("cityChanged", () => void cityChanges.value++);
  socket.on("delta", (delta: Delta) => {
    clock.heard(delta.now);
    const one = byRoom.get(delta.room);
    if (one && !one.room.hear(delta)) follow(one);
  });

  function connect(): void {
    if (!socket.active) socket.connect();
  }

  function release(name: string, one: Followship): void {
    if (--one.holders > 0) return;
    followships.delete(name);
    const room = one.room.name();
    if (room === null) return;
    byRoom.delete(room);
    socket.emit("unfollow", { room });
  }

  return {
    call,
    link,
    openings,
    cityChanges,
    now: clock.now,
    hold<N extends TopicName>(topic: N, asked: Params<N>) {
      const params = normalParams(topic, asked);
      const name = roomKey(topic, params);
      let one = followships.get(name);
      if (!one) {
        const room: Room = createRoom(() => frames.add(room.apply));
        one = { topic, params, room, holders: 0, asked: 0 };
        followships.set(name, one);
        if (socket.connected) follow(one);
        else connect();
      }
      one.holders++;
      const held = one;
      let released = false;
      return {
        view: (held.room as unknown as Room<Item<N>>).view,
        release() {
          if (!released) release(name, held);
          released = true;
        },
      };
    },
    connect,
    close: () => void socket.disconnect(),
  };
}
