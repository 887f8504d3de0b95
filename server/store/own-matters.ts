/** What somebody reported by hand and went to look at, the newest first. */
import type { Db } from "./db.ts";
import { read, SHOWN, type Readable } from "./incident-row.ts";
import type { Store } from "./store.ts";

interface Mine {
  incident: string;
  at: number;
}
interface Reported extends Mine {
  external_id: string;
}
interface Visited extends Mine {
  what: "verified" | "check";
  facts: string;
}

/** Keys of one sender begin alike, and none of another's lies between these two. */
const keysOf = (prefix: string) => [`${prefix}/`, `${prefix}0`];

function resultIn(facts: string): string {
  const { result } = JSON.parse(facts) as { result?: unknown };
  return typeof result === "string" ? result : "";
}

export function createOwnMatters(db: Db): Store["incidents"]["own"] {
  return async ({ feed, prefix, login, limit }) => {
    const [reported, visited] = await Promise.all([
      db.all<Reported>(
        `SELECT id AS incident, external_id, reported_at AS at FROM incidents
        WHERE feed = ? AND external_id > ? AND external_id < ?
        ORDER BY reported_at DESC, id DESC LIMIT ?`,
        [feed, ...keysOf(prefix), limit],
      ),
      db.all<Visited>(
        // Literally as its index says it, or the index is not used.
        `SELECT incident, at, what, facts FROM incident_history
        WHERE who = ? AND what IN ('verified', 'check')
        ORDER BY at DESC LIMIT ?`,
        [login, limit],
      ),
    ]);
    const newest = new Map<string, number>();
    for (const { incident, at } of [...reported, ...visited])
      newest.set(incident, Math.max(at, newest.get(incident) ?? 0));
    const ids = [...newest]
      .sort(([, a], [, b]) => b - a)
      .slice(0, limit)
      .map(([id]) => id);
    if (ids.length === 0) return [];
    const rows = await db.all<Readable>(
      `SELECT ${SHOWN} FROM incidents WHERE id IN (${ids.map(() => "?").join(", ")})`,
      ids,
    );
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => {
      const row = found.get(id);
      if (!row) return [];
      const report = reported.find(({ incident }) => incident === id);
      return {
        held: read(row),
        key: report ? report.external_id.slice(prefix.length + 1) : null,
        visits: visited
          .filter(({ incident }) => incident === id)
          .map(({ at, what, facts }) => ({
            ...{ at, step: what },
            result: resultIn(facts),
          })),
      };
    });
  };
}
