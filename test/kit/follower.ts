/** A browser's ears: follows rooms by the real socket and keeps their items. */
import { io } from "socket.io-client";
import type { ItemOf, ParamsOf } from "../../contract/live.ts";
import type { TopicName, Topics } from "../../contract/topic.ts";
import type { Delta, Followed } from "../../contract/wire.ts";

export interface Room<I> {
  room: string;
  epoch: string;
  /** Items held, by id. */
  items: Map<string | number, I>;
  /** Every delta, in order of arrival. */
  deltas: Delta[];
  rev(): number;
  /** Resolves with what `look` gives once it is neither undefined, null nor false. */
  until<T>(
    look: (items: Map<string | number, I>) => T,
  ): Promise<NonNullable<Exclude<T, false>>>;
}

export interface Follower {
  follow<N extends TopicName>(
    topic: N,
    params: ParamsOf<Topics[N]>,
  ): Promise<Room<ItemOf<Topics[N]>>>;
  /** As it is on the wire, for asking what must be refused. */
  ask(topic: string, params: unknown): Promise<Followed>;
  unfollow(room: string): void;
  /** How often it was told that the city's tables are others. */
  cityChanges(): number;
  /** Resolves when the socket has ended. */
  ended: Promise<void>;
  close(): void;
}

/** @throws where the socket is refused (no session). */
export async function openFollower(
  url: string,
  cookie: string,
): Promise<Follower> {
  const socket = io(url, {
    path: "/live",
    transports: ["websocket"],
    extraHeaders: { cookie },
    reconnection: false,
    forceNew: true,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", (error) => {
      socket.close();
      reject(error);
    });
  });
  let cityChanges = 0;
  socket.on("cityChanged", () => void cityChanges++);
  const rooms = new Map<string, (delta: Delta) => void>();
  /** Deltas may overtake our handling of the answer: they wait here. */
  const early: Delta[] = [];
  socket.on("delta", (delta: Delta) => {
    const take = rooms.get(delta.room);
    if (take) take(delta);
    else early.push(delta);
  });
  const ended = new Promise<void>((resolve) =>
    socket.once("disconnect", () => resolve()),
  );
  const ask = (topic: string, params: unknown) =>
    socket.emitWithAck("follow", { topic, params }) as Promise<Followed>;

  return {
    ask,
    cityChanges: () => cityChanges,
    unfollow: (room) => void socket.emit("unfollow", { room }),
    ended,
    close: () => void socket.close(),
    async follow<N extends TopicName>(topic: N, params: ParamsOf<Topics[N]>) {
      type I = ItemOf<Topics[N]>;
      const answer = await ask(topic, params);
      if ("error" in answer) throw new Error(answer.error);
      let rev = answer.rev;
      const items = new Map<string | number, I>();
      const deltas: Delta[] = [];
      const lookers = new Set<() => void>();
      const keep = (upsert: unknown[]) => {
        for (const item of upsert as I[]) items.set(item.id, item);
      };
      keep(answer.snapshot);
      const take = (delta: Delta) => {
        deltas.push(delta);
        rev = delta.rev;
        if (delta.reset) items.clear();
        keep(delta.upsert);
        for (const id of delta.remove) items.delete(id);
        for (const look of [...lookers]) look();
      };
      rooms.set(answer.room, take);
      for (const delta of early.splice(0))
        if (delta.room === answer.room && delta.rev > answer.rev) take(delta);
        else if (delta.room !== answer.room) early.push(delta);
      return {
        room: answer.room,
        epoch: answer.epoch,
        items,
        deltas,
        rev: () => rev,
        until: <T>(look: (items: Map<string | number, I>) => T) =>
          new Promise<NonNullable<Exclude<T, false>>>((resolve) => {
            const again = () => {
              const found = look(items);
              if (found === undefined || found === null || found === false)
                return;
              lookers.delete(again);
              resolve(found as NonNullable<Exclude<T, false>>);
            };
            lookers.add(again);
            again();
          }),
      };
    },
  };
}
