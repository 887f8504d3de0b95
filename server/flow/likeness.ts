/**
 * What incidents are like (F19, F20): open ones are held to find the same
 * matter twice, closed ones are learned from as they close. Both read masked
 * texts, because the words given as reasons are cut out of them.
 */
import { setImmediate, setTimeout } from "node:timers/promises";
import type { DataScope } from "../../contract/data-scope.ts";
import type {
  Candidate,
  Likeness,
  Suggestion,
} from "../../contract/likeness.ts";
import { ENDED } from "../../contract/incident-status.ts";
import type {
  Held,
  Incident,
  IncidentRecord,
  Reporter,
} from "../../contract/incident.ts";
import type { Zone } from "../../contract/zone.ts";
import { maskIncident } from "../auth/mask.ts";
import type { CityPack } from "../city/pack.ts";
import { createDuplicates } from "../hub/incidents/likeness/duplicates.ts";
import type { Reported } from "../hub/incidents/likeness/reported.ts";
import type { Store } from "../store/store.ts";
import { createLearner, type LearnerState } from "./learner.ts";

/** Closed incidents that a start learns from: the newest. */
const LEARNED_AT_START = 100_000;
/** `rev` of what was reported and nothing more. */
const NEW = 1;
/** Read and masked in one go: two ms of the hub's thread. */
const PAGE = 20;
/** ms of the hub's thread that changes are read in one go: a payload brings a thousand. */
const TURN = 5;
/** Handed to the learner in one go. */
const AT_ONCE = 500;

export interface LikenessFlow {
  /** Takes an incident as it is now, and who reported it; read as soon as others had their turn. */
  tell(incident: Incident, reporter: Reporter | null): void;
  /** Forgets what is open, before all is told anew. */
  clear(): void;
  /**
   * What an incident is like. @param incident masked for whoever asks
   * @param within what whoever asks may see: nothing else is named or counted
   */
  of(incident: Incident, within: DataScope): Promise<Likeness>;
  /** How what learns fares. */
  learner(): LearnerState;
  /** Learns from what closed before this start, bit by bit; ends early where asked to. Again where what learns had to begin again. */
  learn(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

interface Told {
  incident: Incident;
  reporter: Reporter | null;
}

export function createLikeness(ask: {
  store: Pick<Store, "incidents">;
  pack: Pick<CityPack, "categories">;
  zone: Zone;
  told: (held: Held) => Incident;
  /** Nothing was learned, or nothing is suggested. */
  failed: (error: unknown) => void;
  /** What learns ended, and why; it begins again in so many ms. */
  ended: (error: Error, wait: number) => void;
}): LikenessFlow {
  const duplicates = createDuplicates();
  const learner = createLearner(
    {
      timeZone: ask.zone.name,
      entries: ask.pack.categories.map(
        ({ code, nameZh, nameEn, department }) => ({
          text: `${nameZh} ${nameEn}`,
          ...{ category: code, department },
        }),
      ),
    },
    {
      ended: (error, wait) => ask.ended(error, wait),
      begunAgain: () => void learnStored().catch(ask.failed),
    },
  );
  const open = new Map<string, Incident>();

  /** The newest first, as pages come. */
  async function closed(signal: AbortSignal): Promise<Reported[]> {
    const found: Reported[] = [];
    for (const status of ["closed", "evaluated"] as const)
      for (let cursor: string | null | undefined; cursor !== null;) {
        if (signal.aborted || found.length >= LEARNED_AT_START) break;
        const begun = performance.now();
        const page = await ask.store.incidents.page({
          ...{ status, limit: PAGE },
          ...(cursor !== undefined && { cursor }),
        });
        const reporters = await ask.store.incidents.reporters(
          page.items.map(({ incident }) => incident.id),
        );
        for (const held of page.items) {
          if (!teaches(held.incident)) continue;
          const reporter = reporters.get(held.incident.id) ?? null;
          found.push(
            reportedOf(maskIncident(ask.told(held), reporter, "personal")),
          );
        }
        cursor = page.cursor;
        // As long again for whoever asks: nobody waits for what is learned.
        await setTimeout(performance.now() - begun);
      }
    return found;
  }

  function read({ incident, reporter }: Told): void {
    const { id, rev, status } = incident;
    const masked = maskIncident(incident, reporter, "personal");
    if (!ENDED.has(status)) {
      // Its place or its departments may change: until it closes again they are nobody's to see.
      if (!open.has(id) && rev > NEW)
        learner.learn([{ reopened: id }]).catch(ask.failed);
      open.set(id, masked);
      duplicates.tell(reportedOf(masked));
      return;
    }
    open.delete(id);
    duplicates.drop(id);
    if (teaches(masked))
      learner.learn([{ closed: reportedOf(masked) }]).catch(ask.failed);
  }

  let signal = AbortSignal.abort();
  async function learnStored(): Promise<void> {
    const found = await closed(signal);
    // Oldest first: what closed lately counts as such.
    found.sort((a, b) => a.reportedAt - b.reportedAt);
    for (let from = 0; from < found.length; from += AT_ONCE) {
      if (signal.aborted) return;
      const lessons = found.slice(from, from + AT_ONCE);
      await learner.learn(lessons.map((closed) => ({ closed })));
    }
  }

  /** By id, as it was told last; in the order of their first telling. */
  const unread = new Map<string, Told>();
  let isReading = false;
  async function readAll(): Promise<void> {
    isReading = true;
    await setImmediate();
    let begun = performance.now();
    for (const [id, told] of unread) {
      unread.delete(id);
      try {
        read(told);
      } catch (error) {
        ask.failed(error);
      }
      if (performance.now() - begun < TURN) continue;
      await setImmediate();
      begun = performance.now();
    }
    isReading = false;
  }

  return {
    tell(incident, reporter) {
      unread.set(incident.id, { incident, reporter });
      if (!isReading) void readAll();
    },

    clear() {
      unread.clear();
      for (const id of open.keys()) duplicates.drop(id);
      open.clear();
    },

    async of(incident, within) {
      const asked = reportedOf(incident);
      const candidates = ENDED.has(incident.status)
        ? []
        : duplicates.candidates(asked, within);
      const { category, department } = await learner
        .suggest(asked, within)
        .catch((error: unknown) => {
          ask.failed(error);
          return { category: [], department: [] };
        });
      return {
        duplicates: candidates.flatMap((one): Candidate[] => {
          const other = open.get(one.id);
          if (!other) return [];
          const { number, title, status } = other;
          return [{ ...one, number, title, status }];
        }),
        category: worthTelling(category),
        department: worthTelling(department),
      };
    },

    learner: () => learner.state(),

    learn(until) {
      signal = until;
      return learnStored();
    },

    close() {
      unread.clear();
      return learner.close();
    },
  };
}

/** Does what it closed as say anything of others? */
const teaches = ({ status, category }: Incident | IncidentRecord): boolean =>
  (status === "closed" || status === "evaluated") && category !== null;

/** A second suggestion that is hardly ever right only takes room. */
const LEAST = 0.05;
const worthTelling = (said: Suggestion[]): Suggestion[] =>
  said.filter(({ confidence }, i) => i === 0 || confidence >= LEAST);

/** Its department is who worked on it: whose report it was says nothing of that. */
const reportedOf = (incident: Incident): Reported => {
  const { id, title, description, address, category, source } = incident;
  const { lng, lat, reportedAt, handlers, departments, district } = incident;
  return {
    ...{ id, title, description, address, category, source },
    ...{ lng, lat, reportedAt, department: handlers[0] ?? null },
    ...{ departments, district },
  };
};
