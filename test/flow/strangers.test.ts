/** Browsers that mean harm: another site's page with our cookie, and one that asks and never reads. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import { openFollower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask, newPerson, PASSWORD } from "../kit/staff.ts";
import { eventually, FLOW_CITY, reading, told } from "./city.ts";

let hub: Hub;
let cookie: string;
beforeAll(async () => {
  hub = await startHub({ city: FLOW_CITY });
  cookie = await hub.signIn("sysAdmin");
});
afterAll(() => hub.stop());

const live = () =>
  `${hub.url.replace("http", "ws")}/live/?EIO=4&transport=websocket`;

/** The status that a handshake is refused with, or 101. */
const shakeHands = (headers: Record<string, string>) =>
  new Promise<number>((resolve, reject) => {
    const socket = new WebSocket(live(), { headers: { cookie, ...headers } });
    socket.once("open", () => {
      socket.terminate();
      resolve(101);
    });
    socket.once("unexpected-response", (_request, { statusCode }) =>
      resolve(statusCode!),
    );
    socket.once("error", reject);
  });

const change = (headers: Record<string, string>) =>
  fetch(`${hub.url}/api/indicators/air.told`, {
    method: "PATCH",
    headers: { cookie, "content-type": "application/json", ...headers },
    body: JSON.stringify({ rev: 1, change: {} }),
  }).then(({ status }) => status);

const elsewhere: [string, Record<string, string>][] = [
  ["another site", { origin: "https://evil.example" }],
  ["a sandboxed frame", { origin: "null" }],
  ["a neighbour on our domain", { "sec-fetch-site": "same-site" }],
  ["another port", { origin: "http://127.0.0.1:1" }],
];

describe("a page of another site", () => {
  it.each(elsewhere)("opens no socket from %s", async (_where, headers) => {
    // Engine.IO's answer to every upgrade that it is told to refuse.
    expect(await shakeHands(headers)).toBe(400);
  });

  it.each(elsewhere)("changes nothing from %s", async (_where, headers) => {
    expect(await change(headers)).toBe(403);
  });

  it("is told from our own", async () => {
    expect(await shakeHands({ origin: hub.url })).toBe(101);
    expect(await change({ origin: hub.url })).toBe(200);
    expect(await change({ "content-type": "text/plain" })).toBe(415);
  });
});

it("lets nobody without a session have a body read", async () => {
  const ask = (path: string, method: string, body: string) =>
    fetch(`${hub.url}${path}`, {
      ...{ method, body },
      headers: { "content-type": "application/json" },
    }).then(({ status }) => status);
  const deep = "[".repeat(1_000_000);
  expect(await ask("/api/session", "POST", deep)).toBe(413);
  expect(await ask("/api/indicators/air.told", "PATCH", deep)).toBe(401);
});

it("gives a browser that names a kind again and again one picture of it", async () => {
  await told(
    hub,
    "catalogue",
    Array.from({ length: 50 }, (_, i) => ({
      ...{ id: `N-${i}`, name: "n", kind: "many", lng: 120.05, lat: 30.05 },
      metrics: [],
    })),
  );
  const wall = await openFollower(hub.url, cookie);
  const kinds = Array.from({ length: 60 }, () => "many");
  const answer = await wall.ask("sensorStates", { kinds });
  expect("room" in answer && answer.snapshot.length).toBe(50);
  wall.close();
});

it("opens no room without end for somebody who makes params up, whatever his sessions and sockets", async () => {
  const login = "wanderer";
  const one = await newPerson(hub, login, ["leader"], WHOLE_CITY);
  const other = await ask(hub, "POST", "/api/session", {
    body: { login, password: PASSWORD },
  });
  const walls = [
    await openFollower(hub.url, one.cookie),
    await openFollower(hub.url, other.cookie!),
  ];
  // Each asks for fewer than a socket may follow: whose are answered first is nobody's promise.
  const answers = await Promise.all(
    Array.from({ length: 590 }, (_, i) =>
      walls[i % 2]!.ask("sensorStates", { kinds: ["many", `made up ${i}`] }),
    ),
  );
  const rooms = answers.filter((answer) => "room" in answer);
  expect(rooms).toHaveLength(500);
  const refused = answers.flatMap((answer) =>
    "error" in answer ? [answer.error] : [],
  );
  expect(new Set(refused)).toEqual(
    new Set(["follow: at most 500 rooms at once an account"]),
  );
  expect(await hub.metric("chengshu_rooms")).toBe(500);
  // What it follows already is no other room, and what it leaves makes room.
  const kept = answers.findIndex((answer) => "room" in answer);
  const kinds = ["many", `made up ${kept}`];
  expect(await walls[1]!.ask("sensorStates", { kinds })).toHaveProperty("room");
  walls[0]!.close();
  await walls[0]!.ended;
  await eventually(
    () => walls[1]!.ask("feeds", {}),
    (answer) => "room" in answer,
  );
  walls[1]!.close();
});

it("cuts off a browser that asks for picture after picture and reads none", async () => {
  const at = Date.now();
  const many = Array.from({ length: 5_000 }, (_, i) =>
    reading(`S-${i}`, at, i),
  );
  await told(hub, "air", many);
  const socket = new WebSocket(live(), { headers: { cookie } });
  await new Promise<void>((joined, failed) => {
    socket.once("error", failed);
    socket.on("message", (data: Buffer) => {
      if (data.toString().startsWith("0")) socket.send("40");
      if (data.toString().startsWith("40")) joined();
    });
  });
  const before = await hub.metric("process_resident_memory_bytes");
  socket.pause();
  const follow = ["follow", { topic: "sensorStates", params: {} }];
  for (let i = 0; i < 3_000; i++)
    socket.send(`42${i}${JSON.stringify(follow)}`);
  while ((await hub.metric("chengshu_live_clients")) > 0)
    await new Promise((look) => setTimeout(look, 20));
  const after = await hub.metric("process_resident_memory_bytes");
  // Three thousand pictures would be gigabytes.
  expect(after - before).toBeLessThan(500e6);
  socket.terminate();
});
