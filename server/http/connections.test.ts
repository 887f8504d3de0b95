import { once } from "node:events";
import { Agent, createServer, request, type IncomingMessage } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { boundConnections, fullHouse } from "./connections.ts";
import { sendProblem } from "./problem.ts";

let server = createServer();
let port = 0;
const idle: Socket[] = [];

beforeEach(async () => {
  server = createServer();
  const admits = boundConnections(server, { most: 8, perAddress: 3 });
  server.on("request", (request, reply) => {
    if (admits(request)) reply.end("welcome");
    else sendProblem(reply, fullHouse());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => {
  for (const socket of idle.splice(0)) socket.destroy();
  server.closeAllConnections();
  server.close();
});

/** A connection that says nothing, known to the server when this resolves. */
async function stay(localAddress: string): Promise<Socket> {
  const known = once(server, "connection");
  const socket = connect({ port, host: "127.0.0.1", localAddress });
  socket.on("error", () => undefined);
  idle.push(socket);
  await known;
  return socket;
}

async function look(localAddress: string): Promise<number> {
  const asked = request({
    ...{ port, host: "127.0.0.1", localAddress, agent: new Agent() },
    headers: { connection: "close" },
  }).end();
  const [reply] = (await once(asked, "response")) as [IncomingMessage];
  reply.resume();
  await once(reply, "close");
  return reply.statusCode!;
}

it("gives one address its share of the connections, and others the rest", async () => {
  for (let i = 0; i < 3; i++) await stay("127.0.0.2");
  expect(await look("127.0.0.2")).toBe(503);
  expect(await look("127.0.0.3")).toBe(200);
  const gone = new Promise<void>((done) => {
    server.getConnections((_error, before) => {
      const see = () =>
        server.getConnections((_error, now) =>
          now < before ? done() : setImmediate(see),
        );
      idle[0]!.destroy();
      see();
    });
  });
  await gone;
  expect(await look("127.0.0.2")).toBe(200);
});

it("cuts an address that opens many more than it may, so that others are still let in", async () => {
  const all: Socket[] = [];
  for (let i = 0; i < 3 + 64; i++) all.push(await stay("127.0.0.2"));
  const beyond = await stay("127.0.0.2");
  await once(beyond, "close");
  expect(all.every((socket) => !socket.destroyed)).toBe(true);
  expect(await look("127.0.0.3")).toBe(200);
});
