/** What an incident's history tells of its orders, requests and clocks, read from its first line on. Pure. */
import type { ActRow } from "../../../contract/counted.ts";
import type { Dossier, StageClock } from "../../../contract/dossier.ts";
import type { HistoryLine } from "../../../contract/incident.ts";
import {
  ORDER_ENDED,
  type OrderStatus,
  type WorkOrder,
} from "../../../contract/work-order.ts";
import { actsOf, type After } from "./acts.ts";

type Order = After["orders"][number];

interface Told extends After {
  orders: Order[];
  requests: After["requests"][number][];
  instructions: After["instructions"][number][];
  clocks: StageClock[];
}

export function retold(
  history: readonly HistoryLine[],
  { clocks }: Pick<Dossier, "clocks">,
): { after: Told; acts: ActRow[] } {
  const [first] = history;
  const states: Told[] = [];
  let acts: ActRow[] = [];
  const nothing: Told = {
    ...{ orders: [], requests: [], instructions: [] },
    clocks: first && "clocks" in first.facts ? [] : untold(history, clocks),
  };
  for (const line of history) {
    if (line.what === "undo") {
      // What was before the step that it takes back.
      states.push(states.at(-2) ?? nothing);
      acts = acts.filter(({ rev }) => rev !== line.rev - 1);
      continue;
    }
    const after = told(structuredClone(states.at(-1) ?? nothing), line);
    acts.push(...actsOf(line, after));
    states.push(after);
  }
  return { after: states.at(-1) ?? nothing, acts };
}

/** Clocks that no line tells, as an older version wrote first lines. */
const untold = (
  history: readonly HistoryLine[],
  clocks: readonly StageClock[],
): StageClock[] => {
  const lines = history.flatMap(clocksIn);
  return clocks.filter((one) => !lines.some((each) => isSame(one, each)));
};

const clocksIn = ({ facts }: HistoryLine): StageClock[] =>
  (facts["clocks"] as StageClock[] | undefined) ?? [];

const isSame = (a: StageClock, b: StageClock): boolean =>
  a.stage === b.stage &&
  a.order === b.order &&
  a.clock.startedAt === b.clock.startedAt;

function told(state: Told, line: HistoryLine): Told {
  const { facts, what, who } = line;
  if (who.startsWith("feed:")) {
    // What its sender says of it stands in the place of what he said before.
    if ("orders" in facts) state.orders = facts["orders"] as WorkOrder[];
    if ("clocks" in facts) state.clocks = clocksIn(line);
    return state;
  }
  TELL[what]?.(state, line);
  return withClocks(state, line);
}

/** The line holds each clock that it changed or began. */
function withClocks(state: Told, line: HistoryLine): Told {
  for (const changed of clocksIn(line)) {
    const at = state.clocks.findLastIndex(
      (each) => isSame(each, changed) && each.clock.stoppedAt === null,
    );
    if (at >= 0) state.clocks[at] = changed;
    else state.clocks.push(changed);
  }
  return state;
}

type Telling = (state: Told, line: HistoryLine) => void;

const send =
  (isLead: boolean) =>
  (state: Told, department: string, { at }: HistoryLine): void => {
    state.orders.push({
      ...{ no: state.orders.length + 1, department, isLead },
      ...{ sentAt: at, status: "sent" },
    });
  };

function each(
  { orders }: Told,
  from: (order: Order) => boolean,
  status: OrderStatus,
): void {
  for (const order of orders) if (from(order)) order.status = status;
}

const isLive = ({ status }: Order) => !ORDER_ENDED.has(status);
const isDone = ({ status }: Order) => status === "fedBack" || status === "done";
const isNo = (no: unknown) => (order: Order) => order.no === no;

const ask =
  (kind: After["requests"][number]["kind"]): Telling =>
  ({ requests }, { facts }) =>
    void requests.push({
      no: requests.length + 1,
      kind,
      order: (facts["order"] as number | undefined) ?? null,
    });

const sentBack: Telling = (state) => each(state, isDone, "handling");

/** Only what rows are made of; the rest of a dossier is nothing to statistics. */
const TELL: Partial<Record<string, Telling>> = {
  dispatch(state, line) {
    send(true)(state, line.facts["lead"] as string, line);
    for (const department of (line.facts["co"] as string[] | undefined) ?? [])
      send(false)(state, department, line);
  },
  addHandler: (state, line) =>
    send(false)(state, line.facts["department"] as string, line),
  sign: (state, { facts }) => each(state, isNo(facts["order"]), "handling"),
  feedBack: (state, { facts }) => each(state, isNo(facts["order"]), "fedBack"),
  propose: ask("register"),
  askReturn: ask("return"),
  askExtension: ask("extend"),
  askSuspension: ask("suspend"),
  agree(state, { facts }) {
    const request = state.requests.find(({ no }) => no === facts["request"]);
    if (request?.kind !== "return") return;
    const order = state.orders.find(({ no }) => no === request.order);
    each(state, isNo(request.order), "returned");
    // With the lead's the whole incident goes back.
    if (order?.isLead) each(state, isLive, "withdrawn");
  },
  recall: (state) => each(state, isLive, "withdrawn"),
  rework: sentBack,
  reopen: sentBack,
  close: (state) => each(state, isLive, "done"),
  supervise: ({ instructions }) =>
    void instructions.push({ kind: "supervise" }),
  instruct: ({ instructions }) => void instructions.push({ kind: "instruct" }),
};
