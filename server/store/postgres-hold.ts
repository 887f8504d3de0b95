import { randomUUID } from "node:crypto";
import pg from "pg";
import { StoreDown, type Hold } from "./db.ts";
import { placeOf } from "./postgres.ts";

/** Any number, as long as every hub uses the same; the schema is the other half of the key. */
const STORE_LOCK = 7_240_552;
/** A hub that is ending may need so long, ms. */
const PATIENCE = 3_000;
/** … and a connection of this hub's own that the server is told to end; no longer, for another hub writes meanwhile. */
const GHOST = 1_000;
const EVERY = 250;
/** The server forgets a machine that died within half a minute, not two hours. */
const KEEPALIVES =
  "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

/** An advisory lock, which the server frees with the connection; one that breaks is made again. */
export async function holdPostgres(
  url: string,
  taken: (why: string) => void,
): Promise<Hold> {
  const inUse = `The store ${placeOf(url)} is in use: a hub runs on it, or it is being moved. Stop that first.`;
  const until = performance.now() + PATIENCE;
  // No other hub's connection is called so: one that this hub lost is known by it.
  const name = `chengshu ${randomUUID()}`;
  async function lockWithin(until: number): Promise<pg.Client | null> {
    for (;;) {
      const client = await lock(url, name);
      if (client !== null || performance.now() >= until) return client;
      await new Promise((again) => setTimeout(again, EVERY));
    }
  }
  const client = await lockWithin(until);
  if (client === null) throw new StoreDown(inUse);

  let released = false;
  let timer: NodeJS.Timeout | null = null;
  let holding = client;
  function watch(held: pg.Client): void {
    holding = held;
    held.once("end", () => {
      if (!released) timer = setTimeout(() => void again(), EVERY);
    });
  }
  async function again(): Promise<void> {
    try {
      // What was broken on our side alone still has it on the server's, for half a minute.
      const held = await lockWithin(performance.now() + GHOST);
      if (released) await held?.end();
      else if (held) watch(held);
      else taken(inUse);
    } catch {
      // Still away: the hub is refused by it likewise, and writes nothing.
      if (!released) timer = setTimeout(() => void again(), EVERY);
    }
  }
  watch(client);

  return {
    async release() {
      released = true;
      if (timer) clearTimeout(timer);
      await holding.end().catch(() => undefined);
    },
  };
}

/**
 * @returns the connection that holds the lock; null where another has it
 * @throws StoreDown where the server does not answer
 */
async function lock(url: string, name: string): Promise<pg.Client | null> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: name,
    options: KEEPALIVES,
  });
  // Unheard, a break would end the process; `end` says it as well.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = $1 AND pid <> pg_backend_pid()`,
      [name],
    );
    const { rows } = await client.query<{ held: boolean }>(
      "SELECT pg_try_advisory_lock($1, hashtext(current_schema())) AS held",
      [STORE_LOCK],
    );
    if (rows[0]?.held) return client;
    await client.end();
    return null;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw new StoreDown(
      `${placeOf(url)} cannot be used: ${(error as Error).message}.`,
    );
  }
}
