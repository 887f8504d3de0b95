/** The staff at work: looks at one stage after the other and takes the steps that are due. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Category } from "../city/types.ts";
import { isLeft, isOnTheSpot, nextMove, type Office } from "./choose.ts";
import { openDesk, type Desk } from "./desk.ts";
import { PACE, STAGES } from "./habits.ts";
import { keepLog } from "./log.ts";
import type { Listed, Matter } from "./matter.ts";

/** In which the staff has something to do. */
const OPEN = STAGES.filter((stage) => stage !== "evaluated");
/** Matters of a stage that are looked at, the newest first: a page of the door. */
const PAGE = 500;
/** A matter that somebody has open, or that failed, is looked at again after, ms. */
const LATER = 60_000;

const stageOf = (status: string) =>
  (STAGES as readonly string[]).indexOf(status);

/** Rounds after which the duty log is looked at. */
const LOG_EVERY = 10;

/** What the staff remembers of a matter, as far as `rev`. */
interface Known {
  rev: number;
  /** Epoch ms. */
  dueAt: number;
  refused: Set<string>;
}

export interface StaffCounts {
  taken: number;
  /** Another was first. */
  late: number;
  refused: number;
}

export interface Staff {
  counts(): StaffCounts;
  /** Resolves when the signal aborts. */
  ended: Promise<void>;
}

/**
 * Lets the staff work until the signal aborts. Trouble stops nothing: it is
 * told in a sentence and tried again.
 * @throws where the file of links is not one
 */
export async function startStaff(ask: {
  hub: string;
  /** File of the staff's links. */
  file: string;
  city: { categories: readonly Pick<Category, "code" | "department">[] };
  seed: number;
  /** City seconds in a real second: pauses are shorter by it. */
  speed: number;
  signal: AbortSignal;
  onTrouble: (message: string) => void;
}): Promise<Staff> {
  const { signal, seed } = ask;
  const desk = await openDesk(ask);
  const office: Office = {
    ...{ seed, logins: desk.logins },
    leads: new Map(
      ask.city.categories.map(({ code, department }) => [code, department]),
    ),
  };
  const counts: StaffCounts = { taken: 0, late: 0, refused: 0 };
  const known = new Map<string, Known>();
  /** Stage → what is listed in it, as it was seen last. */
  const seen = new Map<string, Listed[]>();

  async function look(stage: string): Promise<void> {
    const path = `/api/incidents?status=${stage}&limit=${PAGE}`;
    const { status, body } = await desk.ask<{ items: Listed[] }>(
      ...(["shiftLeader", "GET", path] as const),
    );
    if (status !== 200)
      throw new Error(`the hub answered ${status} to the staff's list`);
    seen.set(
      stage,
      body.items.filter((each) => !isLeft(office, each)),
    );
    const listed = new Set([...seen.values()].flat().map(({ id }) => id));
    for (const id of known.keys()) if (!listed.has(id)) known.delete(id);
  }

  /** Those to look into, the longest due first and what is nearly done before it; what is new at once. */
  function due(now: number): Listed[] {
    const dueAt = ({ id, rev }: Listed) => {
      const one = known.get(id);
      return one?.rev === rev ? one.dueAt : 0;
    };
    // One that went on stands in two stages until the former is listed anew.
    const newest = new Map<string, Listed>();
    for (const each of [...seen.values()].flat())
      if (each.rev >= (newest.get(each.id)?.rev ?? 0))
        newest.set(each.id, each);
    // What is done on the spot goes before what nobody has looked into yet.
    const turn = (each: Listed) =>
      dueAt(each) -
      PACE.ahead * stageOf(each.status) -
      (isOnTheSpot(office, each) ? 2 * now : 0);
    return [...newest.values()]
      .filter((each) => dueAt(each) <= now)
      .sort((a, b) => turn(a) - turn(b));
  }

  /** @returns was a step taken? */
  async function attend(listed: Listed): Promise<boolean> {
    const { id } = listed;
    const path = `/api/incidents/${id}`;
    const { status, body } = await desk.ask<Matter>("shiftLeader", "GET", path);
    if (status !== 200) return false;
    const { rev, status: stage } = body.incident;
    Object.assign(listed, { rev, status: stage });
    const now = Date.now();
    const refused = known.get(id)?.refused ?? new Set<string>();
    const later = (dueAt: number) => {
      known.set(id, { rev, dueAt, refused });
      return false;
    };
    const move = nextMove(
      ...([body, office, await suggestedFor(desk, body), refused] as const),
    );
    if (!move) return later(Infinity);
    const last = body.history.at(-1)?.at ?? now;
    const at = last + (move.at - last) / ask.speed;
    if (at > now) return later(at);
    if (await isOpened(desk, id)) return later(now + LATER);
    const { by, step, body: given } = move;
    const answer = await desk.ask<{ incident: Listed }>(
      ...([by, "POST", `${path}/steps`] as const),
      { rev, asked: { step, body: given } },
    );
    if (answer.status === 200) {
      counts.taken++;
      const { rev, status } = answer.body.incident;
      Object.assign(listed, { rev, status });
      return true;
    }
    if (answer.status === 409) counts.late++;
    else {
      counts.refused++;
      refused.add(step);
      const told = JSON.stringify(answer.body);
      ask.onTrouble(`the staff's step ${step} was refused: ${told}`);
    }
    return later(now + LATER);
  }

  async function round(n: number): Promise<void> {
    const at = n < PACE.first ? n : n / PACE.looks;
    if (Number.isInteger(at)) await look(OPEN[at % OPEN.length]!);
    if (n % LOG_EVERY === 0) await keepLog(desk, ask);
    const now = Date.now();
    const waiting = due(now);
    const hurried = waiting.length > PACE.backlog;
    let left = hurried ? PACE.hurried : PACE.usual;
    // Looking into one that is not due yet costs a step of nobody.
    const looked = waiting.slice(0, PACE.looked);
    while (looked.length > 0 && left > 0 && !signal.aborted) {
      // Several desks at once: a hub that learns a city answers slowly.
      const some = looked.splice(0, Math.min(left, PACE.desks));
      const taken = await Promise.all(some.map(attend));
      left -= taken.filter(Boolean).length;
    }
  }

  async function work(): Promise<void> {
    for (let n = 0; !signal.aborted; n++) {
      await round(n).catch((error: unknown) => {
        if (!signal.aborted) ask.onTrouble(`the staff: ${reasonOf(error)}`);
      });
      await sleep(PACE.round / ask.speed, undefined, { signal }).catch(
        () => undefined,
      );
    }
  }
  return { counts: () => ({ ...counts }), ended: work() };
}

const reasonOf = (error: unknown) =>
  error instanceof Error ? error.message : String(error);

/** The category that the hub thinks likeliest, where a matter has none. */
async function suggestedFor(
  desk: Desk,
  { incident }: Matter,
): Promise<string | null> {
  if (incident.category !== null || incident.status !== "reported") return null;
  const { status, body } = await desk.ask<{ category: { value: string }[] }>(
    ...(["acceptor", "GET", `/api/incidents/${incident.id}/likeness`] as const),
  );
  return status === 200 ? (body.category[0]?.value ?? null) : null;
}

/** Has anybody the incident open? Who says to leave is told who is there. */
async function isOpened(desk: Desk, id: string): Promise<boolean> {
  const { status, body } = await desk.ask<{ people: unknown[] }>(
    ...(["shiftLeader", "PUT", `/api/incidents/${id}/presence`] as const),
    { does: "leaves" },
  );
  return status !== 200 || body.people.length > 0;
}
