/** The delivery rules of docs/flow.md, by their numbers, over the real process and real sockets. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import Database from "better-sqlite3";
import { WebSocket } from "ws";
import { openFollower, type Follower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import {
  eventually,
  FLOW_CITY,
  historyOf,
  only,
  reading,
  told,
  windowsOf,
} from "./city.ts";

let hub: Hub;
let wall: Follower;
beforeAll(async () => {
  hub = await startHub({ city: FLOW_CITY });
  wall = await openFollower(hub.url, await hub.signIn());
});
afterAll(async () => {
  wall.close();
  await hub.stop();
});

const now = () => Date.now();

describe("R1 acknowledges only what is committed", () => {
  it("counts a batch sent again as duplicates and keeps it once", async () => {
    const at = now();
    const batch = [reading("R1-twice", at, 1), reading("R1-twice", at + 1, 2)];
    expect(await told(hub, "air", batch)).toMatchObject({ accepted: 2 });
    expect(await told(hub, "air", batch)).toMatchObject({
      accepted: 0,
      duplicates: 2,
    });
    expect(await historyOf(hub, "R1-twice", at)).toHaveLength(2);
  });
});

it("acknowledges a correction that is sent again when the correction is durable (R1)", async () => {
  const at = now();
  const room = await wall.follow("sensors", only("R1-fixed"));
  await told(hub, "air", [reading("R1-fixed", at, 1)]);
  const store = new Database(join(hub.dataDir, "chengshu.db"));
  store.exec("BEGIN IMMEDIATE");
  let answered = 0;
  const tell = () =>
    told(hub, "air", [reading("R1-fixed", at, 2)]).then((reply) => {
      answered++;
      return reply;
    });
  const first = tell();
  await room.until(
    (items) => items.get("test/R1-fixed")?.values[0]?.value === 2,
  );
  const again = tell();
  // Time enough for an answer that waits for nothing.
  for (let i = 0; i < 20; i++) await hub.ask("/api/feeds");
  expect(answered).toBe(0);
  store.exec("COMMIT");
  store.close();
  expect(await first).toMatchObject({ accepted: 1 });
  expect(await again).toMatchObject({ duplicates: 1 });
});

it("takes a reading that its department calls bad afterwards as a correction, newest or not", async () => {
  const at = now();
  for (const when of [at, at - 1000]) {
    const good = reading("bad-later", when, 900);
    const bad = { ...good, quality: "bad" };
    expect(await told(hub, "air", [good])).toMatchObject({ accepted: 1 });
    expect(await told(hub, "air", [bad])).toMatchObject({ accepted: 1 });
    expect(await told(hub, "air", [bad])).toMatchObject({ duplicates: 1 });
  }
});

describe("R2 shows what it knows", () => {
  it("shows a reading to whoever follows its sensor", async () => {
    const room = await wall.follow("sensors", only("R2"));
    await told(hub, "air", [reading("R2", now(), 35.2)]);
    const seen = await room.until((items) => items.get("test/R2"));
    expect(seen.values).toMatchObject([{ metric: "pm25", value: 35.2 }]);
  });
});

describe("R3 a late reading", () => {
  it("never overwrites a newer one, and still enters history", async () => {
    const at = now();
    const room = await wall.follow("sensors", only("R3"));
    await told(hub, "air", [reading("R3", at, 8)]);
    await room.until((items) => items.get("test/R3")?.values[0]?.value === 8);
    await told(hub, "air", [reading("R3", at - 5_000, 7)]);
    await told(hub, "air", [reading("R3-after", at, 1)]);
    expect(room.items.get("test/R3")!.values[0]).toMatchObject({
      value: 8,
      at,
    });
    expect(await historyOf(hub, "R3", at)).toEqual([
      [at - 5_000, 7],
      [at, 8],
    ]);
  });

  it("enters its own window, though that one had ended", async () => {
    const WINDOW = 10_000;
    const start = Math.floor(now() / WINDOW) * WINDOW - 6 * WINDOW;
    const sums = () => windowsOf(hub, "air.sum", start, start + WINDOW);
    await told(hub, "air", [reading("R3-window", start + 1, 100)]);
    await eventually(sums, (seen) => seen.get(start) === 100);
    await told(hub, "air", [reading("R3-window", start + 2, 11)]);
    await eventually(sums, (seen) => seen.get(start) === 111);
  });

  it("corrects a window when the same instant is told another value", async () => {
    const WINDOW = 10_000;
    const start = Math.floor(now() / WINDOW) * WINDOW - 9 * WINDOW;
    const sums = () => windowsOf(hub, "air.sum", start, start + WINDOW);
    await told(hub, "air", [reading("R3-wrong", start + 1, 100)]);
    await eventually(sums, (seen) => seen.get(start) === 100);
    await told(hub, "air", [reading("R3-wrong", start + 1, 60)]);
    await eventually(sums, (seen) => seen.get(start) === 60);
  });
});

describe("R4 pictures and deltas", () => {
  it("carry one epoch and revisions without a gap, from the picture on", async () => {
    const room = await wall.follow("sensors", only("R4"));
    const first = room.rev();
    const at = now();
    for (let i = 0; i < 20; i++)
      await told(hub, "air", [reading("R4", at + i, i)]);
    await room.until((items) => items.get("test/R4")?.values[0]?.value === 19);
    expect(room.deltas.map(({ rev }) => rev)).toEqual(
      room.deltas.map((_, i) => first + 1 + i),
    );
    expect(new Set(room.deltas.map(({ epoch }) => epoch))).toEqual(
      new Set([room.epoch]),
    );
  });

  it("leave no reading between the picture and the first delta", async () => {
    const SENSORS = 200;
    const ids = Array.from({ length: SENSORS }, (_, i) => `R4-join-${i}`);
    const params = { ids: ids.map((id) => `test/${id}`) };
    const at = now();
    const sending = Promise.all(
      ids.map((id, i) => told(hub, "air", [reading(id, at, i)])),
    );
    const late = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const follower = await openFollower(hub.url, await hub.signIn());
        return { follower, room: await follower.follow("sensors", params) };
      }),
    );
    await sending;
    for (const { follower, room } of late) {
      await room.until((items) =>
        ids.every((id, i) => items.get(`test/${id}`)?.values[0]?.value === i),
      );
      follower.close();
    }
  });
});

describe("R5 a hot topic", () => {
  it("sends one value per sensor, the newest, however many came at once", async () => {
    const room = await wall.follow("sensors", only("R5"));
    const at = now();
    const burst = Array.from({ length: 500 }, (_, i) =>
      reading("R5", at + i, i),
    );
    await told(hub, "air", burst);
    await room.until((items) => items.get("test/R5")?.values[0]?.value === 499);
    const upserts = room.deltas.flatMap(({ upsert }) => upsert);
    const values = upserts.map(
      (item) => (item as { values: { value: number }[] }).values[0]?.value,
    );
    // The look of each second may tell the same once more; no other value is ever told.
    expect(new Set(values)).toEqual(new Set([499]));
    expect(room.deltas.length).toBe(upserts.length);
  });

  it("gives a browser that slept the latest and not the backlog", async () => {
    // Long names: the rounds together are far more than a system's own buffers hold for it.
    const ids = Array.from({ length: 300 }, (_, i) =>
      `R5-sleep-${i}`.padEnd(100, "z"),
    );
    const sleeper = await openRaw({ ids: ids.map((id) => `test/${id}`) });
    sleeper.socket.pause();
    const at = now();
    const ROUNDS = 150;
    for (let round = 0; round < ROUNDS; round++)
      await told(
        hub,
        "air",
        ids.map((id) => reading(id, at + round, round)),
      );
    sleeper.socket.resume();
    await sleeper.until((text) =>
      text.includes(`"value":${ROUNDS - 1},"at":${at + ROUNDS - 1}`),
    );
    expect(sleeper.frames()).toBeLessThan(ROUNDS);
    sleeper.socket.terminate();
  });

  it("is never compressed per message", async () => {
    const raw = await openRaw(only("R5"));
    expect(raw.socket.extensions).toBe("");
    raw.socket.terminate();
  });
});

describe("R6 who may see", () => {
  it("gives no socket to a browser without a session", async () => {
    await expect(openFollower(hub.url, "")).rejects.toThrow();
    await expect(openFollower(hub.url, "chengshu=guess")).rejects.toThrow();
  });

  it("computes the scope itself, whatever a browser asks for", async () => {
    const [mine, tricked] = await Promise.all([
      wall.ask("warnings", {}),
      wall.ask("warnings", { scope: "everything", role: "sysAdmin" }),
    ]);
    expect("room" in mine && "room" in tricked && tricked.room).toBe(
      "room" in mine && mine.room,
    );
  });

  it("refuses a topic or params that do not exist, with a path", async () => {
    expect(await wall.ask("secrets", {})).toHaveProperty("error");
    expect(await wall.ask("sensors", {})).toEqual({
      error: expect.stringMatching(/^params\//) as string,
    });
  });

  it("ends the socket of a session that ends", async () => {
    const cookie = await hub.signIn("leader");
    const leader = await openFollower(hub.url, cookie);
    await hub.ask("/api/session", { method: "DELETE", cookie });
    await leader.ended;
    await expect(openFollower(hub.url, cookie)).rejects.toThrow();
  });
});

describe("R8 time", () => {
  it("begins the day at the city's midnight, wherever the machine stands", async () => {
    const DAY = 86_400_000;
    const EIGHT_HOURS = 28_800_000;
    const midnight =
      Math.floor((now() + EIGHT_HOURS) / DAY) * DAY - EIGHT_HOURS;
    const yesterday = midnight - DAY;
    const sums = () => windowsOf(hub, "air.day", yesterday - DAY, midnight);
    const before = await sums();
    const more = (day: number, by: number) => (before.get(day) ?? 0) + by;
    await told(hub, "air", [
      reading("R8", yesterday - 1, 1),
      reading("R8", yesterday, 20),
    ]);
    await eventually(
      sums,
      (seen) =>
        seen.get(yesterday - DAY) === more(yesterday - DAY, 1) &&
        seen.get(yesterday) === more(yesterday, 20),
    );
  });

  it("refuses a reading from more than five minutes ahead, with its path", async () => {
    const judged = await told(hub, "air", [
      reading("R8-future", now() + 600_000, 1),
    ]);
    expect(judged).toMatchObject({ accepted: 0, rejected: 1 });
    expect(judged.rejections[0]!.path).toMatch(/at$/);
  });
});

/** A socket that can sleep: bare Engine.IO, following one sensors room. */
async function openRaw(params: unknown) {
  const socket = new WebSocket(
    `${hub.url.replace("http", "ws")}/live/?EIO=4&transport=websocket`,
    { headers: { cookie: await hub.signIn() } },
  );
  let frames = 0;
  let look: (text: string) => void = () => undefined;
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    socket.on("message", (data: Buffer) => {
      const text = data.toString();
      if (text === "2") socket.send("3");
      else if (text.startsWith("0")) socket.send("40");
      else if (text.startsWith("40"))
        socket.send(
          `421${JSON.stringify(["follow", { topic: "sensors", params }])}`,
        );
      else if (text.startsWith("43")) resolve();
      else if (text.startsWith("42")) {
        frames++;
        look(text);
      }
    });
  });
  return {
    socket,
    frames: () => frames,
    until: (right: (text: string) => boolean) =>
      new Promise<void>((resolve) => {
        look = (text) => {
          if (right(text)) resolve();
        };
      }),
  };
}
