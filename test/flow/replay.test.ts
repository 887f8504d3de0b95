/**
 * A slice of the recorded data through the real doors. The counts are taken
 * from the files themselves, not from the replay's own words.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  runReplay,
  writeReplayPack,
  type ReplayOptions,
} from "../../mock-feeds/replay.ts";
import { openStore } from "../../server/store/open.ts";
import type { Store } from "../../server/store/store.ts";
import { keyOf } from "../kit/city.ts";
import { recordedData } from "../kit/data.ts";
import { makeFolder, type Folder } from "../kit/folder.ts";
import { startHub, type Hub } from "../kit/hub.ts";

const from = recordedData();
/** Rows of each file. */
const SLICE = 150;

type Ledger = Awaited<ReturnType<typeof runReplay>>;

/** Lines of a gzipped CSV without its header, cut to the slice. No cell of these files holds a comma in quotes. */
function lines(...path: string[]): string[] {
  const text = gunzipSync(readFileSync(join(from!, ...path))).toString();
  return text
    .trim()
    .split(/\r?\n/)
    .slice(1, 1 + SLICE);
}

const beijingFiles = () =>
  readdirSync(join(from!, "beijing-air-quality")).filter((name) =>
    name.startsWith("PRSA_Data_"),
  );

/** The twelve measured columns stand between `hour` and `station`. */
const beijingCells = () =>
  beijingFiles().flatMap((file) =>
    lines("beijing-air-quality", file).flatMap((line) =>
      line.split(",").slice(5, 17),
    ),
  );

describe.skipIf(from === null)("recorded data, replayed", () => {
  let pack: Folder;
  let hub: Hub;
  let store: Store;
  let ledger: Ledger;
  const booked = (feed: string) => ledger.find((entry) => entry.feed === feed)!;

  beforeAll(async () => {
    pack = makeFolder("replay");
    await writeReplayPack(pack.path);
    hub = await startHub({
      city: { cityDir: pack.path },
      env: { DEMO: "1", MQTT_PORT: "0" },
    });
    const feeds = JSON.parse(
      readFileSync(join(pack.path, "feeds.json"), "utf8"),
    ) as { id: string }[];
    const options: ReplayOptions = {
      ...{ from: from!, hub: hub.url, speed: "max", limit: SLICE },
      keys: Object.fromEntries(feeds.map(({ id }) => [id, keyOf(id)])),
    };
    ledger = await runReplay(options);
    await hub.end();
    store = await openStore({
      url: `sqlite:${hub.dataDir}/chengshu.db`,
      timeZone: "Asia/Shanghai",
    });
  });
  afterAll(async () => {
    await store?.close();
    await hub?.stop();
    await pack?.remove();
  });

  it("keeps every value of the air stations and loops, and counts NA as missing", async () => {
    const cells = beijingCells();
    const missing = cells.filter((cell) => cell === "NA").length;
    const speeds = lines("metr-la", "los_speed.csv.gz").flatMap((line) =>
      line.split(","),
    );
    expect(booked("bj-air")).toMatchObject({
      accepted: cells.length - missing,
      missing,
      rejected: 0,
    });
    expect(booked("la-loops").accepted).toBe(speeds.length);
    const { rows } = await store.readings.stats();
    expect(rows).toBe(cells.length - missing + speeds.length);
  });

  it("keeps every request of Boston as one incident", async () => {
    const rows = lines("311-boston", "boston-311-2015-01-02.csv.gz");
    expect(await store.incidents.countByFeed("boston-311")).toBe(rows.length);
  });

  it("keeps every camera of London", async () => {
    const cameras = JSON.parse(
      gunzipSync(
        readFileSync(join(from!, "cameras-tfl", "jamcams.json.gz")),
      ).toString(),
    ) as { features: unknown[] };
    expect(await store.cameras.all()).toHaveLength(
      Math.min(SLICE, cameras.features.length),
    );
  });

  it("keeps the good alerts and puts the broken ones and the attack in quarantine, with reasons", async () => {
    const { sent, accepted, duplicates, rejected } = booked("cap-google");
    const files = readdirSync(join(from!, "cap-google"));
    expect(sent).toBe(Math.min(SLICE, files.length));
    expect(accepted + duplicates + rejected).toBe(sent);
    const { items } = await store.quarantine.page("cap-google", 100);
    const kept = items.map(({ raw }) => raw).join("\n");
    for (const name of ["invalid", "canada_errors", "noaa_errors"])
      expect(kept, name).toContain(identifierOf(`${name}.cap`));
    expect(items.some(({ raw }) => raw.includes("<!ENTITY"))).toBe(true);
    expect(items.every(({ message }) => message.length > 10)).toBe(true);
  });

  /** What the file itself says it is. */
  function identifierOf(name: string): string {
    const file = readdirSync(join(from!, "cap-google")).find((known) =>
      known.endsWith(name),
    )!;
    const text = readFileSync(join(from!, "cap-google", file), "latin1");
    return /<identifier>([^<]*)</.exec(text)![1]!;
  }
});
