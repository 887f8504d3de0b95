import pg from "pg";
import { StoreDown, type Hold } from "./db.ts";
import { placeOf } from "./postgres.ts";

/** Any number, as long as every hub uses the same; the schema is the other half of the key. */
const STORE_LOCK = 7_240_552;
/** A hub that is ending may need so long, ms. */
const PATIENCE = 3_000;
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
  let client = await lock(url);
  while (client === null && performance.now() < until) {
    await new Promise((again) => setTimeout(again, EVERY));
    client = await lock(url);
  }
  if (client === null) throw new StoreDown(inUse);

  let released = false;
  let timer: NodeJS.Timeout | null = null;
  function watch(held: pg.Client): void {
    client = held;
    held.once("end", () => {
      if (!released) timer = setTimeout(() => void again(), EVERY);
    });
  }
  async function again(): Promise<void> {
    try {
      const held = await lock(url);
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
      await client!.end().catch(() => undefined);
    },
  };
}

/**
 * @returns the connection that holds the lock; null where another has it
 * @throws StoreDown where the server does not answer
 */
async function lock(url: string): Promise<pg.Client | null> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: "chengshu",
    options: KEEPALIVES,
  });
  // Unheard, a break would end the process; `end` says it as well.
  client.on("error", () => undefined);
  try {
    await client.connect();
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
