import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { io } from "socket.io-client";
import { watch } from "vue";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type {
  ClientEvents,
  Delta,
  Follow,
  Followed,
  ServerEvents,
} from "../../contract/wire.ts";
import { openHub, type LiveSocket } from "./connect.ts";
import type { Item } from "./source.ts";

type Hub = Server<ClientEvents, ServerEvents>;

/** A hub of one topic: every room holds one feed whose rate is `rate`. */
let hub: Hub;
let http: ReturnType<typeof createServer>;
let follows: Follow[];
let unfollows: string[];
let rev: number;
let epoch: string;
let rate: number;
let live: ReturnType<typeof openHub>;

const feed = (value: number) => ({ id: "air", rate: value }) as Item<"feeds">;
const delta = (more: Partial<Delta>): Delta => ({
  room: "feeds|{}",
  epoch,
  rev: ++rev,
  now: 1_000,
  upsert: [feed(rate)],
  remove: [],
  ...more,
});

function answer(ask: Follow, reply: (told: Followed) => void): void {
  follows.push(ask);
  const room = `${ask.topic}|${JSON.stringify(ask.params)}`;
  reply({ room, epoch, rev, now: 1_000, snapshot: [feed(rate)] });
}

beforeEach(async () => {
  [follows, unfollows, rev, epoch, rate] = [[], [], 0, "e1", 10];
  http = createServer();
  hub = new Server(http, { path: "/live" });
  hub.on("connection", (socket) => {
    socket.on("follow", answer);
    socket.on("unfollow", ({ room }) => void unfollows.push(room));
  });
  await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
  const { port } = http.address() as AddressInfo;
  const socket: LiveSocket = io(`http://127.0.0.1:${port}`, {
    path: "/live",
    transports: ["websocket"],
    autoConnect: false,
    reconnectionDelay: 5,
    reconnectionDelayMax: 20,
  });
  live = openHub(() => {}, socket, {
    add: (change) => change(),
    first: Promise.resolve(),
  });
});
afterEach(async () => {
  live.close();
  await hub.close();
});

const until = (look: () => void) => vi.waitFor(look, { timeout: 5_000 });
const rateOf = (held: ReturnType<typeof live.hold<"feeds">>) =>
  held.view.items.get("air")?.rate;

describe("the connection to the hub", () => {
  it("is opened by the first topic that is followed", async () => {
    expect(live.link.value).toBe("closed");
    const held = live.hold("feeds", {});
    await until(() => expect(rateOf(held)).toBe(10));
    expect(live.link.value).toBe("open");
    expect(live.now()).toBeLessThan(60_000);
  });

  it("follows a topic once for any number of widgets, and leaves with the last", async () => {
    const first = live.hold("indicators", { ids: ["b", "a"] });
    const second = live.hold("indicators", {
      scope: "city",
      ids: ["a", "b", "a"],
    });
    await until(() => expect(first.view.state).toBe("live"));
    expect(second.view).toBe(first.view);
    expect(follows).toHaveLength(1);
    first.release();
    first.release();
    second.release();
    await until(() => expect(unfollows).toHaveLength(1));
  });

  it("shows what the hub tells", async () => {
    const held = live.hold("feeds", {});
    await until(() => expect(rateOf(held)).toBe(10));
    rate = 11;
    hub.emit("delta", delta({}));
    await until(() => expect(rateOf(held)).toBe(11));
    expect(follows).toHaveLength(1);
  });

  it("follows again after a gap, and shows what it missed", async () => {
    const held = live.hold("feeds", {});
    await until(() => expect(rateOf(held)).toBe(10));
    rate = 12;
    rev += 5;
    hub.emit("delta", delta({}));
    await until(() => expect(rateOf(held)).toBe(12));
    expect(follows).toHaveLength(2);
    expect(held.view.state).toBe("live");
  });

  it("keeps the last picture through an outage and follows again by itself", async () => {
    const held = live.hold("feeds", {});
    await until(() => expect(rateOf(held)).toBe(10));
    [epoch, rev, rate] = ["e2", 0, 13];
    const seen: [string, number | undefined][] = [];
    watch(
      () => held.view.state,
      (state) => seen.push([state, rateOf(held)]),
      { flush: "sync" },
    );
    for (const socket of hub.sockets.sockets.values()) socket.conn.close();
    await until(() => expect(rateOf(held)).toBe(13));
    expect(seen[0]).toEqual(["stale", 10]);
    expect(live.openings.value).toBe(2);
  });

  it("hears that the city's tables are others, without connecting anew", async () => {
    const held = live.hold("feeds", {});
    await until(() => expect(held.view.state).toBe("live"));
    hub.emit("cityChanged");
    await until(() => expect(live.cityChanges.value).toBe(1));
    expect(live.openings.value).toBe(1);
  });

  it("returns when the hub ended the socket on purpose", async () => {
    const held = live.hold("feeds", {});
    await until(() => expect(held.view.state).toBe("live"));
    hub.disconnectSockets(true);
    await until(() => expect(live.openings.value).toBe(2));
    await until(() => expect(held.view.state).toBe("live"));
  });

  it("does not keep a room that was released before the hub answered", async () => {
    const other = live.hold("feeds", {});
    await until(() => expect(other.view.state).toBe("live"));
    live.hold("warnings", {}).release();
    await until(() => expect(unfollows).toEqual(["warnings|{}"]));
  });
});
