import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createCall, type Call } from "./call.ts";

let server: Server;
let reply: { status: number; body: unknown; retryAfter?: string };
let asked: { method: string; url: string; body: string };
let call: Call;
let heard: [door: string, status: number][];

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request) text += String(part);
  return text;
}

beforeAll(async () => {
  server = createServer((request, response) => {
    void textOf(request).then((body) => {
      asked = { method: request.method!, url: request.url!, body };
      response.statusCode = reply.status;
      if (reply.retryAfter) response.setHeader("retry-after", reply.retryAfter);
      response.end(JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  call = createCall(
    (door, status) => void heard.push([door, status]),
    (input, init) =>
      fetch(new URL(input as string, `http://127.0.0.1:${port}`), init),
  );
});
afterAll(() => server.close());
beforeEach(() => {
  heard = [];
  reply = { status: 200, body: {} };
});

describe("a call of a door", () => {
  it("fills in the path and the query, and leaves out what is not given", async () => {
    await call("indicatorHistory", {
      path: { id: "eco.aqi" },
      query: { from: 1, to: 2, scope: undefined },
    });
    expect(asked.method).toBe("GET");
    expect(asked.url).toBe("/api/indicators/eco.aqi/history?from=1&to=2");
  });

  it("keeps a code with a slash in one step of the path", async () => {
    await call("getScreen", { path: { id: "a/b" } });
    expect(asked.url).toBe("/api/screens/a%2Fb");
  });

  it("sends a body as JSON", async () => {
    await call("signIn", { body: { token: "t".repeat(24) } });
    expect(JSON.parse(asked.body)).toEqual({ token: "t".repeat(24) });
  });

  it("tells a refusal as the hub's sentence with its paths", async () => {
    const errors = [{ path: "/rev", message: "is 4 by now" }];
    reply = {
      status: 409,
      body: {
        title: "Conflict",
        detail: "eco.aqi changed",
        status: 409,
        errors,
      },
    };
    await expect(call("listScreens")).rejects.toMatchObject({
      status: 409,
      message: "eco.aqi changed; /rev: is 4 by now",
    });
  });

  it("is heard with its answer, so that whoever keeps the session learns of it", async () => {
    await call("listScreens");
    reply = { status: 401, body: { title: "Unauthorized", status: 401 } };
    await expect(call("whoAmI")).rejects.toMatchObject({ status: 401 });
    expect(heard).toEqual([
      ["listScreens", 200],
      ["whoAmI", 401],
    ]);
  });

  it("tells how long the hub wants to be left alone", async () => {
    const body = { title: "Too Many Requests", status: 429 };
    reply = { status: 429, body, retryAfter: "90" };
    await expect(call("signInWays")).rejects.toMatchObject({
      retryAfter: 90_000,
    });
    reply = { status: 429, body, retryAfter: "soon" };
    await expect(call("signInWays")).rejects.toMatchObject({
      retryAfter: null,
    });
  });

  it("says that the hub cannot be reached when it is not there", async () => {
    const lost = createCall(
      () => {},
      () => Promise.reject(new TypeError("fetch failed")),
    );
    await expect(lost("listScreens")).rejects.toMatchObject({ status: 0 });
  });
});
