/** Starts a hub with its strangers for demo and replay, and keeps it up. */
import { fork, type ChildProcess } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { linksFile, staffFile } from "./auth/links.ts";
import { launchConfig } from "./config.ts";
import { keepPrivate } from "./lib/private.ts";

export interface Launch {
  name: string;
  dataDir: string;
  /** Script and arguments that write the city pack into the folder. */
  city: (dir: string) => string[];
  /** It also brings an older folder up to this version, and is run at every start. */
  renews?: boolean;
  /** Script and arguments of the process that feeds the hub. */
  feeds: (ask: {
    hub: string;
    mqtt: string;
    keys: string;
    city: string;
    /** File with port and secret at which its own system is told back; null where none is. */
    desk: string | null;
    /** File of the staff's own sign-in links; null where the pack has no staff. */
    staff: string | null;
  }) => string[];
  /** A system of the feeding process that is told what became of its matters. */
  toldBack?: string;
  /** A line under the sign-in links: what one can do next. */
  hint?: (hub: string) => string;
  /** The feeding process may end: the hub stays. Its exit code becomes ours when `once`. */
  once?: boolean;
}

const LOOPBACK = "127.0.0.1";
const READY_WITHIN = 60_000;

/** Why nothing was started, as a sentence. */
class Trouble extends Error {}

const takenSentence = (port: number) =>
  `the port ${port} is taken by another program; choose another with PORT`;

function isTaken(port: number): Promise<boolean> {
  return new Promise((told) => {
    const probe = createServer();
    // Any other trouble with the port is the hub's to say.
    probe.once("error", (error: NodeJS.ErrnoException) =>
      told(error.code === "EADDRINUSE"),
    );
    probe.listen(port, "127.0.0.1", () => probe.close(() => told(false)));
  });
}

/** Runs until SIGINT or SIGTERM; what stops the start is said in a sentence. */
export async function launch(wanted: Launch): Promise<void> {
  try {
    await start(wanted);
  } catch (error) {
    console.error(error instanceof Trouble ? error.message : error);
    process.exit(1);
  }
}

async function start(wanted: Launch): Promise<void> {
  const { port, mqttPort, logLevel, inherited } = launchConfig();
  const hubUrl = `http://127.0.0.1:${port}`;
  // Another hub there would answer in ours' place.
  if (await isTaken(port)) throw new Trouble(takenSentence(port));
  const city = join(wanted.dataDir, "city");
  await keepPrivate(wanted.dataDir);
  await mkdir(city, { recursive: true });
  if (wanted.renews || !existsSync(join(city, "city.json")))
    await run(wanted.city(city));
  const files = await feedKeys(wanted.dataDir, city);
  const desk = wanted.toldBack
    ? await deskOf(wanted.dataDir, wanted.toldBack)
    : null;
  let stopping = false;
  let hub: ChildProcess;
  let restarts = 0;

  const startHub = () => {
    hub = fork(program("main"), {
      env: {
        ...inherited,
        DEMO: "1",
        PORT: String(port),
        MQTT_PORT: String(mqttPort),
        DATA_DIR: wanted.dataDir,
        CITY_DIR: city,
        FEED_KEY_HASHES: files.hashes,
        ...(desk && {
          WEBHOOKS: desk.hooks,
          // It is on this machine, as all of the demo is.
          OUTBOUND_ALLOW: [inherited["OUTBOUND_ALLOW"], LOOPBACK]
            .filter(Boolean)
            .join(","),
        }),
        LOG_LEVEL: logLevel,
      },
    });
    hub.on("exit", (code) => {
      if (stopping) return;
      if (!ready) return void fail(`the hub did not start (exit ${code})`);
      console.error(`The hub died (exit ${code}); starting it again.`);
      setTimeout(
        startHub,
        Math.min(10_000, 500 * 2 ** Math.min(restarts++, 4)),
      );
    });
  };
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    strangers?.kill("SIGTERM");
    hub.kill("SIGTERM");
    await Promise.race([ended(hub), wait(12_000, undefined, { ref: false })]);
    process.exit(code);
  };
  const fail = (message: string) => {
    console.error(message);
    void stop(1);
  };

  let ready = false;
  let strangers: ChildProcess | null = null;
  process.on("SIGINT", () => void stop(0));
  process.on("SIGTERM", () => void stop(0));
  startHub();
  await untilReady(hubUrl, () => stopping);
  ready = true;
  await printLinks(wanted, hubUrl);

  const staff = staffFile(wanted.dataDir);
  const [script, ...args] = wanted.feeds({
    hub: hubUrl,
    mqtt: `mqtt://127.0.0.1:${mqttPort}`,
    keys: files.keys,
    city,
    desk: desk?.file ?? null,
    staff: existsSync(staff) ? staff : null,
  });
  const startStrangers = () => {
    strangers = fork(script!, args);
    strangers.on("exit", (code) => {
      if (stopping) return;
      if (wanted.once)
        return void (code ? fail("The feeds ended early.") : undefined);
      console.error(`The mock feeds died (exit ${code}); starting them again.`);
      setTimeout(startStrangers, 2_000);
    });
  };
  startStrangers();
}

/** A program of the mock feeds: a stranger, started as a process and never imported. */
export const mockFeeds = (name: string) => program(`../mock-feeds/${name}`);

/** A program beside this one: compiled in production, the source under `npm run dev`. */
const program = (name: string) =>
  join(import.meta.dirname, name + extname(import.meta.filename));

async function run(command: string[]): Promise<void> {
  const code = await asked(command);
  if (code !== 0) throw new Error(`${command[0]} ended with ${code}`);
}

/** Runs a program to its end. @returns its exit code, 1 where it was killed */
export const asked = ([script, ...args]: string[]): Promise<number> =>
  new Promise((done) =>
    fork(script!, args).once("exit", (code) => done(code ?? 1)),
  );

/** A key per feed, made once: plain for the senders (mode 600), hashed for the hub. */
async function feedKeys(dataDir: string, city: string) {
  const keys = join(dataDir, "feed-keys.json");
  const hashes = join(dataDir, "feed-key-hashes.json");
  const feeds = JSON.parse(
    await readFile(join(city, "feeds.json"), "utf8"),
  ) as { id: string }[];
  const known = existsSync(keys)
    ? (JSON.parse(await readFile(keys, "utf8")) as Record<string, string>)
    : {};
  for (const { id } of feeds)
    known[id] ??= randomBytes(32).toString("base64url");
  const hashed = Object.fromEntries(
    Object.entries(known).map(([id, key]) => [
      id,
      createHash("sha256").update(key).digest("hex"),
    ]),
  );
  await writeFile(keys, JSON.stringify(known), { mode: 0o600 });
  await writeFile(hashes, JSON.stringify(hashed), { mode: 0o600 });
  return { keys, hashes };
}

/** Where the feeding process takes what it is told: its side of the secret, and the hub's (mode 600). */
async function deskOf(dataDir: string, system: string) {
  const file = join(dataDir, "desk.json");
  const hooks = join(dataDir, "webhooks.json");
  const secret = randomBytes(32).toString("base64url");
  const port = await freePort();
  const url = `http://${LOOPBACK}:${port}/status`;
  await writeFile(file, JSON.stringify({ port, secret }), { mode: 0o600 });
  await writeFile(hooks, JSON.stringify([{ system, url, secret }]), {
    mode: 0o600,
  });
  return { file, hooks };
}

const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, LOOPBACK, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => found(port));
    });
  });

async function untilReady(hub: string, given_up: () => boolean): Promise<void> {
  for (let waited = 0; waited < READY_WITHIN; waited += 100) {
    if (given_up()) return;
    const answer = await fetch(`${hub}/api/ready`).catch(() => null);
    if (answer?.ok) return;
    await wait(100);
  }
  throw new Error(`the hub was not ready within ${READY_WITHIN / 1000} s`);
}

/** The hub left its links in a mode-600 file; they go to the terminal and nowhere else. */
async function printLinks(wanted: Launch, hub: string): Promise<void> {
  const links = JSON.parse(
    await readFile(linksFile(wanted.dataDir), "utf8"),
  ) as { role: string; nameZh: string; nameEn: string; url: string }[];
  const lines = links.map(
    ({ nameZh, nameEn, url }) => `  ${nameZh} ${nameEn}\n    ${url}`,
  );
  console.log(
    [
      "",
      `城枢 Chengshu — ${wanted.name} — ${hub}`,
      "Sign-in links, each for one browser (links of this start; a restart prints new ones):",
      ...lines,
      ...(wanted.hint ? ["", wanted.hint(hub)] : []),
      "",
    ].join("\n"),
  );
}

const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>((done) => child.once("exit", () => done()));
