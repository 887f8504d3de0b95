/** Attacks by another site's page and by odd methods; and what every answer tells the browser to keep from. */
import { WebSocket } from "ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api, type DoorName } from "../../../contract/api.ts";
import type { Door } from "../../../contract/door.ts";
import { keyOf } from "../../kit/city.ts";
import { startHub, type Hub } from "../../kit/hub.ts";
import { ATTACKED_CITY } from "./city.ts";
import { knock, knockJson, type Knocked } from "./knock.ts";
import { attacked } from "./tally.ts";

let hub: Hub;
let cookie = "";
beforeAll(async () => {
  hub = await startHub({ city: ATTACKED_CITY });
  cookie = await hub.signIn("sysAdmin");
});
afterAll(() => hub.stop());

const doors = Object.entries(api) as [DoorName, Door][];
const changing = doors.filter(([, { method }]) => method !== "GET");
const pathOf = ({ path }: Door) => path.replaceAll(/\{\w+\}/g, "x");
const json = { "content-type": "application/json" };

/** What another site's page can make a browser send along with our cookie. */
const foreign = (): [what: string, headers: Record<string, string>][] => [
  ["another origin", { ...json, origin: "https://evil.example" }],
  ["no origin to speak of", { ...json, origin: "null" }],
  ["what is no origin", { ...json, origin: "evil" }],
  ["another port", { ...json, origin: "http://127.0.0.1:1" }],
  [
    "a name that begins as ours",
    { ...json, origin: `${hub.url}.evil.example` },
  ],
  [
    "a name that ends as ours",
    { ...json, origin: `http://evil-${new URL(hub.url).host}` },
  ],
  [
    "our name as a login",
    { ...json, origin: `http://${new URL(hub.url).host}@evil.example` },
  ],
  ["another site", { ...json, "sec-fetch-site": "cross-site" }],
  ["a neighbour", { ...json, "sec-fetch-site": "same-site" }],
  [
    "another site that names our origin",
    { ...json, origin: hub.url, "sec-fetch-site": "cross-site" },
  ],
];
/** A form of another site's, from a browser too old to say where it comes from. */
const FORMS: [what: string, type: string, body: string][] = [
  ["a text", "text/plain", '{"login":"x","password":"x"}'],
  ["a form", "application/x-www-form-urlencoded", "login=x&password=x"],
  ["files", "multipart/form-data; boundary=x", "--x\r\n\r\n{}\r\n--x--"],
  ["a type that begins as JSON", "application/jsonp", "{}"],
  ["JSON behind a text", "text/plain; application/json", "{}"],
];

describe("another site's page", () => {
  it("changes nothing by any door, whatever it sends", async () => {
    for (const [name, door] of changing) {
      const path = pathOf(door);
      for (const [what, headers] of foreign()) {
        const { status, headers: told } = await knock(hub, door.method, path, {
          ...{ cookie, headers, body: "{}" },
        });
        const holds = status === 403 && told["set-cookie"] === undefined;
        attacked("csrf", `${name}: ${what} (${status})`, holds);
      }
      for (const [what, type, body] of FORMS) {
        const { status } = await knock(hub, door.method, path, {
          ...{ cookie, headers: { "content-type": type }, body },
        });
        attacked("csrf", `${name}: ${what} (${status})`, status === 415);
      }
    }
    // Signing out was among them.
    expect((await knock(hub, "GET", "/api/session", { cookie })).status).toBe(
      200,
    );
  });

  it("signs nobody in as its own", async () => {
    const body = JSON.stringify({ login: "mallory", password: "x" });
    for (const [what, headers] of foreign()) {
      const reply = await knock(hub, "POST", "/api/session", { headers, body });
      attacked("csrf", `a sign-in: ${what}`, reply.status === 403);
    }
  });

  it("reads nothing: no answer allows another origin", async () => {
    for (const [name, door] of doors)
      for (const method of ["OPTIONS", door.method]) {
        const { headers } = await knock(hub, method, pathOf(door), {
          headers: {
            origin: "https://evil.example",
            "access-control-request-method": door.method,
          },
        });
        const allows = Object.keys(headers).some((header) =>
          header.startsWith("access-control-"),
        );
        attacked("csrf", `${name}: ${method} across origins`, !allows);
      }
  });

  it("opens no socket, by WebSocket or by polling", async () => {
    const polling = "/live/?EIO=4&transport=polling";
    const opens = (headers: Record<string, string>) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(
          `${hub.url.replace("http", "ws")}/live/?EIO=4&transport=websocket`,
          { headers: { cookie, ...headers } },
        );
        socket.on("open", () => {
          socket.terminate();
          resolve(true);
        });
        socket.on("error", () => resolve(false));
      });
    for (const [what, headers] of foreign()) {
      attacked("csrf", `a socket: ${what}`, !(await opens(headers)));
      const { status, headers: told } = await knock(hub, "GET", polling, {
        cookie,
        headers,
      });
      const allows = told["access-control-allow-origin"] !== undefined;
      attacked(
        "csrf",
        `polling: ${what} (${status})`,
        status === 403 && !allows,
      );
    }
    expect(await opens({ origin: hub.url })).toBe(true);
    expect((await knock(hub, "GET", polling, { cookie })).status).toBe(200);
  });
});

describe("a method that is not the door's", () => {
  const METHODS = [
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "PROPFIND",
    "MKCOL",
    "SEARCH",
    "LINK",
  ];

  /** A name may stand where another door takes an id. */
  const isAt = (door: Door, path: string) =>
    new RegExp(`^${door.path.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path);

  it("opens none, and says nothing of what is behind it", async () => {
    for (const path of new Set(doors.map(([, door]) => pathOf(door)))) {
      const known = doors
        .filter(([, door]) => isAt(door, path))
        .map(([, { method }]) => method as string);
      for (const method of METHODS) {
        if (
          known.includes(method) ||
          (method === "HEAD" && known.includes("GET"))
        )
          continue;
        const { status, headers } = await knockJson(
          hub,
          method,
          path,
          {},
          { cookie },
        );
        attacked(
          "verbs",
          `${method} ${path} (${status})`,
          status === 404 && headers["set-cookie"] === undefined,
        );
      }
    }
  });

  it("is not taken from a header, a query or a body", async () => {
    const overrides: [string, Record<string, string>, string][] = [
      ...["x-http-method-override", "x-http-method", "x-method-override"].map(
        (name): [string, Record<string, string>, string] => [
          "",
          { [name]: "DELETE" },
          "",
        ],
      ),
      ["?_method=DELETE", {}, ""],
      ["", {}, '{"_method":"DELETE"}'],
    ];
    for (const [query, headers, body] of overrides)
      for (const method of ["GET", "POST"]) {
        const own = await knock(hub, method, `/api/session${query}`, {
          ...{ cookie, headers: { ...json, ...headers } },
          ...(method === "POST" && { body: body || "{}" }),
        });
        const still = await knock(hub, "GET", "/api/session", { cookie });
        attacked(
          "verbs",
          `${method} that would be DELETE (${own.status})`,
          still.status === 200,
        );
      }
  });

  it("HEAD tells as much of a door as its GET: nothing to strangers", async () => {
    for (const [name, door] of doors.filter(
      ([, { method, permission }]) =>
        method === "GET" && permission !== "public",
    )) {
      const { status, text } = await knock(hub, "HEAD", pathOf(door));
      attacked(
        "verbs",
        `HEAD ${name} (${status})`,
        status === 401 && text === "",
      );
    }
  });
});

describe("keys that reach for the prototype", () => {
  const KEYS = ["__proto__", "constructor", "prototype"];
  const harm = {
    status: 200,
    permission: "public",
    polluted: "yes",
    toJSON: 1,
    enabled: true,
    headers: { x: "1" },
  };
  const texts = [
    ...KEYS.map((key) => `{"${key}":${JSON.stringify(harm)}}`),
    `{"constructor":{"prototype":${JSON.stringify(harm)}}}`,
    `[{"__proto__":${JSON.stringify(harm)}}]`,
    `{"change":{"__proto__":{"kind":"policy"}},"reason":"because of that"}`,
  ];
  const look = async () =>
    JSON.stringify(
      await Promise.all(
        ["/api/session", "/api/none", "/api/roles", "/api/openapi.json"].map(
          async (path) => {
            const { status, text } = await knock(hub, "GET", path, { cookie });
            return { status, text };
          },
        ),
      ),
    );

  it("change no answer of the hub, whatever door they came by", async () => {
    const before = await look();
    for (const [name, door] of changing.filter(
      ([name]) => name !== "signOut" && name !== "verifyAudit",
    ))
      for (const body of texts) {
        const { status } = await knock(hub, door.method, pathOf(door), {
          cookie,
          headers: json,
          body,
        });
        attacked(
          "prototype",
          `${name}: ${body.slice(0, 30)} (${status})`,
          status < 500,
        );
      }
    for (const key of KEYS) {
      for (const path of [
        `/api/screens/${key}`,
        `/api/basemap/${key}`,
        `/api/incidents/${key}`,
        `/api/feeds/${key}/keys`,
        `/ingest/v1/${key}`,
        `/api/incidents?${key}[x]=1`,
        `/${key}.js`,
      ]) {
        const { status } = await knock(hub, "GET", path, { cookie });
        attacked(
          "prototype",
          `${path} (${status})`,
          status < 500 && (status !== 200 || path.includes("?")),
        );
      }
      for (const feed of [
        "test-sensors",
        "test-incidents",
        "test-readings",
        "test-cameras",
      ]) {
        const reply = await hub.post(
          feed,
          `[{"id":"p","name":"p","kind":"k","lng":120.05,"lat":30.05,"metrics":[],"attributes":{"${key}":"x"},"${key}":${JSON.stringify(harm)}}]`,
        );
        attacked(
          "prototype",
          `${feed}: ${key} (${reply.status})`,
          reply.status < 500,
        );
      }
    }
    attacked("prototype", "answers afterwards", (await look()) === before);
  });
});

describe("every answer", () => {
  /** One of each kind that the hub gives. */
  const kinds = (): [
    what: string,
    page: boolean,
    asked: Promise<Knocked>,
  ][] => {
    const get = (path: string, more = {}) => knock(hub, "GET", path, more);
    const html = { headers: { accept: "text/html" } };
    return [
      ["the start page", true, get("/", html)],
      ["the sign-in page", true, get("/login", html)],
      ["a page that is not", true, get("/no/such/page", html)],
      ["a file that is not", false, get("/assets/none.js")],
      ["a path that cannot be read", false, get("/%ff%00")],
      ["a path out of the folder", false, get("/..%2f..%2fpackage.json")],
      ["health", false, get("/api/health")],
      ["ready", false, get("/api/ready")],
      ["OpenAPI", false, get("/api/openapi.json")],
      ["the ways in", false, get("/api/session/ways")],
      ["who I am", false, get("/api/session", { cookie })],
      ["what needs a session", false, get("/api/accounts")],
      ["what the role may not", false, get("/api/audit", { cookie })],
      ["a door that is not", false, get("/api/none")],
      [
        "a query that is wrong",
        false,
        get("/api/accounts?limit=-1", { cookie }),
      ],
      [
        "a body that is no JSON",
        false,
        knock(hub, "POST", "/api/session", { headers: json, body: "{" }),
      ],
      [
        "a body that is too large",
        false,
        knock(hub, "POST", "/api/session", {
          headers: json,
          body: "x".repeat(5_000),
        }),
      ],
      [
        "another site's",
        false,
        knock(hub, "POST", "/api/session", {
          headers: { origin: "https://evil.example" },
        }),
      ],
      ["metrics", false, get("/metrics")],
      ["the base map", false, get("/api/basemap/none", { cookie })],
      [
        "a feed without key",
        false,
        knock(hub, "POST", "/ingest/v1/test-readings", { body: "[]" }),
      ],
      ["a feed by GET", false, get("/ingest/v1/test-readings")],
      [
        "a feed that is heard",
        false,
        knock(hub, "POST", "/ingest/v1/test-readings", {
          headers: {
            ...json,
            authorization: `Bearer ${keyOf("test-readings")}`,
          },
          body: "[]",
        }),
      ],
      ["a socket's", false, get("/live/?EIO=4&transport=polling", { cookie })],
      ["a stranger's socket's", false, get("/live/?EIO=4&transport=polling")],
      [
        "a socket that is not",
        false,
        get("/live/?EIO=4&transport=polling&sid=x", { cookie }),
      ],
      ["single sign-on that is not", false, get("/api/oidc/start")],
    ];
  };
  const directives = (policy: string) =>
    new Map(
      policy.split(";").map((part) => {
        const [name = "", ...sources] = part.trim().split(/\s+/);
        return [name, sources] as const;
      }),
    );

  it("runs nothing that is not ours, stands in no frame and names no server", async () => {
    for (const [what, , asked] of kinds()) {
      const { headers } = await asked;
      const policy = directives(
        String(headers["content-security-policy"] ?? ""),
      );
      const scripts = policy.get("script-src") ??
        policy.get("default-src") ?? ["*"];
      attacked(
        "policy",
        `${what}: scripts ${scripts.join(" ")}`,
        scripts.every((source) => ["'self'", "'none'"].includes(source)),
      );
      attacked(
        "policy",
        `${what}: frames`,
        policy.get("frame-ancestors")?.join() === "'none'",
      );
      attacked(
        "policy",
        `${what}: default`,
        policy.get("default-src")?.join() === "'none'",
      );
      attacked(
        "policy",
        `${what}: sniffing`,
        headers["x-content-type-options"] === "nosniff",
      );
      attacked(
        "policy",
        `${what}: referrer`,
        headers["referrer-policy"] === "no-referrer",
      );
      attacked(
        "policy",
        `${what}: banner`,
        headers["server"] === undefined &&
          headers["x-powered-by"] === undefined,
      );
    }
  });

  it("is kept by nobody, but for the app's own files", async () => {
    for (const [what, page, asked] of kinds()) {
      const { headers } = await asked;
      attacked(
        "caching",
        what,
        headers["cache-control"] === (page ? "no-cache" : "no-store"),
      );
    }
    for (const [name, door] of doors.filter(
      ([, { method }]) => method === "GET",
    )) {
      for (const role of ["sysAdmin", "auditAdmin", "dutyOfficer"]) {
        const { headers } = await knock(hub, "GET", pathOf(door), {
          cookie: await hub.signIn(role),
        });
        attacked(
          "caching",
          `${name} for ${role}`,
          headers["cache-control"] === "no-store",
        );
      }
    }
  });

  it("of the app has files for ever by their hash, with the same policy", async () => {
    const { text } = await knock(hub, "GET", "/", {
      headers: { accept: "text/html" },
    });
    const files = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(
      ([, path]) => path!,
    );
    expect(files.length).toBeGreaterThan(1);
    for (const path of files)
      for (const encoding of ["br", "gzip", "identity"]) {
        const { status, headers } = await knock(hub, "GET", path, {
          headers: { "accept-encoding": encoding },
        });
        expect(status).toBe(200);
        attacked(
          "policy",
          `${path}: sniffing`,
          headers["x-content-type-options"] === "nosniff",
        );
        attacked(
          "policy",
          `${path}: policy`,
          /frame-ancestors 'none'/.test(
            String(headers["content-security-policy"]),
          ),
        );
        attacked(
          "caching",
          path,
          String(headers["cache-control"]).includes("immutable"),
        );
      }
  });
});
