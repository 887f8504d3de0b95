/** Too many at once: connections, and bodies that never end. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startHub, type Hub } from "../kit/hub.ts";
import { eventually, FLOW_CITY } from "./city.ts";

const CONNECTIONS = 60;

let hub: Hub;
beforeAll(async () => {
  hub = await startHub({
    city: FLOW_CITY,
    env: {
      MAX_CONNECTIONS: String(CONNECTIONS),
      MAX_CONNECTIONS_PER_ADDRESS: String(CONNECTIONS),
    },
  });
});
afterAll(() => hub.stop());

/** What a door says over a connection of its own. */
async function look(path: string, cookie = ""): Promise<IncomingMessage> {
  const asked = request(hub.url + path, {
    agent: new Agent(),
    headers: { cookie, connection: "close" },
  }).end();
  const [reply] = (await once(asked, "response")) as [IncomingMessage];
  reply.resume();
  return reply;
}

it("tells whoever comes when the house is full, and lets them in later", async () => {
  const port = Number(new URL(hub.url).port);
  const idle: Socket[] = [];
  for (let i = 0; i < CONNECTIONS; i++) {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    idle.push(socket);
  }
  const refused = await look("/api/health");
  expect(refused.statusCode).toBe(503);
  expect(refused.headers["retry-after"]).toBe("5");
  expect((await look("/live/?EIO=4&transport=polling")).statusCode).toBe(403);
  for (const socket of idle) socket.destroy();
  await eventually(
    () => look("/api/health"),
    ({ statusCode }) => statusCode === 200,
  );
});

/** Most that one body of a signed-in door has. */
const LARGEST = 2 * 1024 * 1024;

/** Begins a body that ends never. */
function begin(cookie: string) {
  const sender = request(`${hub.url}/api/indicators/air.told`, {
    method: "PATCH",
    agent: new Agent(),
    headers: {
      cookie,
      "content-type": "application/json",
      "content-length": LARGEST,
    },
  });
  sender.on("error", () => undefined);
  const answered = once(sender, "response").then(
    ([reply]) => reply as IncomingMessage,
  );
  answered.catch(() => undefined);
  sender.write(Buffer.alloc(LARGEST - 10_000, 0x20));
  return { sender, answered };
}

/** A new session; each start of the hub has a link for one. */
async function another(): Promise<string> {
  await hub.end();
  await hub.restart();
  const links = JSON.parse(
    readFileSync(join(hub.dataDir, "sign-in-links.json"), "utf8"),
  ) as { role: string; url: string }[];
  const { url } = links.find(({ role }) => role === "sysAdmin")!;
  const reply = await fetch(`${hub.url}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token: url.split("token=")[1] }),
  });
  return reply.headers.getSetCookie()[0]!.split(";", 1)[0]!;
}

it("holds no more unfinished bodies of a session, and of all, than it may", async () => {
  const sessions = [await another(), await another(), await another()];
  const last = await another();
  const begun: ReturnType<typeof begin>[] = [];
  for (const cookie of sessions) {
    const mine = Array.from({ length: 9 }, () => begin(cookie));
    begun.push(...mine);
    const reply = await Promise.any(mine.map(({ answered }) => answered));
    expect(reply.statusCode).toBe(429);
    expect(reply.headers["retry-after"]).toBe("1");
  }
  // Three sessions hold all that there is.
  const late = [begin(last), begin(last)];
  begun.push(...late);
  const reply = await Promise.any(late.map(({ answered }) => answered));
  expect(reply.statusCode).toBe(503);
  expect(reply.headers["retry-after"]).toBe("1");
  for (const { sender } of begun) sender.destroy();
  const change = JSON.stringify({ rev: 1, change: {} });
  await eventually(
    () =>
      fetch(`${hub.url}/api/indicators/air.told`, {
        method: "PATCH",
        headers: { cookie: last, "content-type": "application/json" },
        body: change,
      }),
    ({ status }) => status === 200,
  );
});

it("reads no compressed body at a door that asks for a session", async () => {
  const reply = await fetch(`${hub.url}/api/indicators/air.told`, {
    method: "PATCH",
    headers: {
      cookie: await another(),
      "content-type": "application/json",
      "content-encoding": "gzip",
    },
    body: "not even gzip",
  });
  expect(reply.status).toBe(415);
});
