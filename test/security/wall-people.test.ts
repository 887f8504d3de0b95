/** A wall shows the city and nobody who works in it: raw frames and answers hold no name and no telephone of theirs. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { io, type Socket } from "socket.io-client";
import type { AlarmView } from "../../contract/alarm.ts";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import type { Incident } from "../../contract/incident.ts";
import { topics } from "../../contract/topic.ts";
import { DAY, HOUR } from "../../contract/time.ts";
import { FLOW_CITY, told } from "../flow/city.ts";
import { DISTRICTS, indicatorRow, PLACES } from "../kit/city.ts";
import { openFollower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask, newPerson, pairWall } from "../kit/staff.ts";

const WEST = DISTRICTS.west.code;
/** Who keeps the watch, who is called, who answers for a grid, and who acts. */
const PEOPLE = ["林知行", "15412345678", "154****5678", "韩小格", "zhou"];
const SAID = "已请沈一舟到场";

let hub: Hub;
let officer: string;
let wall: string;
let incident: string;
beforeAll(async () => {
  hub = await startHub({
    city: {
      ...FLOW_CITY,
      grids: [
        {
          ...{ code: "99900100100101", nameZh: "一号网格", worker: "韩小格" },
          ...{ west: 120.04, south: 30.04, side: 0.02 },
        },
      ],
      indicators: [
        indicatorRow({
          ...{ id: "water.depth", source: "reported", unit: "cm" },
          ...{
            direction: "L",
            blue: "15",
            yellow: "27",
            orange: "40",
            red: "60",
          },
          ...{ scopes: "city;district", every: String(HOUR) },
          ...{ staleAfter: String(HOUR), opensIncident: "true" },
          ...{ priority: "2", category: "pothole" },
        }),
      ],
    },
  });
  const zhou = await newPerson(hub, "zhou", ["shiftLeader"], WHOLE_CITY);
  officer = zhou.cookie;
  wall = (await pairWall(hub, { scope: WHOLE_CITY })).cookie;
  await keepWatch();
  await told(hub, "reports", [
    { indicator: "water.depth", scope: WEST, at: Date.now(), value: 30 },
  ]);
  const desk = await openFollower(hub.url, officer);
  const alarms = await desk.follow("alarms", {});
  const { id } = await alarms.until(
    (items) => [...items.values()].find(({ incident }) => incident) ?? null,
  );
  await done("POST", "/api/alarms/acknowledge", { id, comment: SAID });
  desk.close();
  await told(hub, "hotline", [
    {
      ...{ externalId: "1", source: "hotline12345", category: "0406" },
      ...{ title: "井盖破损", reportedAt: Date.now(), ...PLACES.west },
    },
  ]);
  const { items } = await asked<{ items: Incident[] }>(
    ...(["/api/incidents?source=hotline12345", officer] as const),
  );
  incident = items[0]!.id;
  const { rev } = items[0]!;
  await done("POST", `/api/incidents/${incident}/steps`, {
    rev,
    asked: { step: "supervise", body: { level: 1, text: "速办" } },
  });
  await done("PUT", `/api/incidents/${incident}/presence`, { does: "types" });
});
afterAll(() => hub.stop());

async function done(method: string, path: string, body: object) {
  const { status } = await ask(hub, method, path, { cookie: officer, body });
  expect([path, status]).toEqual([path, 200]);
}
async function asked<T>(path: string, cookie: string): Promise<T> {
  const { status, body } = await ask<T>(hub, "GET", path, { cookie });
  expect([path, status]).toEqual([path, 200]);
  return body;
}

async function keepWatch() {
  const dateIn = (days: number) =>
    new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(
      Date.now() + days * DAY,
    );
  const rows = [0, 1, 2].flatMap((day) =>
    ["early", "middle", "night"].flatMap((shift) => [
      `${dateIn(day)},${shift},dutyLeader,,林知行,15412345678`,
      `${dateIn(day)},${shift},shiftLeader,demo-shiftleader,顾明川,15487654321`,
    ]),
  );
  const csv = ["date,shift,role,login,name,phone", ...rows].join("\n");
  await done("PUT", "/api/duty/roster", { rev: 0, csv });
}

/** Follows every topic there is, and keeps what comes as it came. */
async function framesOf(cookie: string): Promise<string> {
  const frames: string[] = [];
  const socket: Socket = io(hub.url, {
    ...{ path: "/live", transports: ["websocket"], forceNew: true },
    ...{ extraHeaders: { cookie }, reconnection: false },
  });
  socket.io.on("open", () =>
    socket.io.engine.on("packet", ({ data }: { data?: unknown }) => {
      if (typeof data === "string") frames.push(data);
    }),
  );
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
  for (const topic of Object.keys(topics)) {
    const params = topic === "sensors" ? { district: WEST } : {};
    const answer: unknown = await socket.emitWithAck("follow", {
      ...{ topic, params },
    });
    expect(answer, topic).toHaveProperty("snapshot");
  }
  // Said again while it listens: what is told later is no other.
  await done("PUT", `/api/incidents/${incident}/presence`, { does: "looks" });
  const { standing } = await asked<{ standing: AlarmView[] }>(
    ...(["/api/alarms", officer] as const),
  );
  await done("POST", "/api/alarms/acknowledge", {
    ...{ id: standing[0]!.id, comment: SAID },
  });
  const seen = frames.length;
  await expect.poll(() => frames.length).toBeGreaterThan(seen);
  socket.close();
  return frames.join("\n");
}

it("is told by no topic who works, whom to call or what they say", async () => {
  const frames = await framesOf(wall);
  expect(frames).toContain("井盖破损");
  expect(frames).toContain('"acknowledged":{"by":"","at":');
  for (const one of [...PEOPLE, SAID]) expect(frames).not.toContain(one);
});

it("is told by no door who works, whom to call or what they say", async () => {
  for (const path of [
    ...["/api/alarms", "/api/areas", "/api/duty", "/api/incidents"],
    `/api/incidents/${incident}`,
  ]) {
    const told = JSON.stringify(await asked(path, wall));
    for (const one of [...PEOPLE, SAID]) expect(told, path).not.toContain(one);
  }
});

it("says so to whoever signed in", async () => {
  const leader = await hub.signIn("leader");
  const frames = await framesOf(leader);
  for (const one of ["林知行", "Person zhou", SAID])
    expect(frames).toContain(one);
  const areas = JSON.stringify(await asked("/api/areas", leader));
  expect(areas).toContain("韩小格");
});
