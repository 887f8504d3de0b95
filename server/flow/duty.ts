/** The duty of one centre: who is on, the log, the summary of a shift and its hand-over; stored first, told after. */
import type {
  DutyEntry,
  DutyNow,
  HandOver,
  NewEntry,
  RosterRow,
  Shift,
  ShiftKey,
  ShiftSummary,
} from "../../contract/duty.ts";
import type { DataScope } from "../../contract/data-scope.ts";
import { covers, sees } from "../../contract/data-scope.ts";
import type { Incident } from "../../contract/incident.ts";
import { say } from "../../contract/sentence.ts";
import type { Zone } from "../../contract/zone.ts";
import { maskPhone } from "../auth/mask-numbers.ts";
import { scopeOf, type Centre } from "../hub/duty/centres.ts";
import { createShiftPlan } from "../hub/duty/plan.ts";
import { summarise } from "../hub/duty/summary.ts";
import {
  handOverFlaw,
  receiptFlaw,
  watchAt,
  type Watch,
} from "../hub/duty/watch.ts";
import type { Clock } from "../lib/clock.ts";
import { createId } from "../lib/ids.ts";
import type { Store } from "../store/store.ts";
import { DutyRefusal } from "./duty-refusal.ts";
import { createRosterFlow, type RosterFlow } from "./roster.ts";

interface Actor {
  login: string;
  name: string;
}
/** Called when all is judged, before anything is stored. */
type Witness = (object: string) => Promise<void>;

export interface DutyFlow {
  roster: RosterFlow;
  load(): Promise<void>;
  /** Lets one shift follow another; called every second. */
  tick(): void;
  /** @param masks whether telephones are masked */
  now(masks: boolean): DutyNow;
  /** Does somebody keep the watch at this moment? */
  isOn(login: string): boolean;
  /** @throws DutyRefusal */
  add(
    entry: Omit<NewEntry, "incident"> & Pick<DutyEntry, "incident">,
    by: Actor,
    witness: Witness,
  ): Promise<DutyEntry>;
  /**
   * @param of null: the shift that is on
   * @param within whose incidents are counted
   * @throws DutyRefusal
   */
  summary(of: ShiftKey | null, within: DataScope): Promise<ShiftSummary>;
  /** @throws DutyRefusal */
  handOver(
    asked: ShiftKey & Pick<HandOver, "to" | "comment">,
    by: Actor,
    witness: Witness,
  ): Promise<HandOver>;
  /** @throws DutyRefusal */
  receive(
    id: string,
    remarks: string,
    ask: { by: Actor; witness: Witness },
  ): Promise<HandOver>;
}

export interface DutyParts {
  store: Pick<Store, "duty" | "accounts">;
  clock: Clock;
  zone: Zone;
  pack: { shifts: readonly Shift[] };
  /** Every open incident. */
  open: () => Iterable<Incident>;
  alarms: () => ShiftSummary["alarms"];
  failed: (error: unknown) => void;
}

/** @param roster as the pack has it */
export function createDutyFlow(
  ask: DutyParts & {
    centre: Centre;
    roster: RosterRow[];
    /** Who is on, or what of it is told, became another. */
    changed: () => void;
  },
): DutyFlow {
  const { store, clock, pack, centre } = ask;
  const book = store.duty.of(centre?.code ?? null);
  const scope = scopeOf(centre);
  const plan = createShiftPlan(pack.shifts, ask.zone);
  const roster = createRosterFlow({
    ...{ clock, plan, shifts: pack.shifts, failed: ask.failed },
    book,
    entryOf: (text, by) => ({
      ...headOf(by),
      ...{ kind: "roster", text, place: "", incident: null, corrects: null },
    }),
    entered({ id }) {
      entry = id;
      tell();
    },
  });
  let newest: HandOver | null = null;
  let entry: string | null = null;
  let shown = "";

  /** Of an entry that is written now. */
  function headOf(by: Actor) {
    const at = clock.now();
    const { on } = watch();
    return {
      ...{ id: createId(at), at, by: by.login, byName: by.name },
      of: on && { date: on.date, shift: on.shift },
    };
  }

  const watch = (): Watch => watchAt(plan, clock.now(), newest);

  function now(masks: boolean): DutyNow {
    const { on, next, isOverdue } = watch();
    const told = (span: Watch["on"]) => {
      if (!span) return null;
      const crew = roster.crew(span);
      const people = crew.people.map((one) => ({
        ...one,
        phone: masks ? maskPhone(one.phone) : one.phone,
      }));
      return { ...crew, people };
    };
    const waits =
      newest?.receivedAt === null &&
      newest.date === on?.date &&
      newest.shift === on.shift;
    return {
      ...{
        id: centre?.code ?? "now",
        on: told(on),
        next: told(next),
        isOverdue,
      },
      waiting:
        newest && waits
          ? { id: newest.id, byName: newest.byName, at: newest.at }
          : null,
      entry,
    };
  }

  function tell(): void {
    const told = JSON.stringify(now(true));
    if (told === shown) return;
    shown = told;
    ask.changed();
  }

  /** The newest, or whoever was first with it. */
  async function settle(id: string): Promise<HandOver> {
    const kept = (await book.getHandOver(id))!;
    if (newest === null || kept.id >= newest.id) newest = kept;
    tell();
    return kept;
  }

  /** The watch that is kept, from its receipt on and as long as it lasts, so that nothing falls between two. */
  function watched(at: number): Watch["on"] {
    const { on } = watch();
    if (!on) return null;
    const { receivedAt = null, next } = newest ?? {};
    const isReceived = next?.date === on.date && next.shift === on.shift;
    const from = isReceived && receivedAt !== null ? receivedAt : on.from;
    return { ...on, from, to: Math.max(on.to, at) };
  }

  async function summary(
    of: ShiftKey | null,
    within: DataScope,
  ): Promise<ShiftSummary> {
    const at = clock.now();
    const span = of ? plan.span(of) : watched(at);
    if (!span)
      throw of
        ? new DutyRefusal("missing", say("noShift", { shift: of.shift }))
        : new DutyRefusal("missing", say("noneOn"));
    const until = Math.min(at, span.to);
    const [became, entries] = await Promise.all([
      store.duty.became(span.from, until, within),
      // Whoever sees less than the centre is told nothing of its log.
      covers(within, scope) ? book.entries(span) : {},
    ]);
    const open = [...ask.open()].filter(({ departments, district }) =>
      sees(within, { departments, district }),
    );
    return summarise({
      ...{ span, at, open, entries, alarms: ask.alarms() },
      came: became.reported,
      ...{ registered: became.registered, closed: became.closed },
    });
  }

  return {
    roster,

    async load() {
      await book.importRoster(ask.roster);
      await roster.load();
      const { items } = await book.handOvers({ limit: 1 });
      newest = items[0] ?? null;
      const log = await book.log({ limit: 1 });
      entry = log.items[0]?.id ?? null;
      tell();
    },

    tick() {
      roster.tick();
      tell();
    },

    now,

    isOn(login) {
      const { on } = watch();
      return on !== null && roster.of(on).some((row) => row.login === login);
    },
    summary,

    async add(asked, by, witness) {
      const { corrects } = asked;
      if (corrects !== null && !(await book.entry(corrects)))
        throw new DutyRefusal(
          "wrong",
          say("noEntry", { id: corrects }),
          "/body/corrects",
        );
      const kept = { ...asked, ...headOf(by) };
      await witness(`dutyEntry/${kept.id}`);
      await book.add(kept);
      entry = kept.id;
      tell();
      return { ...kept, correctedBy: null };
    },

    async handOver(asked, by, witness) {
      const { date, shift, to, comment } = asked;
      const watching = watch();
      const flaw = handOverFlaw(watching, asked, by.login);
      if (flaw) throw new DutyRefusal("conflict", flaw);
      if (to !== null && !(await store.accounts.byLogin(to)))
        throw new DutyRefusal(
          "wrong",
          say("noAccount", { account: to }),
          "/body/to",
        );
      const before = await book.handOverOf({ date, shift });
      const taken = (who: string) =>
        new DutyRefusal("conflict", say("handedOver", { who }));
      if (before && (before.by !== by.login || before.receivedAt !== null))
        throw taken(before.byName);
      const { next } = watching;
      const counted = await summary(null, scope);
      const at = clock.now();
      const given: HandOver = {
        ...{ id: createId(at), date, shift, at, to, comment },
        next: { date: next!.date, shift: next!.shift },
        ...{ by: by.login, byName: by.name, summary: counted },
        ...{ receivedAt: null, receivedBy: null, receivedByName: null },
        remarks: "",
      };
      await witness(`shift/${date} ${shift}`);
      if (!(await book.handOver(given))) {
        const first = await book.handOverOf({ date, shift });
        throw taken(first?.byName ?? "");
      }
      return settle(given.id);
    },

    async receive(id, remarks, { by, witness }) {
      const given = await book.getHandOver(id);
      if (!given) throw new DutyRefusal("missing", say("noHandOver", { id }));
      const flaw = receiptFlaw(given, by.login, roster.of(given.next));
      if (flaw)
        throw new DutyRefusal(
          given.receivedAt === null ? "forbidden" : "conflict",
          flaw,
        );
      const { date, shift } = given;
      const { on } = watch();
      // The clock went on without it.
      if (on?.date !== date || on.shift !== shift)
        throw new DutyRefusal("conflict", say("notOn", { shift, date }));
      await witness(`shift/${date} ${shift}`);
      const receipt = {
        receivedBy: by.login,
        receivedByName: by.name,
        remarks,
      };
      const isFirst = await book.receive(id, clock.now(), receipt);
      const kept = await settle(id);
      if (!isFirst)
        throw new DutyRefusal(
          "conflict",
          say("receivedBy", { who: kept.receivedByName ?? "" }),
        );
      return kept;
    },
  };
}
