/**
 * `npm run mock`: the departments of the invented city, each an honest stranger
 * that reaches the hub through sockets only. All chosen departments run in this
 * one process; start it several times with `--only` to run them apart.
 *
 * A storm is part of the start (`--story storm`) or is told to departments that
 * are already running: `npm run mock -- --story storm`, with the same `--hub`
 * and without `--keys`, finds them by their sockets (control.ts) and returns.
 */
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { City, Feed } from "./city/types.ts";
import { openCity } from "./city-model.ts";
import { controlFolder, openControl, ownFolder, tellStory } from "./control.ts";
import { DEPARTMENTS } from "./departments.ts";
import {
  MOCK_USAGE,
  oneOf,
  readKeys,
  readMockOptions,
  type MockOptions,
} from "./options.ts";
import { runMock, type RunningMock } from "./run.ts";
import { openHotlineDesk, type HotlineDesk } from "./hotline-desk.ts";
import { startStaff } from "./staff/work.ts";
import { stopSignal } from "./stop.ts";

/** Between two lines about what was sent, ms. */
const SUMMARY_EVERY = 60_000;
/** The same trouble is not told again within, ms. */
const TROUBLE_EVERY = 30_000;

async function startStory(hub: string): Promise<void> {
  const at = Date.now();
  const heard = await tellStory(controlFolder(hub), { story: "storm", at });
  if (heard === 0)
    throw new Error(
      `no departments are running against ${hub}; start them first, say --hub URL where the demo listens elsewhere, or give --keys to run them here`,
    );
  console.log(`The storm begins (told to ${heard} process).`);
}

async function run(options: MockOptions, keysFile: string): Promise<void> {
  const keys = await readKeys(keysFile);
  const { only } = options;
  const models =
    options.city === null
      ? await ownFolder(join(tmpdir(), "chengshu-models"))
      : join(options.city, "..");
  const city = await openCity(options.seed, models);
  if (options.city !== null) city.feeds = await readFeeds(options.city, city);
  const signal = stopSignal();

  const onTrouble = sparing(console.error);
  const mock = runMock({
    departments: DEPARTMENTS.filter(({ id }) => only?.includes(id) ?? true),
    city,
    feeds: city.feeds,
    keys,
    seed: options.seed,
    speed: options.speed,
    ...(options.hour !== null && { hour: options.hour }),
    hub: options.hub,
    mqtt: options.mqtt,
    signal,
    onTrouble,
  });
  const { staff: file, hub, seed, speed } = options;
  const staff =
    file === null || !isStaffed(process.env["STAFF"])
      ? null
      : await startStaff({ hub, file, city, seed, speed, signal, onTrouble });
  const desk = options.desk === null ? null : await openDesk(options.desk);
  const control = await openControl(controlFolder(options.hub), ({ at }) => {
    console.error("the storm begins");
    mock.startStorm(at);
  }).catch((error: unknown) => {
    console.error(`stories can only be told at the start: ${String(error)}`);
    return null;
  });
  if (options.story) mock.startStorm(Date.now());
  console.error(
    `${city.nameZh}: ${mock.counts().size} feeds → ${options.hub}, ${options.mqtt}`,
  );
  const summary = setInterval(
    () =>
      console.error(
        summaryOf(mock),
        ...(staff ? ["steps", JSON.stringify(staff.counts())] : []),
      ),
    SUMMARY_EVERY,
  );
  await mock.ended;
  clearInterval(summary);
  await staff?.ended;
  await control?.close();
  await desk?.close();
}

/**
 * Does the staff take steps by itself? @param said `on` (as without it) or `off`
 * @throws Error with a sentence for another word
 */
function isStaffed(said = "on"): boolean {
  oneOf("STAFF", said, ["on", "off"]);
  return said === "on";
}

/** What the pack's feeds speak, as an admin may have changed it. */
async function readFeeds(dir: string, city: City): Promise<Feed[]> {
  const feeds = JSON.parse(
    await readFile(join(dir, "feeds.json"), "utf8"),
  ) as Feed[];
  return feeds.length > 0 ? feeds : city.feeds;
}

/** The hotline's own desk, which is told what became of its calls. */
async function openDesk(file: string): Promise<HotlineDesk> {
  const { port, secret } = JSON.parse(await readFile(file, "utf8")) as {
    port: number;
    secret: string;
  };
  const desk = await openHotlineDesk({ port });
  desk.trust(secret);
  console.error(`the hotline shows what came back to it: ${desk.page}`);
  return desk;
}

function summaryOf(mock: RunningMock): string {
  const total = { acknowledged: 0, waiting: 0, refused: 0, dropped: 0 };
  for (const count of mock.counts().values()) {
    total.acknowledged += count.acknowledged;
    total.waiting += count.waiting;
    total.refused += count.refused;
    total.dropped += count.dropped;
  }
  return JSON.stringify(total);
}

/** Passes each sentence on at most once in a while. */
function sparing(say: (message: string) => void): (message: string) => void {
  const said = new Map<string, number>();
  return (message) => {
    const now = Date.now();
    if (now - (said.get(message) ?? -Infinity) < TROUBLE_EVERY) return;
    if (said.size > 1000) said.clear();
    said.set(message, now);
    say(message);
  };
}

async function main(): Promise<void> {
  const options = readMockOptions(
    process.argv.slice(2),
    DEPARTMENTS.map(({ id }) => id),
    process.env["PORT"],
  );
  if (options.keys !== null) return run(options, options.keys);
  if (options.story !== null) return startStory(options.hub);
  throw new Error("--keys names the file of feed keys; it is missing");
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.error(MOCK_USAGE);
  process.exitCode = 1;
});
