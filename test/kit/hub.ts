/** The hub as its users run it: the built server in a process of its own. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { builtProgram } from "./built.ts";
import { startChild, type Child } from "./child.ts";
import { keyOf, writeCity, writeKeyHashes, type CityPlan } from "./city.ts";
import { makeFolder } from "./folder.ts";
import { freePort } from "./port.ts";

export interface HubOptions {
  /** A plan, or a pack that somebody else wrote: then its feeds get keys all the same. */
  city: CityPlan | { cityDir: string };
  /** Kept at the end where given; else a temporary one. */
  dataDir?: string;
  databaseUrl?: string;
  /** An outside broker. */
  mqttUrl?: string;
  /** Opens the embedded broker on a free port. */
  broker?: boolean;
  /** Accounts of every role with one-time links, and no second factors: as the demo has. Default true. */
  demo?: boolean;
  /** More environment. */
  env?: Record<string, string>;
  nodeFlags?: string[];
}

export interface Hub {
  url: string;
  /** `mqtt://…` of the broker that feeds may use, where there is one. */
  mqttUrl: string | null;
  dataDir: string;
  readonly pid: number;
  output(): string;
  /** Cookie header of a session with this role; sessions outlive a restart. */
  signIn(role?: string): Promise<string>;
  /** Asks a door of the API as a system administrator (or by another cookie). */
  ask<T>(path: string, init?: RequestInit & { cookie?: string }): Promise<T>;
  /** Posts a body to a feed's door with its key. */
  post(feed: string, body: unknown, init?: RequestInit): Promise<Response>;
  /** Sum of a Prometheus metric over the label sets that hold all of `labels`. */
  metric(name: string, labels?: Record<string, string>): Promise<number>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Starts again on the same port and data; resolves when ready, with the ms it took. */
  restart(): Promise<number>;
  /** SIGTERM; resolves with the exit code. The data stays. */
  end(): Promise<number | null>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

const METRICS_TOKEN = "metrics-of-a-test";

/** Ready within this, or the start has failed. A store of a million sensors is read in seconds. */
const PATIENCE = 60_000;

export async function startHub(options: HubOptions): Promise<Hub> {
  const program = builtProgram("main");
  const folder = makeFolder("hub");
  const dataDir = options.dataDir ?? join(folder.path, "data");
  mkdirSync(dataDir, { recursive: true });
  const { cityDir, keyHashes } =
    "cityDir" in options.city
      ? keysFor(folder.path, options.city.cityDir)
      : writeCity(folder.path, options.city);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const demo = options.demo ?? true;
  const brokerPort = options.broker ? await freePort() : null;
  const env = {
    PORT: String(port),
    HOST: "127.0.0.1",
    DATA_DIR: dataDir,
    DATABASE_URL: options.databaseUrl,
    MQTT_URL: options.mqttUrl,
    // A demo has a broker in any case: not on the port of somebody else's.
    MQTT_PORT:
      brokerPort === null && (!demo || options.mqttUrl)
        ? undefined
        : String(brokerPort ?? (await freePort())),
    DEMO: demo ? "1" : undefined,
    CITY_DIR: cityDir,
    FEED_KEY_HASHES: keyHashes,
    METRICS_TOKEN,
    LOG_LEVEL: "warn",
    NODE_ENV: "production",
    ...options.env,
  };

  const start = async () => {
    const child = startChild(
      process.execPath,
      [...(options.nodeFlags ?? []), program],
      { env },
    );
    await ready(url, child);
    return child;
  };
  let child: Child;
  try {
    child = await start();
  } catch (error) {
    await folder.remove();
    throw error;
  }

  const cookies = new Map<string, Promise<string>>();
  const signIn = (role = "sysAdmin") => {
    const known = cookies.get(role) ?? exchangeLink(url, dataDir, role);
    cookies.set(role, known);
    return known;
  };
  const end = () => child.stop("SIGTERM", 15_000);

  return {
    url,
    mqttUrl:
      options.mqttUrl ??
      (brokerPort === null ? null : `mqtt://127.0.0.1:${brokerPort}`),
    dataDir,
    get pid() {
      return child.pid;
    },
    output: () => child.output(),
    signIn,
    async ask<T>(
      path: string,
      init: RequestInit & { cookie?: string } = {},
    ): Promise<T> {
      const reply = await fetch(url + path, {
        ...init,
        headers: {
          cookie: init.cookie ?? (await signIn()),
          "content-type": "application/json",
        },
      });
      if (!reply.ok)
        throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
      return (await reply.json()) as T;
    },
    post: (feed, body, init = {}) =>
      fetch(`${url}/ingest/v1/${feed}`, {
        method: "POST",
        body: typeof body === "string" ? body : JSON.stringify(body),
        ...init,
        headers: {
          authorization: `Bearer ${keyOf(feed)}`,
          "content-type": "application/json",
          ...init.headers,
        },
      }),
    async metric(name, labels = {}) {
      const reply = await fetch(`${url}/metrics`, {
        headers: { authorization: `Bearer ${METRICS_TOKEN}` },
      });
      return sumOf(await reply.text(), name, labels);
    },
    kill: async () => void (await child.stop("SIGKILL")),
    async restart() {
      const before = performance.now();
      child = await start();
      return performance.now() - before;
    },
    end,
    async stop() {
      await end();
      await folder.remove();
    },
  };
}

function keysFor(folder: string, cityDir: string) {
  const feeds = JSON.parse(
    readFileSync(join(cityDir, "feeds.json"), "utf8"),
  ) as { id: string }[];
  return {
    cityDir,
    keyHashes: writeKeyHashes(
      folder,
      feeds.map(({ id }) => id),
    ),
  };
}

async function ready(url: string, child: Child): Promise<void> {
  let ended: number | null | undefined;
  void child.exited.then((code) => (ended = code));
  const until = performance.now() + PATIENCE;
  while (ended === undefined && performance.now() < until) {
    const reply = await fetch(`${url}/api/ready`).catch(() => null);
    await reply?.body?.cancel();
    if (reply?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.signal("SIGKILL");
  throw new Error(
    `the hub ${ended === undefined ? `was not ready within ${PATIENCE / 1000} s` : `ended with ${ended}`}:\n${child.output()}`,
  );
}

async function exchangeLink(
  url: string,
  dataDir: string,
  role: string,
): Promise<string> {
  const links = JSON.parse(
    readFileSync(join(dataDir, "sign-in-links.json"), "utf8"),
  ) as { role: string; url: string }[];
  const link = links.find((link) => link.role === role);
  if (!link) throw new Error(`the hub gave no sign-in link for ${role}`);
  const reply = await fetch(`${url}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token: tokenOf(link.url) }),
  });
  const cookie = reply.headers.getSetCookie()[0]?.split(";", 1)[0];
  if (!reply.ok || !cookie)
    throw new Error(`signing in as ${role}: ${await reply.text()}`);
  return cookie;
}

/** The token stands in the link's fragment, alone or as `…=token`. */
const tokenOf = (link: string) => /([\w-]{20,})$/.exec(new URL(link).hash)![1]!;

/** Lines are `name{label="value",…} number`. */
function sumOf(
  metrics: string,
  name: string,
  labels: Record<string, string>,
): number {
  const wanted = Object.entries(labels).map(([key, is]) => `${key}="${is}"`);
  let sum = 0;
  for (const line of metrics.split("\n")) {
    const [, label, value] = /^\w+?(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (line.split(/[{ ]/, 1)[0] === name && value !== undefined)
      if (wanted.every((want) => label?.includes(want))) sum += Number(value);
  }
  return sum;
}
