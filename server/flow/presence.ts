/** Who has which incident open (F23): held in memory, and forgotten by silence. */
import { sees, type Whose } from "../../contract/data-scope.ts";
import type { Present } from "../../contract/presence.ts";
import { SECOND } from "../../contract/time.ts";
import type { Clock } from "../lib/clock.ts";
import type { Topics } from "../push/topics.ts";

/** Pages say it again every twenty seconds: two of them may be lost. */
const SILENT_AFTER = 50 * SECOND;
/** Of one person: more tabs than hands. */
const OPEN_AT_ONCE = 20;

export interface Presence {
  /** @returns who has the incident open after it */
  say(
    incident: { id: string; whose: Whose },
    who: { login: string; name: string },
    does: Present["does"] | "leaves",
  ): Present[];
  /** Forgets who fell silent; called every second. */
  tick(): void;
}

interface Here extends Present {
  heard: number;
}
interface Opened {
  whose: Whose;
  /** By login. */
  people: Map<string, Here>;
}

export function createPresence(ask: {
  topics: Topics;
  clock: Clock;
}): Presence {
  const { topics, clock } = ask;
  const opened = new Map<string, Opened>();

  const peopleOf = (one: Opened): Present[] =>
    [...one.people.values()].map(({ heard: _heard, ...present }) => present);

  topics.fill(
    "presence",
    {
      ids: () => opened.keys(),
      accepts: () => () => true,
      sees: (view) => (id) => {
        const one = opened.get(String(id));
        return !one || sees(view, one.whose);
      },
      item(id, _params, view) {
        const one = opened.get(String(id));
        if (!one || !sees(view, one.whose)) return null;
        // A wall is told nobody's name.
        const people = view.masking === "all" ? [] : peopleOf(one);
        return { id: String(id), people };
      },
    },
    false,
  );

  function leave(id: string, login: string): boolean {
    const one = opened.get(id);
    if (!one?.people.delete(login)) return false;
    if (one.people.size === 0) opened.delete(id);
    return true;
  }

  function enter(
    { id, whose }: { id: string; whose: Whose },
    { login, name }: { login: string; name: string },
    does: Present["does"],
  ): boolean {
    let one = opened.get(id);
    if (!one) opened.set(id, (one = { whose, people: new Map() }));
    one.whose = whose;
    const now = clock.now();
    const before = one.people.get(login);
    one.people.set(login, {
      ...{ login, name, does, since: before?.since ?? now, heard: now },
    });
    return before?.does !== does;
  }

  /** The one heard longest ago makes room. */
  function bound(login: string): string | null {
    const theirs = [...opened]
      .map(([id, { people }]) => ({ id, heard: people.get(login)?.heard }))
      .filter(({ heard }) => heard !== undefined);
    if (theirs.length <= OPEN_AT_ONCE) return null;
    theirs.sort((a, b) => a.heard! - b.heard!);
    const { id } = theirs[0]!;
    leave(id, login);
    return id;
  }

  return {
    say(incident, who, does) {
      const { id } = incident;
      const changed =
        does === "leaves" ? leave(id, who.login) : enter(incident, who, does);
      if (changed) topics.touch("presence", id, true);
      const left = does === "leaves" ? null : bound(who.login);
      if (left !== null) topics.touch("presence", left, true);
      const one = opened.get(id);
      return one ? peopleOf(one) : [];
    },

    tick() {
      const silent = clock.now() - SILENT_AFTER;
      for (const [id, { people }] of opened)
        for (const [login, { heard }] of people)
          if (heard < silent && leave(id, login))
            topics.touch("presence", id, true);
    },
  };
}
