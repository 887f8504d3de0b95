/** Brings incidents into the index of words that a version without one stored, the newest first, in short turns. */
import { setTimeout as pause } from "node:timers/promises";
import { supervisedOf } from "../../contract/dossier.ts";
import { LATEST, SECOND } from "../../contract/time.ts";
import { createFacts } from "./facts.ts";
import { StoreDown, type Db } from "./db.ts";
import { opened, read, READABLE, reporterOf } from "./incident-row.ts";
import type { Readable, Stored } from "./incident-row.ts";
import type { IncidentWords } from "./incident-words.ts";
import type { Sealed } from "./vault.ts";

/** How far it is. */
interface Progress {
  isDone: boolean;
  /** All newer than this one are in: `reported_at` and `id`. */
  from: [number, string];
}

const FACT = "incidentWords";
const NOTHING: Progress = { isDone: false, from: [LATEST, ""] };
/** Incidents of a turn. */
const TURN = 200;
const DOWN_FOR = 10 * SECOND;

export interface IncidentIndex {
  /** From when on all reports are found; null where all are. */
  foundFrom(): number | null;
  /** Works until all are in, waiting where the store is down. */
  complete(signal: AbortSignal): Promise<void>;
}

/** @param inTurn what else writes of incidents: a turn between its reading and its writing would undo it */
export function createIncidentIndex(
  db: Db,
  words: IncidentWords,
  sealed: Sealed,
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
): IncidentIndex {
  const facts = createFacts(db);
  let progress: Progress | null = null;

  /** A store that was moved brought the fact along, and not the index. */
  async function known(): Promise<Progress> {
    const [any] = await db.all("SELECT rowid FROM incident_words LIMIT 1");
    return any ? (((await facts.get(FACT)) as Progress) ?? NOTHING) : NOTHING;
  }

  async function turn(): Promise<Progress> {
    progress ??= await known();
    if (progress.isDone) return progress;
    const rows = await db.all<
      Readable & Pick<Stored, "reporter_name" | "reporter_phone">
    >(
      `SELECT ${READABLE}, reporter_name, reporter_phone FROM incidents
      WHERE (reported_at, id) < (?, ?)
      ORDER BY reported_at DESC, id DESC LIMIT ${TURN}`,
      progress.from,
    );
    const items = rows.map((row) => ({
      held: read(row),
      reporter: reporterOf(opened(row, sealed)),
    }));
    const last = rows.at(-1);
    const next: Progress = {
      isDone: rows.length < TURN,
      from: last ? [last.reported_at, last.id] : progress.from,
    };
    await db.batch([
      {
        sql: "UPDATE incidents SET supervised = ? WHERE id = ?",
        each: items
          .map(({ held }) => [supervisedOf(held.dossier), held.incident.id])
          .filter(([level]) => level !== 0),
      },
      words.drop(rows),
      await words.put(items),
      facts.setting(FACT, next),
    ]);
    return (progress = next);
  }

  return {
    foundFrom: () => (progress?.isDone ? null : (progress ?? NOTHING).from[0]),

    async complete(signal) {
      while (!signal.aborted)
        try {
          const began = performance.now();
          if ((await inTurn(turn)).isDone) return;
          // As long again for everybody else.
          await rest(performance.now() - began, signal);
        } catch (error) {
          if (!(error instanceof StoreDown)) throw error;
          await rest(DOWN_FOR, signal);
        }
    },
  };
}

/** Ends early where it is called off. */
const rest = (ms: number, signal: AbortSignal): Promise<unknown> =>
  pause(ms, undefined, { signal }).catch(() => undefined);
