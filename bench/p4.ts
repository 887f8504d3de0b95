/**
 * P4: fan-out. First 2,000 clients that follow 5 rooms each, at the highest
 * rate that a bare Socket.IO broadcast of the same frames sustains; then 300
 * screens at 500 readings a second. CPU is the hub's whole process, all
 * threads, ingest and store included; the floor only broadcasts.
 */
import { keyOf } from "../test/kit/city.ts";
import { openFollower } from "../test/kit/follower.ts";
import { startHub, type Hub } from "../test/kit/hub.ts";
import { startProgram } from "../test/kit/program.ts";
import { BENCH_CITY, FEED, registerSensors, sensorRoom } from "./city.ts";
import type { SocketIoBroadcast } from "./floor/socketio-broadcast.ts";
import type { WsBroadcast } from "./floor/ws-broadcast.ts";
import type { CrowdProgram } from "./load/crowd.ts";
import type { Stamper } from "./load/stamper.ts";
import { cpuOf, percentile, report, seconds, small } from "./measure.ts";

const CLIENTS = small ? 400 : 2_000;
const ROOMS = 5;
/** Sensors a room: a frame of about 2 KB. */
const PER_ROOM = 8;
const SCREENS = 300;
const MEASURED = small ? 4 : 15;
/** Flushes a second and room that the floor is asked for, one after the other. */
const RATES = [1, 2, 4, 8, 12, 16];
/** A rate is sustained while so much of it arrives. */
const SUSTAINED = 0.95;

const startCrowd = () =>
  startProgram<CrowdProgram>(new URL("./load/crowd.ts", import.meta.url));

interface Fan {
  /** Messages that arrived a second. */
  rate: number;
  /** µs of the sender's CPU a message. */
  cost: number;
  ages: number[];
}

async function watch(
  pid: number,
  crowd: ReturnType<typeof startCrowd>,
): Promise<Fan & { load: number }> {
  await seconds(2);
  await crowd.call("take");
  const before = { cpu: cpuOf(pid), at: performance.now() };
  await seconds(MEASURED);
  const { messages, ages } = await crowd.call("take");
  const cpu = cpuOf(pid) - before.cpu;
  const wall = performance.now() - before.at;
  return {
    rate: (messages / wall) * 1000,
    cost: (cpu * 1000) / messages,
    load: cpu / wall,
    ages,
  };
}

const rooms = Array.from({ length: ROOMS }, (_, i) =>
  sensorRoom(i * PER_ROOM, PER_ROOM),
);

/** One real frame of ours, for the floors to send. */
async function frameOf(hub: Hub): Promise<unknown> {
  const follower = await openFollower(hub.url, await hub.signIn());
  const room = await follower.follow("sensors", rooms[0]!.params);
  await room.until(() => room.deltas.length > 10);
  follower.close();
  return room.deltas.at(-1);
}

async function startStamps(hub: Hub, sensors: number, rate: number) {
  const stamper = startProgram<Stamper>(
    new URL("./load/stamper.ts", import.meta.url),
  );
  await stamper.call("start", {
    ...{ url: `${hub.url}/ingest/v1/${FEED.http}`, key: keyOf(FEED.http) },
    ...{ first: 0, sensors, perRequest: Math.min(sensors, 50), rate },
  });
  return stamper;
}

async function highestOfFloor(delta: unknown) {
  const floor = startProgram<SocketIoBroadcast>(
    new URL("./floor/socketio-broadcast.ts", import.meta.url),
  );
  const port = await floor.call("start");
  const crowd = startCrowd();
  await crowd.call("open", {
    ...{ url: `ws://127.0.0.1:${port}`, cookies: [""], count: CLIENTS },
    ...{ follow: rooms.map((_, i) => ({ topic: `r${i}`, params: {} })) },
    readers: 0,
  });
  let highest: { rate: number; fan: Fan } = {
    rate: 0,
    fan: { rate: 0, cost: NaN, ages: [] },
  };
  for (const rate of RATES) {
    const ask = { rooms: rooms.map((_, i) => `r${i}`), delta, rate };
    await floor.call("broadcast", ask);
    const fan = await watch(floor.pid, crowd);
    if (fan.rate < SUSTAINED * rate * ROOMS * CLIENTS) break;
    highest = { rate, fan };
  }
  await crowd.stop();
  await floor.stop();
  return highest;
}

async function bareWs(delta: unknown, rate: number): Promise<Fan> {
  const floor = startProgram<WsBroadcast>(
    new URL("./floor/ws-broadcast.ts", import.meta.url),
  );
  const port = await floor.call("start");
  const crowd = startCrowd();
  await crowd.call("open", {
    ...{ url: `ws://127.0.0.1:${port}`, cookies: [""], count: CLIENTS },
    ...{ follow: [{ topic: "all", params: {} }], readers: 0 },
  });
  await floor.call("broadcast", { delta, rate: rate * ROOMS });
  const fan = await watch(floor.pid, crowd);
  await crowd.stop();
  await floor.stop();
  return fan;
}

/** One a role: the hub lets a session have a thousand sockets. */
const sessions = (hub: Hub) =>
  Promise.all(
    ["wallOperator", "leader", "dutyOfficer", "sysAdmin"].map((role) =>
      hub.signIn(role),
    ),
  );

async function fan(hub: Hub, count: number, follow: typeof rooms) {
  const crowd = startCrowd();
  await crowd.call("open", {
    ...{ url: hub.url.replace("http", "ws"), cookies: await sessions(hub) },
    ...{ count, follow, readers: 5 },
  });
  const seen = await watch(hub.pid, crowd);
  await crowd.stop();
  return seen;
}

const hub = await startHub({ city: BENCH_CITY });
await registerSensors(hub, 1_000);
let stamper = await startStamps(hub, ROOMS * PER_ROOM, ROOMS * PER_ROOM * 4);
const frame = await frameOf(hub);
await stamper.stop();

const floor = await highestOfFloor(frame);
const bare = await bareWs(frame, floor.rate);
stamper = await startStamps(
  hub,
  ROOMS * PER_ROOM,
  ROOMS * PER_ROOM * floor.rate,
);
const ours = await fan(hub, CLIENTS, rooms);
await stamper.stop();
const name = `${CLIENTS} clients × ${ROOMS} rooms at ${floor.rate}/s`;
report("p4", `${name}: CPU`, ours.cost, "µs/msg", floor.fan.cost);
report("p4", `${name}: bare ws below the floor`, bare.cost, "µs/msg");
report("p4", `${name}: delivered`, ours.rate, "msg/s", floor.fan.rate);
report("p4", `${name}: p99 age`, percentile(ours.ages, 99), "ms");

stamper = await startStamps(hub, 100, 500);
const walls = await fan(hub, SCREENS, [sensorRoom(0, 100)]);
await stamper.stop();
await hub.stop();
const screens = `${SCREENS} screens × 500 readings/s`;
report("p4", `${screens}: p99 age`, percentile(walls.ages, 99), "ms");
report("p4", `${screens}: CPU`, walls.load * 100, "% of a core");
