/** Hand-overs of one centre (交接班): given by one side and received by the other; until then the former is on. */
import type {
  DutyNow,
  HandOver,
  RosterRow,
  ShiftKey,
  ShiftSummary,
} from "../../contract/duty.ts";
import { say } from "../../contract/sentence.ts";
import type { ShiftPlan } from "../hub/duty/plan.ts";
import {
  handOverFlaw,
  receiptFlaw,
  watchAt,
  type Watch,
} from "../hub/duty/watch.ts";
import type { Clock } from "../lib/clock.ts";
import { createId } from "../lib/ids.ts";
import type { CentreDuty, Store } from "../store/store.ts";
import { DutyRefusal } from "./duty-refusal.ts";

/** Who writes or signs. */
export interface Officer {
  login: string;
  name: string;
}
/** Called when all is judged, before anything is stored. */
export type Witness = (object: string) => Promise<void>;

export interface HandOvers {
  load(): Promise<void>;
  /** Who keeps the watch now. */
  watch(): Watch;
  /** The watch that is kept, from its receipt on and as long as it lasts, so that nothing falls between two. */
  watched(at: number): Watch["on"];
  /** What was given of the shift that is on, and is not received. */
  waiting(): DutyNow["waiting"];
  /** @throws DutyRefusal */
  give(
    asked: ShiftKey & Pick<HandOver, "to" | "comment">,
    by: Officer,
    witness: Witness,
  ): Promise<HandOver>;
  /** @throws DutyRefusal */
  receive(
    id: string,
    remarks: string,
    ask: { by: Officer; witness: Witness },
  ): Promise<HandOver>;
}

export function createHandOvers(ask: {
  book: Pick<
    CentreDuty,
    "handOvers" | "handOverOf" | "getHandOver" | "handOver" | "receive"
  >;
  accounts: Pick<Store["accounts"], "byLogin">;
  plan: ShiftPlan;
  clock: Clock;
  /** Rows of a shift around today. */
  rosterOf: (shift: ShiftKey) => RosterRow[];
  /** What the watch that is kept was until now. */
  summary: () => Promise<ShiftSummary>;
  /** Who is on became another, or what waits. */
  settled: () => void;
}): HandOvers {
  const { book, plan, clock } = ask;
  let newest: HandOver | null = null;

  const watch = (): Watch => watchAt(plan, clock.now(), newest);

  /** The newest, or whoever was first with it. */
  async function settle(id: string): Promise<HandOver> {
    const kept = (await book.getHandOver(id))!;
    if (newest === null || kept.id >= newest.id) newest = kept;
    ask.settled();
    return kept;
  }

  return {
    async load() {
      const { items } = await book.handOvers({ limit: 1 });
      newest = items[0] ?? null;
    },

    watch,

    watched(at) {
      const { on } = watch();
      if (!on) return null;
      const { receivedAt = null, next } = newest ?? {};
      const isReceived = next?.date === on.date && next.shift === on.shift;
      const from = isReceived && receivedAt !== null ? receivedAt : on.from;
      return { ...on, from, to: Math.max(on.to, at) };
    },

    waiting() {
      const { on } = watch();
      const waits =
        newest?.receivedAt === null &&
        newest.date === on?.date &&
        newest.shift === on.shift;
      return newest && waits
        ? { id: newest.id, byName: newest.byName, at: newest.at }
        : null;
    },

    async give(asked, by, witness) {
      const { date, shift, to, comment } = asked;
      const watching = watch();
      const flaw = handOverFlaw(watching, asked, by.login);
      if (flaw) throw new DutyRefusal("conflict", flaw);
      if (to !== null && !(await ask.accounts.byLogin(to)))
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
      const counted = await ask.summary();
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
      const flaw = receiptFlaw(given, by.login, ask.rosterOf(given.next));
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
