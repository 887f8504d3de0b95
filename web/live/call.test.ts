import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createCall, type Call } from "./call.ts";

let server: Server;
let reply: { status: number; body: unknown };
let asked: { method: string; url: string; body: string };
let call: Call;
let denials: number;

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
      response.end(JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  call = createCall(
    () => denials++,
    (input, init) =>
      fetch(new URL(input as string, `http://127.0.0.1:${port}`), init),
  );
});
afterAll(() => server.close());
beforeEach(() => {
  denials = 0;
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

  it("says so when the session is over", async () => {
    reply = { status: 401, body: { title: "Unauthorized", status: 401 } };
    await expect(call("whoAmI")).rejects.toMatchObject({ status: 401 });
    expect(denials).toBe(1);
  });

  it("says that the hub cannot be reached when it is not there", async () => {
    const lost = createCall(
      () => {},
      () => Promise.reject(new TypeError("fetch failed")),
    );
    await expect(lost("listScreens")).rejects.toMatchObject({ status: 0 });
  });
});
