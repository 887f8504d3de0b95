/** Attacks by the roads that departments send on: messages sent again or changed, URLs that lead inside, bodies without end. */
import { createHmac, randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WHOLE_CITY } from "../../../contract/data-scope.ts";
import { signedText } from "../../../server/feeds/signature.ts";
import { keyOf, PLACES } from "../../kit/city.ts";
import { startHub, type Hub } from "../../kit/hub.ts";
import { newPerson } from "../../kit/staff.ts";
import { ATTACKED_CITY } from "./city.ts";
import { knock, knockJson } from "./knock.ts";
import { attacked } from "./tally.ts";

let hub: Hub;
let inside: Server;
/** What the hub asked of a server that it must never ask. */
const asked: string[] = [];
const secrets = new Map<string, string>();

beforeAll(async () => {
  inside = createServer((request, reply) => {
    asked.push(request.url ?? "");
    reply.end();
  });
  inside.on("connection", () => asked.push("a connection"));
  await new Promise<void>((done) => inside.listen(0, "127.0.0.1", done));
  hub = await startHub({ city: ATTACKED_CITY });
  for (const feed of ["signed", "signed-too"]) {
    const { secret } = await hub.ask<{ secret: string }>(
      `/api/feeds/${feed}/secret`,
      { method: "POST", body: "{}" },
    );
    secrets.set(feed, secret);
  }
});
afterAll(async () => {
  await hub.stop();
  inside.close();
});

interface Message {
  feed: string;
  path: string;
  method: string;
  at: string;
  nonce: string;
  body: string;
  signature: string;
}
let count = 0;

function sign(change: Partial<Message> = {}): Message {
  const feed = change.feed ?? "signed";
  const message = {
    ...{ feed, path: `/ingest/v1/${feed}`, method: "POST" },
    ...{ at: String(Date.now()), nonce: randomBytes(16).toString("hex") },
    body: JSON.stringify([
      { sensor: `S-${++count}`, metric: "level", at: Date.now(), value: 1 },
    ]),
    ...change,
  };
  const text = signedText(
    message,
    message.at,
    message.nonce,
    Buffer.from(message.body),
  );
  const mac = createHmac("sha256", secrets.get(feed)!)
    .update(text)
    .digest("hex");
  return { signature: `sha256=${mac}`, ...message };
}

const send = (
  message: Message,
  more: Record<string, string | undefined> = {},
) => {
  const headers: Record<string, string | undefined> = {
    "content-type": "application/json",
    authorization: `Bearer ${keyOf(message.feed)}`,
    "x-chengshu-timestamp": message.at,
    "x-chengshu-nonce": message.nonce,
    "x-chengshu-signature": message.signature,
    ...more,
  };
  const given = Object.entries(headers).filter(
    ([, value]) => value !== undefined,
  );
  return knock(hub, message.method, message.path, {
    body: message.body,
    headers: Object.fromEntries(given) as Record<string, string>,
  });
};

describe("a signed message", () => {
  it("counts once, however often and however it is sent again", async () => {
    for (let i = 0; i < 10; i++) {
      const message = sign();
      expect((await send(message)).status).toBe(200);
      attacked(
        "replay",
        "the same again",
        (await send(message)).status === 401,
      );
      const [first, second] = await Promise.all([
        send(sign(message)),
        send(sign(message)),
      ]);
      attacked(
        "replay",
        "the same twice at once",
        first.status === 401 && second.status === 401,
      );
    }
    const fresh = sign();
    const together = await Promise.all(
      Array.from({ length: 8 }, () => send(fresh)),
    );
    attacked(
      "replay",
      "eight at once",
      together.filter(({ status }) => status === 200).length === 1,
    );
  });

  it("is refused when anything of it was changed on the way", async () => {
    const now = Date.now();
    const changes: [what: string, change: (message: Message) => Message][] = [
      [
        "its body",
        (m) => ({ ...m, body: m.body.replace('"value":1', '"value":9') }),
      ],
      ["a blank in its body", (m) => ({ ...m, body: `${m.body} ` })],
      ["no body", (m) => ({ ...m, body: "" })],
      ["a query", (m) => ({ ...m, path: `${m.path}?x=1` })],
      ["an empty query", (m) => ({ ...m, path: `${m.path}?` })],
      ["its nonce", (m) => ({ ...m, nonce: randomBytes(16).toString("hex") })],
      ["its time", (m) => ({ ...m, at: String(Number(m.at) + 1) })],
      [
        "its signature's end",
        (m) => ({
          ...m,
          signature:
            m.signature.slice(0, -1) + (m.signature.endsWith("0") ? "1" : "0"),
        }),
      ],
      ["another's signature", (m) => ({ ...m, signature: sign().signature })],
      [
        "its algorithm",
        (m) => ({ ...m, signature: m.signature.replace("sha256", "none") }),
      ],
      [
        "a short signature",
        (m) => ({ ...m, signature: m.signature.slice(0, 20) }),
      ],
      ["an empty signature", (m) => ({ ...m, signature: "sha256=" })],
      [
        "another feed",
        (m) => ({ ...m, feed: "signed-too", path: "/ingest/v1/signed-too" }),
      ],
    ];
    for (const [what, change] of changes)
      attacked("replay", what, (await send(change(sign()))).status === 401);
    for (const [what, at] of [
      ["six minutes old", now - 6 * 60_000],
      ["a day old", now - 86_400_000],
      ["of before the hub's start", now - 4 * 60_000],
      ["of the future", now + 6 * 60_000],
      ["of the year 2000", 946_684_800_000],
    ] as const)
      attacked(
        "replay",
        what,
        (await send(sign({ at: String(at) }))).status === 401,
      );
    for (const at of [
      "0",
      "-1",
      "NaN",
      "1e12",
      "1".repeat(40),
      " ",
      `${now}.0`,
      "0x18c",
    ])
      attacked(
        "replay",
        `the time ${at}`,
        (await send(sign({ at }))).status === 401,
      );
    for (const nonce of ["", "short", "x".repeat(200), "with a blank in it"])
      attacked(
        "replay",
        `the nonce ${nonce.slice(0, 20)}`,
        (await send(sign({ nonce }))).status === 401,
      );
  });

  it("is whole or nothing: no part may be missing, come twice or by another way", async () => {
    for (const part of ["timestamp", "nonce", "signature"]) {
      const message = sign();
      attacked(
        "replay",
        `no ${part}`,
        (await send(message, { [`x-chengshu-${part}`]: undefined })).status ===
          401,
      );
      attacked(
        "replay",
        `an empty ${part}`,
        (await send(message, { [`x-chengshu-${part}`]: "" })).status === 401,
      );
    }
    const bare = sign();
    attacked(
      "replay",
      "the key alone",
      (
        await send(bare, {
          "x-chengshu-timestamp": undefined,
          "x-chengshu-nonce": undefined,
          "x-chengshu-signature": undefined,
        })
      ).status === 401,
    );
    attacked(
      "replay",
      "no key",
      (await send(sign(), { authorization: undefined })).status === 401,
    );
    attacked(
      "replay",
      "another feed's key",
      (await send(sign(), { authorization: `Bearer ${keyOf("signed-too")}` }))
        .status === 401,
    );
    // What is zipped is signed as it was sent.
    const message = sign();
    const zipped = await knock(hub, "POST", message.path, {
      body: gzipSync(message.body),
      headers: {
        "content-type": "application/json",
        "content-encoding": "gzip",
        authorization: `Bearer ${keyOf("signed")}`,
        "x-chengshu-timestamp": message.at,
        "x-chengshu-nonce": message.nonce,
        "x-chengshu-signature": message.signature,
      },
    });
    attacked("replay", "the same, zipped", zipped.status === 401);
    const nonce = randomBytes(16).toString("hex");
    expect((await send(sign({ nonce }))).status).toBe(200);
    // Each feed's nonces are its own: neither spends the other's.
    expect((await send(sign({ nonce, feed: "signed-too" }))).status).toBe(200);
    attacked(
      "replay",
      "a nonce for another body",
      (await send(sign({ nonce }))).status === 401,
    );
  });
});

/** Each leads inside, or to what is no camera at all. */
const URLS = (port: number) => [
  ...[
    ...[
      "127.0.0.1",
      "localhost",
      "LOCALHOST",
      "localhost.",
      "127.1",
      "127.0.1",
    ],
    ...["2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001"],
    ...["0", "0.0.0.0", "127.255.255.254", "127.0.0.1.", "%31%32%37.0.0.1"],
    ...[
      "[::1]",
      "[::]",
      "[0:0:0:0:0:0:0:1]",
      "[::ffff:127.0.0.1]",
      "[::ffff:7f00:1]",
    ],
    ...["[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]"],
    ...[
      "１２７.０.０.１",
      "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
      "127。0。0。1",
      "foo.localhost",
      "ip6-localhost",
    ],
  ].map((host) => `http://${host}:${port}/x`),
  ...[
    "169.254.169.254",
    "[fd00:ec2::254]",
    "metadata.google.internal",
    "metadata",
    "100.100.100.200",
    "2852039166",
    "0xa9fea9fe",
    "[::ffff:169.254.169.254]",
  ].map((host) => `http://${host}/latest/meta-data/`),
  ...["224.0.0.1", "255.255.255.255", "240.0.0.1"].map(
    (host) => `http://${host}/`,
  ),
  ...[
    "file:///etc/passwd",
    "ftp://10.0.0.1/x",
    "gopher://127.0.0.1:6379/_INFO",
    "dict://127.0.0.1:11211/",
    "data:text/html,<script>1</script>",
  ],
  ...[
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "blob:http://x/1",
    "rtsp://10.0.0.1/x",
  ],
  ...[
    "http://10.0.0.1@127.0.0.1/",
    "http://user:secret@10.0.0.1/x",
    "http://127.0.0.1#@10.0.0.1/",
    "http://10.0.0.1\\@127.0.0.1/",
    "//127.0.0.1/x",
    "\\\\127.0.0.1\\x",
  ],
  ...[
    "/api/session",
    "/ingest/v1/test-readings",
    "/live/",
    "/API/accounts",
    "/x/../api/accounts",
    "/%2e%2e/api/accounts",
    "/.//127.0.0.1/x",
  ],
  ...["http://", "http:///x", "https://[::1", "not a url", "http:127.0.0.1/x"],
];

describe("a URL that a department gives", () => {
  it("leads to no place inside, as a camera's picture or an attachment", async () => {
    const { port } = inside.address() as AddressInfo;
    const urls = URLS(port);
    expect(urls.length).toBeGreaterThanOrEqual(40);
    for (const [i, url] of urls.entries()) {
      const id = `cam-${i}`;
      const camera = await hub.post("test-cameras", [
        { id, name: id, ...PLACES.west, stream: { kind: "mp4", url } },
      ]);
      const opened = await knockJson(
        hub,
        "POST",
        "/api/cameras/open",
        { id: `test-cameras/${id}` },
        { cookie: await hub.signIn("dutyOfficer") },
      );
      // A path of this hub may be given, where it is none of its doors.
      const given = (JSON.parse(opened.text) as { url?: string }).url;
      attacked(
        "ssrf",
        `a camera at ${url} (${camera.status} ${opened.status})`,
        camera.status < 500 && given === undefined,
      );
      const reply = await hub.post("test-incidents", [
        {
          externalId: id,
          source: "s",
          title: "t",
          reportedAt: Date.now(),
          attachments: [{ url, kind: "image" }],
        },
      ]);
      const { accepted = 0 } = (await reply.json()) as { accepted?: number };
      attacked(
        "ssrf",
        `an attachment at ${url} (${reply.status})`,
        accepted === 0 && reply.status < 500,
      );
    }
    const honest = await hub.post("test-cameras", [
      {
        id: "honest",
        name: "honest",
        ...PLACES.west,
        stream: { kind: "mp4", url: "http://10.1.2.3/x.mp4" },
      },
    ]);
    expect(await honest.json()).toMatchObject({ accepted: 1 });
  });

  it("is opened by nobody here: the hub asks no server for anything", async () => {
    const { port } = inside.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/mapped`;
    const feed = (
      await hub.ask<{ items: { id: string; health: unknown }[] }>("/api/feeds")
    ).items.find(({ id }) => id === "test-readings")!;
    const { health: _health, ...plain } = feed;
    for (const mapping of [
      `$fetch("${url}")`,
      `$import("${url}")`,
      `$eval("fetch('${url}')")`,
      `$constructor.constructor("fetch('${url}')")()`,
    ]) {
      const { status, text } = await knockJson(
        hub,
        "POST",
        "/api/feeds/try",
        {
          feed: { ...plain, format: "csv", yields: "readings/1", mapping },
          sample: "a,b\n1,2\n",
        },
        { cookie: await hub.signIn("sysAdmin") },
      );
      attacked(
        "ssrf",
        `the mapping ${mapping} (${status})`,
        status < 500 && !text.includes('"items":[{'),
      );
    }
    await hub.post(
      "test-readings",
      `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "${url}">]><x>&e;</x>`,
      { headers: { "content-type": "application/xml" } },
    );
    attacked("ssrf", `asked: ${asked.join(" ")}`, asked.length === 0);
  });
});

describe("a body without end", () => {
  const MIB = 1024 * 1024;
  const bomb = Buffer.alloc(200 * MIB, " ");

  it("is not unpacked, whatever it is packed with", async () => {
    const packed: [string, Buffer][] = [
      ["gzip", gzipSync(bomb)],
      ["deflate", deflateSync(bomb)],
      ["br", brotliCompressSync(bomb.subarray(0, 64 * MIB))],
      ["gzip, gzip", gzipSync(gzipSync(bomb))],
      ["gzip", gzipSync("[1").subarray(0, 12)],
      ["zstd", Buffer.from("x")],
    ];
    for (const [encoding, body] of packed) {
      const reply = await hub.post("test-readings", "", {
        body: new Uint8Array(body),
        headers: { "content-encoding": encoding },
      });
      attacked(
        "oversize",
        `${encoding} at a feed (${reply.status})`,
        [400, 413, 415, 422].includes(reply.status),
      );
      const { status } = await knock(hub, "POST", "/api/session", {
        body: body.subarray(0, 4_000),
        headers: {
          "content-type": "application/json",
          "content-encoding": encoding,
        },
      });
      attacked("oversize", `${encoding} at a door (${status})`, status === 415);
    }
  });

  it("ends at the bound, with a length or without", async () => {
    const large = Buffer.alloc(9 * MIB, "[");
    attacked(
      "oversize",
      "9 MiB",
      (await hub.post("test-readings", "", { body: large })).status === 413,
    );
    for (const [path, size, cookie] of [
      ["/api/session", 5_000, null],
      ["/api/pairing/claim", 100_000, null],
      ["/api/feeds/try", 3 * MIB, await hub.signIn("sysAdmin")],
    ] as const) {
      const body = "x".repeat(size);
      const type = { "content-type": "application/json" };
      const told = await knock(hub, "POST", path, {
        cookie,
        body,
        headers: type,
      });
      attacked("oversize", `${path} (${told.status})`, told.status === 413);
      const reply = await fetch(hub.url + path, {
        method: "POST",
        headers: { ...type, ...(cookie !== null && { cookie }) },
        // Without a length: it comes in chunks.
        body: new Blob([body]).stream(),
        duplex: "half",
      } as RequestInit);
      attacked(
        "oversize",
        `${path} in chunks (${reply.status})`,
        reply.status === 413,
      );
    }
  });

  it("that is nested without end breaks neither what reads it nor what shows it", async () => {
    const { cookie } = await newPerson(hub, "looks", ["sysAdmin"], WHOLE_CITY);
    const deep = [
      ["[", "]"],
      ['{"a":', "}"],
      ['[{"a":', "}]"],
    ].flatMap(([open = "", close = ""]) =>
      [1_000, 100_000].map((n) => `${open.repeat(n)}1${close.repeat(n)}`),
    );
    for (const body of deep) {
      for (const feed of ["test-readings", "test-incidents"]) {
        const { status } = await hub.post(feed, body);
        attacked("oversize", `deep JSON at ${feed} (${status})`, status < 500);
        const item = await hub.post(feed, `[{"sensor":${body}}]`);
        attacked(
          "oversize",
          `a deep item at ${feed} (${item.status})`,
          item.status < 500,
        );
      }
      for (const path of [
        "/api/rights/changes",
        "/api/feeds/try",
        "/api/accounts",
      ]) {
        const { status } = await knock(hub, "POST", path, {
          cookie,
          body: `{"change":${body},"feed":${body},"name":${body}}`,
          headers: { "content-type": "application/json" },
        });
        attacked(
          "oversize",
          `deep JSON at ${path} (${status})`,
          status >= 400 && status < 500,
        );
      }
    }
    const { status } = await knock(
      hub,
      "GET",
      "/api/feeds/test-readings/quarantine?limit=500",
      { cookie },
    );
    attacked("oversize", `the quarantine shown (${status})`, status === 200);
  });

  it("leaves the hub as it was", async () => {
    const reply = await hub.post("test-readings", [
      { sensor: "after", metric: "level", at: Date.now(), value: 1 },
    ]);
    expect(await reply.json()).toMatchObject({ accepted: 1 });
    expect((await knock(hub, "GET", "/api/ready")).status).toBe(200);
  });
});
