/**
 * One hub, or one move, at a time: a second on the same store would give the
 * same numbers to other sensors, and a move would leave out what a hub writes.
 */
import type { Hold } from "./db.ts";

/**
 * @param url as for `openDb`
 * @param taken told once where a hold that broke (PostgreSQL was away) is
 * somebody else's when it is asked for again
 * @throws StoreDown with a sentence where somebody holds the store
 */
export async function holdStore(
  url: string,
  taken: (why: string) => void,
): Promise<Hold> {
  if (url.startsWith("sqlite:"))
    return (await import("./sqlite-hold.ts")).holdSqlite(
      url.slice("sqlite:".length),
    );
  if (/^postgres(ql)?:/.test(url))
    return (await import("./postgres-hold.ts")).holdPostgres(url, taken);
  // What no engine knows, `openDb` refuses.
  return { release: () => Promise.resolve() };
}
