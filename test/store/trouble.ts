/** What must survive, over one engine: kills, lost servers, full disks, wrong versions. */
import Database from "better-sqlite3";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { StoreDown, StoreFromFuture } from "../../server/store/db.ts";
import { openStore } from "../../server/store/open.ts";
import type { Store } from "../../server/store/store.ts";
import { createChance } from "../kit/chance.ts";
import { startChild, type Child } from "../kit/child.ts";
import { numberOf, PER_BATCH, SERIES } from "./batches.ts";
import { at, incident, rows } from "./city.ts";
import type { Engine, Room } from "./engines.ts";

const SEED = Number(process.env["SEED"] ?? 20261120);
const KILLS = Number(process.env["KILLS"] ?? 4);
const EVER = Date.UTC(2099, 0);

export function troubleOver(engine: Engine): void {
  describe(
    `a store in trouble on ${engine.name}, seed ${SEED}`,
    { timeout: 240_000 },
    () => {
      let room: Room;
      beforeAll(async () => {
        room = await engine.start();
      }, 120_000);
      afterAll(() => room.stop(), 60_000);

      it(`loses nothing acknowledged and doubles nothing when the hub is killed ${KILLS} times`, async () => {
        const url = await room.empty();
        const chance = createChance(SEED);
        const ledger = new Set<number>();
        let first = 0;
        for (let kill = 0; kill < KILLS; kill++) {
          const hub = startHub(url, first);
          const target = first + chance.between(50, 400);
          await hub.wrote(new RegExp(`stored ${target}\\n`));
          if (kill % 2) await hub.wrote(/kept up/);
          await hub.stop("SIGKILL");
          for (const no of storedBy(hub)) ledger.add(no);
          first = await judged(url, ledger);
        }
      });

      it("brings a store into being once, however many open it at the same time", async () => {
        const url = await room.empty();
        const stores = await Promise.all([
          openStore({ url }),
          openStore({ url }),
        ]);
        await stores[0].facts.set("seen", 1);
        expect(await stores[1].facts.get("seen")).toBe(1);
        for (const store of stores) await store.close();
      });

      it("refuses a store that a newer program wrote, with a sentence", async () => {
        const url = await room.empty();
        await (await openStore({ url })).close();
        await setVersion(url, 99);
        const opening = openStore({ url });
        await expect(opening).rejects.toThrow(StoreFromFuture);
        await expect(opening).rejects.toThrow(
          /version 99, but this program knows only up to \d+/,
        );
      });

      if (engine.name === "postgres") {
        it("refuses while PostgreSQL is gone, stores nothing of it, and goes on by itself", async () => {
          const store = await openStore({ url: await room.empty() });
          const noon = at("2026-11-20 12:00");
          const put = (i: number) =>
            store.readings.append(rows([[1, noon + i, i]]));
          await put(1);
          await room.server!.kill();
          await expect(put(2)).rejects.toThrow(StoreDown);
          await expect(put(3)).rejects.toThrow(/PostgreSQL .* cannot be used/);
          await expect(store.probe()).rejects.toThrow(StoreDown);
          await expect(
            store.incidents.report([incident("gone")]),
          ).rejects.toThrow(StoreDown);
          await room.server!.restart();
          await store.probe();
          await put(4);
          expect(await known(store, 1)).toEqual([1, 4]);
          await store.readings.settle();
          expect(await known(store, 1)).toEqual([1, 4]);
          const [made] = await store.incidents.report([incident("gone")]);
          expect(made!.outcome).toBe("new");
          await store.close();
        });

        it("loses nothing acknowledged when PostgreSQL itself is killed under load", async () => {
          const url = await room.empty();
          const hub = startHub(url, 0);
          await hub.wrote(/stored 100\n/);
          await room.server!.kill();
          await hub.wrote(/refused/);
          await room.server!.restart();
          const refused = /refused (\d+)/g;
          const last = [...hub.output().matchAll(refused)].at(-1)![1];
          await hub.wrote(new RegExp(`stored ${Number(last) + 50}\\n`));
          await hub.stop("SIGKILL");
          const ledger = new Set(storedBy(hub));
          await judged(url, ledger, refusedBy(hub));
        });

        it("says in a sentence where PostgreSQL does not answer, without the password", async () => {
          const opening = openStore({
            url: "postgres://city:secret@127.0.0.1:1/city",
          });
          await expect(opening).rejects.toThrow(
            /PostgreSQL city at 127\.0\.0\.1:1 cannot be used/,
          );
          await expect(opening).rejects.not.toThrow(/secret/);
        });
      } else {
        it("refuses when the disk is full, stores nothing of it, and goes on when there is room", async () => {
          const url = await room.empty();
          const hub = startHub(url, 0, 3_000);
          await hub.wrote(/refused \d+ The store .* cannot be used: the disk/);
          const [, last] = /refused (\d+)/.exec(hub.output())!;
          const { status, stderr } = spawnSync("prlimit", [
            ...["--pid", String(hub.pid)],
            "--fsize=unlimited:unlimited",
          ]);
          expect(status, String(stderr)).toBe(0);
          await hub.wrote(new RegExp(`stored ${Number(last) + 100}\\n`));
          await hub.stop("SIGKILL");
          await judged(url, new Set(storedBy(hub)), refusedBy(hub));
          const database = new Database(fileOf(url), { readonly: true });
          expect(database.pragma("integrity_check")).toEqual([
            { integrity_check: "ok" },
          ]);
          database.close();
        });

        it("says in a sentence what is wrong with a file that is no store", async () => {
          const url = await room.empty();
          mkdirSync(dirname(fileOf(url)), { recursive: true });
          writeFileSync(fileOf(url), "江澜市".repeat(1000));
          await expect(openStore({ url })).rejects.toThrow(
            /cannot be used: the file is no SQLite database/,
          );
        });

        it("knows only the engines it has", async () => {
          await expect(
            openStore({ url: "mysql://127.0.0.1/city" }),
          ).rejects.toThrow(/begins with "mysql:"/);
        });
      }
    },
  );
}

/** @param blocks the greatest size of a file it may write, in KiB */
function startHub(url: string, first: number, blocks?: number): Child {
  const node = [
    process.execPath,
    ...["--import", import.meta.resolve("tsx")],
    fileURLToPath(new URL("./appender.ts", import.meta.url)),
    ...[url, String(first)],
  ];
  if (blocks === undefined) return startChild(node[0]!, node.slice(1));
  const limit = `trap '' XFSZ; ulimit -S -f ${blocks}; exec "$@"`;
  return startChild("bash", ["-c", limit, "bash", ...node]);
}

const storedBy = (hub: Child) => numbersIn(hub, /^stored (\d+)$/gm);
const refusedBy = (hub: Child) => numbersIn(hub, /^refused (\d+) /gm);
const numbersIn = (hub: Child, line: RegExp) =>
  [...hub.output().matchAll(line)].map(([, no]) => Number(no));

/**
 * Opens the store and compares it with what it said.
 * @returns the first batch number never used
 */
async function judged(
  url: string,
  ledger: Set<number>,
  refused: number[] = [],
): Promise<number> {
  const store = await openStore({ url });
  try {
    const batches = await storedBatches(store);
    const lost = [...ledger].filter((no) => !batches.has(no));
    expect(lost, "acknowledged and lost").toEqual([]);
    const halves = [...batches].filter(([, count]) => count !== PER_BATCH);
    expect(halves, "stored in part or twice").toEqual([]);
    const unwanted = refused.filter((no) => batches.has(no));
    expect(unwanted, "refused and stored").toEqual([]);
    const { rows } = await store.readings.stats();
    expect(rows).toBe(batches.size * PER_BATCH);
    await expectReplay(store, batches);
    return Math.max(...batches.keys()) + 100;
  } finally {
    await store.close();
  }
}

/** How many readings are kept of each batch. */
async function storedBatches(store: Store): Promise<Map<number, number>> {
  const batches = new Map<number, number>();
  const found = await store.readings.range(Int32Array.from(SERIES), 0, EVER);
  for (let i = 0; i < found.count; i++) {
    const n = numberOf(found.series[i]!, found.at[i]!, found.value[i]!);
    if (Number.isNaN(n)) expect.unreachable("a reading that nobody sent");
    const no = Math.floor(n / PER_BATCH);
    batches.set(no, (batches.get(no) ?? 0) + 1);
  }
  return batches;
}

/** The saved state and what is replayed make up everything, and share nothing. */
async function expectReplay(
  store: Store,
  batches: Map<number, number>,
): Promise<void> {
  const parts = await store.readings.checkpoint();
  const made = parts.get("made");
  const covered = made ? new Uint32Array(made.slice().buffer)[0]! : 0;
  const replayed = new Map<number, number>();
  await store.readings.tail((part) => {
    for (let i = 0; i < part.count; i++) {
      const n = numberOf(part.series[i]!, part.at[i]!, part.value[i]!);
      const no = Math.floor(n / PER_BATCH);
      replayed.set(no, (replayed.get(no) ?? 0) + 1);
    }
  });
  const missing = [...batches.keys()].filter(
    (no) => no >= covered && replayed.get(no) !== PER_BATCH,
  );
  expect(missing, "neither in the saved state nor replayed whole").toEqual([]);
  const extra = [...replayed.keys()].filter(
    (no) => no < covered || !batches.has(no),
  );
  expect(extra, "replayed on top of the saved state").toEqual([]);
}

const known = async (store: Store, series: number) => {
  const found = await store.readings.range(Int32Array.of(series), 0, EVER);
  return Array.from(found.value.subarray(0, found.count));
};

const fileOf = (url: string) => url.slice("sqlite:".length);

async function setVersion(url: string, version: number): Promise<void> {
  if (url.startsWith("sqlite:")) {
    const database = new Database(fileOf(url));
    database.pragma(`user_version = ${version}`);
    database.close();
    return;
  }
  const client = new pg.Client(url);
  await client.connect();
  await client.query("UPDATE store_version SET version = $1", [version]);
  await client.end();
}
