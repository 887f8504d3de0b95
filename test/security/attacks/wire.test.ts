/** Attacks on the wire itself: paths out of the folder, headers in values, requests in requests, more than anybody needs; and what must never be told. */
import { io } from "socket.io-client";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WHOLE_CITY } from "../../../contract/data-scope.ts";
import { keyOf } from "../../kit/city.ts";
import { startHub, type Hub } from "../../kit/hub.ts";
import {
  ask,
  enterByLink,
  newPerson,
  pairWall,
  PASSWORD,
} from "../../kit/staff.ts";
import { ATTACKED_CITY } from "./city.ts";
import { knock, knockJson, writeBytes } from "./knock.ts";
import { attacked } from "./tally.ts";

let hub: Hub;
let cookie = "";
beforeAll(async () => {
  // Everything that it would log is looked through at the end.
  hub = await startHub({ city: ATTACKED_CITY, env: { LOG_LEVEL: "trace" } });
  cookie = await hub.signIn("sysAdmin");
});
afterAll(() => hub.stop());

const port = () => new URL(hub.url).port;

describe("a path out of the folder", () => {
  /** Ways to say "one up", and what lies there. */
  const UPS = [
    "../",
    "..%2f",
    "%2e%2e/",
    "%2e%2e%2f",
    "..\\",
    "..%5c",
    "%2e%2e%5c",
    "%252e%252e%252f",
    "..;/",
    "....//",
    ".%2e/",
    "%c0%ae%c0%ae/",
    "%uff0e%uff0e/",
    "..%00/",
    "..%c0%af",
    "．．/",
  ];
  const FILES = [
    "package.json",
    "server/main.js",
    "data/sign-in-links.json",
    "etc/passwd",
    ".built-from",
  ];
  const leaks = (text: string) =>
    /root:.*:0:0|"dependencies"|import \{|[0-9a-f]{64}|"token"|#token=/.test(
      text,
    );

  it("leads to no file that is not the app's", async () => {
    for (const up of UPS)
      for (const file of FILES)
        for (const begin of ["/", "/assets/", "/clip/"]) {
          const path = `${begin}${up.repeat(begin === "/" ? 1 : 2)}${file}`;
          const { status, text } = await knock(
            hub,
            "GET",
            encodeURI(path).replaceAll("%25", "%"),
          );
          attacked(
            "traversal",
            `${path} (${status})`,
            status < 500 && !leaks(text),
          );
        }
  });

  it("leads from no door to another's file", async () => {
    for (const up of UPS)
      for (const [begin, end] of [
        ["/api/basemap/", "city.json"],
        ["/api/basemap/", "feeds.json"],
        ["/api/screens/", "package.json"],
        ["/api/screens/", "city-overview"],
      ] as const) {
        const path = encodeURI(`${begin}${up}${end}`).replaceAll("%25", "%");
        const { status, text } = await knock(hub, "GET", path, { cookie });
        attacked(
          "traversal",
          `${path} (${status})`,
          status >= 400 && status < 500 && !leaks(text),
        );
      }
    for (const layer of [
      ".",
      "..",
      "",
      "%00",
      "districts.geojson",
      "districts%00",
      "/etc/passwd",
      "C:%5cwindows",
      "file:%2f%2f%2fetc%2fpasswd",
    ]) {
      const { status } = await knock(hub, "GET", `/api/basemap/${layer}`, {
        cookie,
      });
      attacked(
        "traversal",
        `the layer ${layer} (${status})`,
        status === 404 || status === 400,
      );
    }
  });

  it("is no other's for a whole URL, a host or a fragment in the request's line", async () => {
    for (const path of [
      "http://evil.example/etc/passwd",
      "http://evil.example/../../etc/passwd",
      "file:///etc/passwd",
      "//etc/passwd",
      "///etc/passwd",
      "/#/../../etc/passwd",
      "/?../../etc/passwd",
      "*",
      "/.git/config",
      "/.env",
      "/node_modules/express/package.json",
      "/server/main.js",
      "/assets",
      "/assets/",
      "/%00",
      "/index.html%00.js",
      "/index.html/../../x",
    ]) {
      const { status, text } = await knock(hub, "GET", path);
      attacked(
        "traversal",
        `${path} (${status})`,
        status < 500 && !leaks(text) && !/Index of/i.test(text),
      );
    }
  });

  it("opens no door by another spelling of its name", async () => {
    for (const path of [
      "//api/accounts",
      "/./api/accounts",
      "/api//accounts",
      "/api/./accounts",
      "/x/../api/accounts",
      "/api/accounts/",
      "/API/ACCOUNTS",
      "/api/accounts%2f",
      "/api%2faccounts",
      "/api/%61ccounts",
      "/api/accounts;x",
      "/api/accounts.json",
      "/api/accounts%00",
      "/assets/..%2fapi/accounts",
      "http://evil.example/api/accounts",
      "/metrics/../api/accounts",
    ]) {
      const { text } = await knock(hub, "GET", path);
      attacked("traversal", path, !/"staffNo"|"lockedUntil"/.test(text));
    }
  });
});

describe("a value that would be a header", () => {
  const BREAKS = [
    "%0d%0aset-cookie:%20pwned=1",
    "%0aset-cookie:%20pwned=1",
    "%0d%0a%0d%0a<script>",
    "%E5%98%8D%E5%98%8Aset-cookie:%20pwned=1",
    "%u000d%u000aset-cookie:pwned=1",
    "\u2028set-cookie:pwned=1",
  ];
  const isBroken = (headers: NodeJS.Dict<string | string[]>) =>
    JSON.stringify(headers["set-cookie"] ?? "").includes("pwned") ||
    "pwned" in headers;

  it("stays a value in every path and query", async () => {
    const paths = [
      "/",
      "/login?next=",
      "/api/oidc/start?next=",
      "/api/oidc/callback?state=",
      "/api/basemap/",
      "/api/screens/",
      "/api/incidents/",
      "/api/incidents?cursor=",
      "/api/audit/export?act=",
      "/ingest/v1/",
      "/live/?EIO=4&transport=",
      "/metrics?x=",
    ];
    for (const path of paths)
      for (const bad of BREAKS) {
        const { status, headers } = await knock(
          hub,
          "GET",
          encodeURI(path + bad).replaceAll("%25", "%"),
          { cookie },
        );
        attacked(
          "header injection",
          `${path}${bad} (${status})`,
          status < 500 && !isBroken(headers),
        );
      }
  });

  it("stays a value in every body and header that is kept", async () => {
    const bad = "x\r\nset-cookie: pwned=1\r\n\r\n<script>";
    for (const [method, path, body] of [
      ["POST", "/api/session", { login: bad, password: bad }],
      ["POST", "/api/session", { token: bad.padEnd(40, "x") }],
      ["POST", "/api/accounts", { login: bad, name: bad, staffNo: bad }],
      ["POST", "/api/accounts", { login: "crlf", name: bad, staffNo: bad }],
      [
        "POST",
        "/api/devices",
        { code: "AAAAAAAA", name: bad, screens: [bad], scope: WHOLE_CITY },
      ],
      ["POST", "/api/cameras/open", { id: bad }],
      ["PUT", "/api/departments/CRLF", { nameZh: bad, nameEn: bad }],
    ] as const) {
      const { status, headers } = await knockJson(hub, method, path, body, {
        cookie,
      });
      attacked(
        "header injection",
        `${method} ${path} (${status})`,
        status < 500 && !isBroken(headers),
      );
    }
    for (const name of [
      "user-agent",
      "referer",
      "accept",
      "accept-language",
      "accept-encoding",
      "content-type",
      "if-none-match",
      "range",
      "x-request-id",
      "cookie",
      "origin",
    ]) {
      const { status, headers } = await knock(hub, "GET", "/", {
        headers: { [name]: "x\tset-cookie: pwned=1, \"';<>" },
      });
      attacked(
        "header injection",
        `${name} (${status})`,
        status < 500 && !isBroken(headers),
      );
    }
  });

  it("gives no request within a request", async () => {
    const host = `Host: 127.0.0.1:${port()}\r\n`;
    const inner = `GET /api/session/ways HTTP/1.1\r\n${host}Connection: close\r\n\r\n`;
    const smuggled: [string, string][] = [
      [
        "a length and chunks",
        `POST /api/session HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
      ],
      [
        "two lengths",
        `POST /api/session HTTP/1.1\r\n${host}Content-Length: 0\r\nContent-Length: 5\r\n\r\n${inner}`,
      ],
      [
        "a length with a sign",
        `POST /api/session HTTP/1.1\r\n${host}Content-Length: +0\r\n\r\n${inner}`,
      ],
      [
        "chunks by another name",
        `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n\r\n${inner}`,
      ],
      [
        "a blank before the colon",
        `POST /api/session HTTP/1.1\r\n${host}Content-Length : 0\r\n\r\n${inner}`,
      ],
      [
        "a folded header",
        `GET / HTTP/1.1\r\n${host}X: a\r\n b\r\nTransfer-Encoding:\r\n chunked\r\n\r\n${inner}`,
      ],
      [
        "a bare line feed",
        `GET / HTTP/1.1\n${host.replace("\r", "")}Content-Length: 0\n\n${inner}`,
      ],
      [
        "a chunk that is no number",
        `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n${inner}`,
      ],
      [
        "a chunk that is too large for one",
        `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n\r\n${inner}`,
      ],
      ["no host", `GET / HTTP/1.1\r\n\r\n`],
      [
        "two hosts",
        `GET / HTTP/1.1\r\n${host}Host: evil.example\r\nConnection: close\r\n\r\n`,
      ],
      ["NUL in a header", `GET / HTTP/1.1\r\n${host}X: a\0b\r\n\r\n`],
      ["HTTP of another kind", `GET / HTTP/9.9\r\n${host}\r\n`],
      ["no HTTP", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
    ];
    for (const [what, bytes] of smuggled) {
      const answer = await writeBytes(hub, bytes);
      attacked(
        "header injection",
        `${what}: ${answer.slice(0, 40)}`,
        !answer.includes("singleSignOn") &&
          (answer === "" || /^HTTP\/1\.1 (?:400|415|200)/.test(answer)),
      );
    }
    expect(await writeBytes(hub, inner)).toContain("singleSignOn");
  });

  it("changes no link and no address: neither a host nor a proxy's words are taken from strangers", async () => {
    const forged = {
      host: "evil.example",
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "https",
      "x-forwarded-for": "203.0.113.66",
      "x-real-ip": "203.0.113.66",
      forwarded: "for=203.0.113.66;host=evil.example",
      "x-original-url": "/api/audit",
      "x-rewrite-url": "/api/audit",
    };
    const made = await knockJson(
      hub,
      "POST",
      "/api/accounts",
      { login: "host.attack", name: "H", staffNo: "H-1" },
      { cookie, headers: forged },
    );
    const { account, link } = JSON.parse(made.text) as {
      account: { id: string };
      link: { url: string };
    };
    attacked(
      "header injection",
      "the link of a new account",
      link.url.startsWith(hub.url),
    );
    const again = await knockJson(
      hub,
      "POST",
      `/api/accounts/${account.id}/link`,
      { reason: "it was lost" },
      { cookie, headers: forged },
    );
    attacked(
      "header injection",
      "a new link",
      (JSON.parse(again.text) as { url: string }).url.startsWith(hub.url),
    );
    const { headers, text } = await knock(hub, "GET", "/", { headers: forged });
    attacked(
      "header injection",
      "the page",
      !/evil\.example/.test(JSON.stringify(headers) + text),
    );
    await knockJson(
      hub,
      "POST",
      "/api/session",
      { login: "nobody", password: "x" },
      { headers: forged },
    );
    const person = await enterByLink(
      hub,
      JSON.parse(again.text) as { url: string },
    );
    const sessions = await ask(hub, "GET", "/api/sessions", { cookie });
    attacked(
      "header injection",
      "a session's address",
      !JSON.stringify(sessions.body).includes("203.0.113.66"),
    );
    const own = await knock(hub, "GET", "/api/session", {
      cookie: person,
      headers: forged,
    });
    expect(own.status).toBe(200);
    const audit = await ask(hub, "GET", "/api/audit?limit=500", {
      cookie: await hub.signIn("auditAdmin"),
    });
    attacked(
      "header injection",
      "the audit's addresses",
      !JSON.stringify(audit.body).includes("203.0.113.66"),
    );
    for (const path of [
      "/api/oidc/start?next=//evil.example",
      "/login?next=//evil.example",
      "//evil.example/",
      "/%5cevil.example",
      "/\\evil.example",
      "/assets/../..//evil.example",
    ]) {
      const reply = await knock(hub, "GET", path, { headers: forged });
      attacked(
        "header injection",
        `led away by ${path}`,
        reply.headers.location === undefined,
      );
    }
  });
});

describe("more than anybody needs", () => {
  it("in a request's head is refused, and the hub goes on", async () => {
    const many = (n: number) =>
      Object.fromEntries(Array.from({ length: n }, (_, i) => [`x-${i}`, "y"]));
    for (const [what, status, given] of [
      [
        "a cookie of 8 KB",
        [200],
        { headers: { cookie: `x=${"y".repeat(8_000)}` } },
      ],
      [
        "a cookie of 8 KB for a session",
        [401],
        {
          path: "/api/session",
          headers: { cookie: `chengshu=${"y".repeat(8_000)}` },
        },
      ],
      [
        "a cookie of 60 KB",
        [431],
        { headers: { cookie: `x=${"y".repeat(60_000)}` } },
      ],
      [
        "a thousand cookies",
        [401],
        { path: "/api/session", headers: { cookie: "a=b; ".repeat(1_500) } },
      ],
      ["a header of 60 KB", [431], { headers: { x: "y".repeat(60_000) } }],
      ["a thousand headers", [200, 400, 431], { headers: many(1_000) }],
      ["five thousand headers", [200, 400, 431], { headers: many(5_000) }],
      ["a path of 10 KB", [200, 404, 414], { path: `/${"x".repeat(10_000)}` }],
      ["a path of 60 KB", [431, 414], { path: `/${"x".repeat(60_000)}` }],
      ["a path of a thousand rooms", [200, 404], { path: "/x".repeat(3_000) }],
      [
        "three thousand parameters",
        [400, 401, 200],
        { path: `/api/incidents?${"a=1&".repeat(3_000)}` },
      ],
      [
        "one parameter three thousand times",
        [400, 401],
        { path: `/api/incidents?${"limit=1&".repeat(1_500)}` },
      ],
      [
        "a parameter with brackets without end",
        [401, 400],
        { path: `/api/incidents?${"a[".repeat(2_000)}` },
      ],
      [
        "a key of 10 KB",
        [401],
        {
          path: "/ingest/v1/x",
          method: "POST",
          headers: { authorization: `Bearer ${"k".repeat(10_000)}` },
        },
      ],
    ] as [
      string,
      number[],
      { path?: string; method?: string; headers?: Record<string, string> },
    ][]) {
      const reply = await knock(
        hub,
        given.method ?? "GET",
        given.path ?? "/login",
        { headers: { accept: "text/html", ...given.headers } },
      ).catch(() => ({ status: 431 }));
      attacked(
        "oversize",
        `${what} (${reply.status})`,
        status.includes(reply.status),
      );
    }
  });

  it("in a field is refused by its bound", async () => {
    for (const [method, path, body] of [
      [
        "POST",
        "/api/accounts",
        { login: "x".repeat(65), name: "x", staffNo: "x" },
      ],
      [
        "POST",
        "/api/accounts",
        { login: "long", name: "x".repeat(81), staffNo: "x" },
      ],
      [
        "POST",
        "/api/accounts",
        { login: "long", name: "x", staffNo: "x".repeat(41) },
      ],
      [
        "POST",
        "/api/devices",
        { code: "x".repeat(21), name: "x", screens: ["x"], scope: WHOLE_CITY },
      ],
      [
        "POST",
        "/api/devices",
        {
          code: "AAAA",
          name: "x",
          screens: Array<string>(51).fill("x"),
          scope: WHOLE_CITY,
        },
      ],
      [
        "POST",
        "/api/rights/changes",
        {
          change: {
            kind: "access",
            account: "x",
            roles: Array<string>(9).fill("leader"),
            scope: WHOLE_CITY,
          },
          reason: "long enough",
        },
      ],
      [
        "POST",
        "/api/rights/changes",
        { change: { kind: "enable", account: "x" }, reason: "x".repeat(501) },
      ],
      [
        "POST",
        "/api/session/password",
        { old: "x".repeat(201), password: "x" },
      ],
      [
        "POST",
        "/api/feeds/test-readings/quarantine/replay",
        { ids: Array<string>(1_001).fill("x") },
      ],
      ["POST", "/api/feeds/test-readings/keys", { overlap: 1e15 }],
      ["POST", "/api/session", { login: "x", password: "x".repeat(3_000) }],
    ] as const) {
      const { status } = await knockJson(hub, method, path, body, { cookie });
      attacked(
        "oversize",
        `${method} ${path} (${status})`,
        status === 400 || status === 422,
      );
    }
  });

  it("over a socket ends the socket and no other", async () => {
    const open = () =>
      io(hub.url, {
        path: "/live",
        transports: ["websocket"],
        extraHeaders: { cookie },
        reconnection: false,
        forceNew: true,
      });
    const good = open();
    await new Promise<void>((done) => good.once("connect", done));
    /** Does the hub answer the good one still? */
    const stands = async () =>
      "room" in
      ((await good
        .timeout(10_000)
        .emitWithAck("follow", { topic: "warnings", params: {} })) as object);
    const floods: [string, (socket: ReturnType<typeof open>) => void][] = [
      [
        "a packet of 1 MB",
        (socket) => socket.emit("follow", "x".repeat(1_000_000)),
      ],
      [
        "five thousand asks",
        (socket) => {
          for (let i = 0; i < 5_000; i++)
            socket.emit(
              "follow",
              { topic: "warnings", params: {} },
              () => undefined,
            );
        },
      ],
      [
        "five thousand asks for nothing",
        (socket) => {
          for (let i = 0; i < 5_000; i++) socket.emit("nothing", i);
        },
      ],
      [
        "prototype keys",
        (socket) =>
          socket.emit(
            "follow",
            JSON.parse('{"topic":"__proto__","params":{"__proto__":{"x":1}}}'),
            () => undefined,
          ),
      ],
      ["no object", (socket) => socket.emit("follow", null, () => undefined)],
      [
        "no answer asked for",
        (socket) => socket.emit("follow", { topic: "warnings" }),
      ],
      [
        "bytes",
        (socket) =>
          socket.emit("follow", Buffer.alloc(10_000), () => undefined),
      ],
      [
        "rooms that were never followed",
        (socket) => {
          for (let i = 0; i < 5_000; i++)
            socket.emit("unfollow", { room: `warnings|${i}` });
        },
      ],
    ];
    for (const [what, flood] of floods) {
      const bad = open();
      await new Promise<void>((done) => bad.once("connect", done));
      flood(bad);
      attacked("oversize", `socket: ${what}`, await stands());
      bad.close();
    }
    for (const packet of [
      "9",
      "4",
      "42",
      "42[",
      '42["follow"',
      "451-[",
      "4999999[]",
      "\0",
      "b4AAAA",
      `420["follow",{"topic":"warnings","params":${"[".repeat(25_000)}${"]".repeat(25_000)}}]`,
      `420["follow",${'{"a":'.repeat(8_000)}1${"}".repeat(8_000)}]`,
    ]) {
      const handshake = await knock(
        hub,
        "GET",
        "/live/?EIO=4&transport=polling",
        { cookie },
      );
      const { sid } = JSON.parse(handshake.text.slice(1)) as { sid: string };
      const { status } = await knock(
        hub,
        "POST",
        `/live/?EIO=4&transport=polling&sid=${sid}`,
        { cookie, body: packet },
      );
      attacked(
        "oversize",
        `packet ${packet} (${status})`,
        status < 500 && (await stands()),
      );
    }
    good.close();
  });
});

describe("what is secret", () => {
  it("is told in no answer, page, export, document or log", async () => {
    const person = await newPerson(hub, "keeps", ["auditAdmin"], WHOLE_CITY);
    const changed = await ask(hub, "POST", "/api/session/password", {
      cookie: person.cookie,
      body: { old: PASSWORD, password: "Another-Lantern-43" },
    });
    expect(changed.status).toBe(200);
    const factor = await ask<{ secret: string }>(
      hub,
      "POST",
      "/api/session/factor",
      { cookie: changed.cookie, body: { password: "Another-Lantern-43" } },
    );
    const wall = await pairWall(hub, { scope: WHOLE_CITY });
    const rotated = await hub.ask<{ key: string }>(
      "/api/feeds/test-readings/keys",
      { method: "POST", body: "{}" },
    );
    const signing = await hub.ask<{ secret: string }>(
      "/api/feeds/signed/secret",
      { method: "POST", body: "{}" },
    );
    const valueOf = (pair: string | null) => pair!.split("=")[1]!;
    // Typed where another thing belongs, as people do.
    const typed = "Typed-In-Wrong-99";
    await knockJson(hub, "POST", "/api/session", {
      login: typed,
      password: typed,
    });
    await knockJson(hub, "POST", "/api/session", {
      login: "keeps",
      password: typed,
    });
    await knock(hub, "POST", "/api/session", {
      headers: { "content-type": "application/json" },
      body: `{"login":"keeps","password":"${typed}`,
    });
    await knock(hub, "POST", `/ingest/v1/test-readings`, {
      headers: { authorization: `Bearer ${typed}` },
      body: "[]",
    });
    await knockJson(
      hub,
      "POST",
      "/api/session/code",
      { code: "Typed-In-99" },
      { cookie },
    );
    const links = readFileSync(join(hub.dataDir, "sign-in-links.json"), "utf8");
    const secrets: [string, string][] = [
      ["a password", PASSWORD],
      ["a new password", "Another-Lantern-43"],
      ["a password typed", typed],
      ["a session", valueOf(cookie)],
      ["a person's session", valueOf(changed.cookie)],
      ["a wall's token", valueOf(wall.cookie)],
      ["a factor", factor.body.secret],
      ["a feed's key", rotated.key],
      ["a feed's first key", keyOf("test-readings")],
      ["a signing secret", signing.secret],
      ...[...links.matchAll(/#token=([\w-]+)/g)].map(
        ([, token]): [string, string] => ["a link's token", token!],
      ),
    ];
    const audit = await hub.signIn("auditAdmin");
    const seen: [string, string][] = [["the log", hub.output()]];
    for (const [path, by] of [
      ...["/api/audit?limit=500", "/api/audit/export"].map(
        (path) => [path, audit] as const,
      ),
      ...[
        "/api/accounts?limit=500",
        "/api/sessions",
        "/api/devices",
        "/api/feeds",
        "/api/feeds/test-readings/keys",
        "/api/feeds/signed/keys",
        "/api/rights/changes",
        "/api/feeds/test-readings/quarantine",
        "/api/openapi.json",
        "/api/session",
        "/api/session/own",
        "/api/health",
      ].map((path) => [path, cookie] as const),
    ]) {
      const { status, text, headers } = await knock(hub, "GET", path, {
        cookie: by,
      });
      expect(status, path).toBe(200);
      seen.push([path, text + JSON.stringify(headers)]);
    }
    const metrics = await knock(hub, "GET", "/metrics", {
      headers: { authorization: "Bearer metrics-of-a-test" },
    });
    seen.push(["the metrics", metrics.text]);
    for (const [what, secret] of secrets)
      for (const [where, text] of seen)
        attacked("secrets", `${what} in ${where}`, !text.includes(secret));
  });

  it("is kept in the store as hashes and sealed, whatever file it is in", () => {
    const files = readdirSync(hub.dataDir, {
      recursive: true,
      withFileTypes: true,
    }).filter((entry) => entry.isFile());
    const kept = files.map((entry) =>
      readFileSync(join(entry.parentPath, entry.name)),
    );
    for (const [what, secret] of [
      ["a password", PASSWORD],
      ["a session", cookie.split("=")[1]!],
      ["a feed's key", keyOf("test-readings")],
    ] as const)
      for (const [i, bytes] of kept.entries())
        attacked(
          "secrets",
          `${what} in ${files[i]!.name}`,
          !bytes.includes(secret),
        );
  });

  it("is in no error: neither paths, queries nor stacks", async () => {
    for (const [method, path, body] of [
      ["GET", "/api/incidents?cursor=%27", undefined],
      ["GET", "/api/accounts?search=%27%22%00", undefined],
      ["GET", "/%ff", undefined],
      ["POST", "/api/session", '{"login":'],
      ["POST", "/api/feeds/try", '{"feed":{}}'],
      ["GET", "/assets/../../x", undefined],
      ["GET", "/live/?transport=x", undefined],
      [
        "GET",
        "/api/series/history?system=x&sensor=x&metric=x&from=x&to=x",
        undefined,
      ],
    ] as const) {
      const { status, text } = await knock(hub, method, path, {
        cookie,
        ...(body !== undefined && {
          body,
          headers: { "content-type": "application/json" },
        }),
      });
      attacked(
        "secrets",
        `${path} (${status}): ${text.slice(0, 80)}`,
        status < 500 &&
          !/\bat .+:\d+:\d+|node_modules|SELECT |SQLITE|\/(?:tmp|home|root|work)\//.test(
            text,
          ),
      );
    }
  });
});
