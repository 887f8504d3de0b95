/** Makes what statistics keep of incidents anew, in short turns: after an older version, and when deadlines or towns moved. */
import { setTimeout as pause } from "node:timers/promises";
import type { Held, HistoryLine } from "../../contract/incident.ts";
import { SECOND } from "../../contract/time.ts";
import { StoreDown, type Db, type Reader } from "./db.ts";
import { createFacts } from "./facts.ts";
import { HISTORY, readHistory, type HistoryRow } from "./incident-history.ts";
import { read, READABLE, type Readable } from "./incident-row.ts";
import { writeCounted } from "./statistics.ts";
import type { Store } from "./store.ts";

interface Progress {
  /** Every incident was counted once. */
  isWhole: boolean;
  /** By this calendar; while a turn through the store lasts, the next one. */
  calendar: string;
  /** By towns of these borders. */
  towns: string;
  /** The last id that the turn through the store came to; null = it is over. */
  at: string | null;
}

const FACT = "incidentStatistics";
const NOTHING: Progress = {
  ...{ isWhole: false, calendar: "", towns: "", at: "" },
};
/** Incidents of a turn: some ten ms of the hub's thread. */
const TURN = 100;
const DOWN_FOR = 10 * SECOND;

/** @param inTurn what else writes of incidents: a turn between its reading and its writing would undo it */
export function createIncidentRecount(
  db: Db,
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
): {
  complete: Store["incidents"]["completeCounted"];
  each: Store["incidents"]["each"];
} {
  const facts = createFacts(db);

  async function begun(calendar: string, towns: string): Promise<Progress> {
    const known = ((await facts.get(FACT)) as Progress) ?? NOTHING;
    // What is over lies elsewhere now as well.
    if (known.towns !== towns) return { ...NOTHING, calendar, towns };
    return known.calendar === calendar ? known : { ...known, calendar, at: "" };
  }

  return {
    async complete({ signal, calendar, towns, count }) {
      let progress: Progress | null = null;
      const turn = async (): Promise<Progress> => {
        const from = (progress ??= await begun(calendar, towns));
        if (from.at === null) return from;
        const some = await after(db, from.at, from.isWhole);
        const last = some.at(-1)?.held.incident.id;
        const next: Progress =
          some.length < TURN
            ? { isWhole: true, calendar, towns, at: null }
            : { ...from, at: last! };
        await db.batch([
          {
            sql: "DELETE FROM incident_acts WHERE incident = ?",
            each: some.map(({ held }) => [held.incident.id]),
          },
          ...writeCounted(
            some.map(({ held, history }) => ({
              incident: held.incident,
              counted: { ...count(held, history), undone: null },
            })),
          ),
          facts.setting(FACT, next),
        ]);
        return (progress = next);
      };
      while (!signal.aborted)
        try {
          const began = performance.now();
          if ((await inTurn(turn)).at === null) return;
          // As long again for everybody else.
          await rest(performance.now() - began, signal);
        } catch (error) {
          if (!(error instanceof StoreDown)) throw error;
          await rest(DOWN_FOR, signal);
        }
    },

    each: () => eachIncident(db),
  };
}

/** Every incident with its history, by id. */
export async function* eachIncident(
  db: Reader,
): AsyncGenerator<{ held: Held; history: HistoryLine[] }[]> {
  for (let last = ""; ;) {
    const some = await after(db, last, false);
    if (some.length > 0) yield some;
    if (some.length < TURN) return;
    last = some.at(-1)!.held.incident.id;
  }
}

async function after(db: Reader, last: string, isOpen: boolean) {
  const rows = await db.all<Readable>(
    `SELECT ${READABLE} FROM incidents
    WHERE id > ? ${isOpen ? "AND ended = 0" : ""} ORDER BY id LIMIT ${TURN}`,
    [last],
  );
  const histories = await historiesOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    held: read(row),
    history: histories.get(row.id) ?? [],
  }));
}

async function historiesOf(
  db: Reader,
  ids: readonly string[],
): Promise<Map<string, HistoryLine[]>> {
  const found = new Map<string, HistoryLine[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return found;
  const rows = await db.all<HistoryRow & { incident: string }>(
    `SELECT incident, ${HISTORY.join(", ")} FROM incident_history
    WHERE incident IN (${ids.map(() => "?").join(", ")})
    ORDER BY incident, rev`,
    [...ids],
  );
  for (const { incident, ...row } of rows)
    found.get(incident)!.push(readHistory(row));
  return found;
}

/** Ends early where it is called off. */
const rest = (ms: number, signal: AbortSignal): Promise<unknown> =>
  pause(ms, undefined, { signal }).catch(() => undefined);
