/** The duty of one centre: who is on, the log, the summary of a shift; stored first, told after. */
import type {
  DutyEntry,
  DutyNow,
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
import type { Watch } from "../hub/duty/watch.ts";
import type { Clock } from "../lib/clock.ts";
import { createId } from "../lib/ids.ts";
import type { Store } from "../store/store.ts";
import { DutyRefusal } from "./duty-refusal.ts";
import {
  createHandOvers,
  type HandOvers,
  type Officer,
  type Witness,
} from "./hand-overs.ts";
import { createRosterFlow, type RosterFlow } from "./roster.ts";

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
    by: Officer,
    witness: Witness,
  ): Promise<DutyEntry>;
  /**
   * @param of null: the shift that is on
   * @param within whose incidents are counted
   * @throws DutyRefusal
   */
  summary(of: ShiftKey | null, within: DataScope): Promise<ShiftSummary>;
  handOver: HandOvers["give"];
  receive: HandOvers["receive"];
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
  const handOvers = createHandOvers({
    ...{ book, accounts: store.accounts, plan, clock },
    rosterOf: roster.of,
    summary: () => summary(null, scope),
    settled: tell,
  });
  const { watch } = handOvers;
  let entry: string | null = null;
  let shown = "";

  /** Of an entry that is written now. */
  function headOf(by: Officer) {
    const at = clock.now();
    const { on } = watch();
    return {
      ...{ id: createId(at), at, by: by.login, byName: by.name },
      of: on && { date: on.date, shift: on.shift },
    };
  }

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
    return {
      ...{
        id: centre?.code ?? "now",
        on: told(on),
        next: told(next),
        isOverdue,
      },
      waiting: handOvers.waiting(),
      entry,
    };
  }

  function tell(): void {
    const told = JSON.stringify(now(true));
    if (told === shown) return;
    shown = told;
    ask.changed();
  }

  async function summary(
    of: ShiftKey | null,
    within: DataScope,
  ): Promise<ShiftSummary> {
    const at = clock.now();
    const span = of ? plan.span(of) : handOvers.watched(at);
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
      await handOvers.load();
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

    handOver: handOvers.give,
    receive: handOvers.receive,
  };
}
