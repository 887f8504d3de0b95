/** What one line of an incident's history counts for (docs/statistics.md S7–S11). Pure. */
import type { Act, ActRow } from "../../../contract/counted.ts";
import type {
  ApprovalRequest,
  Evaluation,
  Instruction,
} from "../../../contract/dossier.ts";
import type { HistoryLine } from "../../../contract/incident.ts";
import type { WorkOrder } from "../../../contract/work-order.ts";
import { leadAt } from "./stages.ts";

/** What a line is read beside: the dossier after it, or what its history tells of that. */
export interface After {
  orders: readonly Pick<
    WorkOrder,
    "no" | "department" | "isLead" | "sentAt" | "status"
  >[];
  requests: readonly Pick<ApprovalRequest, "no" | "kind" | "order">[];
  instructions: readonly Pick<Instruction, "kind">[];
}

type Count = [act: Act, department: string];

/** Lines that are no step of somebody count for nothing. */
export function actsOf(line: HistoryLine, after: After): ActRow[] {
  const { rev, at } = line;
  const read = READERS[line.what];
  const counts = line.who === "clock" || !read ? [] : read(line, after);
  return counts.map(([act, department], no) => ({
    ...{ rev, no, act, at, department },
  }));
}

type Reader = (line: HistoryLine, after: After) => Count[];

const READERS: Partial<Record<string, Reader>> = {
  register: () => [["registered", ""]],

  dispatch({ at }, { orders }) {
    const sent = orders.filter(({ sentAt }) => sentAt === at);
    const lead = sent.find(({ isLead }) => isLead);
    const before = orders.findLast(
      ({ isLead, no }) => isLead && lead !== undefined && no < lead.no,
    );
    const wasElsewhere =
      (before?.status === "returned" || before?.status === "withdrawn") &&
      before.department !== lead?.department;
    return [
      ...sent.map(({ department }): Count => ["dispatched", department]),
      ...(wasElsewhere
        ? [["misdirected", before.department] satisfies Count]
        : []),
    ];
  },

  addHandler: (_line, { orders }) => [
    ["dispatched", orders.at(-1)?.department ?? ""],
  ],

  agree({ facts }, { requests, orders }) {
    const request = requests.find(({ no }) => no === facts["request"]);
    if (request?.kind === "register") return [["registered", ""]];
    if (request?.kind !== "return") return [];
    const order = orders.find(({ no }) => no === request.order);
    const department = order?.department ?? "";
    return [
      ["returned", department],
      // A co-handler's order is given to nobody else by itself.
      ...(order?.isLead === false
        ? [["misdirected", department] satisfies Count]
        : []),
    ];
  },

  feedBack: ({ facts }, { orders }) => [
    [
      "fedBack",
      orders.find(({ no }) => no === facts["order"])?.department ?? "",
    ],
  ],

  rework: (_line, { orders }) =>
    orders
      .filter(({ status }) => status === "handling")
      .map(({ department }) => ["reworked", department]),

  supervise: (_line, { instructions, orders }) =>
    instructions.filter(({ kind }) => kind === "supervise").length === 1
      ? [["supervised", leadAt(orders, Infinity)]]
      : [],

  close: (_line, { orders }) => [["closed", leadAt(orders, Infinity)]],

  reopen: (_line, { orders }) => [["reopened", leadAt(orders, Infinity)]],

  evaluate: ({ facts }, { orders }) => [
    [facts["result"] as Evaluation["result"], leadAt(orders, Infinity)],
  ],
};
