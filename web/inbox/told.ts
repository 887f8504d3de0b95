/** What others did and said about a department's order, out of the history. Pure. */
import type { ApprovalRequest } from "../../contract/dossier.ts";
import type { HistoryLine } from "../../contract/incident.ts";

/** Supervisions and instructions stand by themselves until they are answered. */
const TOLD = [
  ...(["verified", "dispatch", "addHandler", "urge", "check"] as const),
  ...(["rework", "reopen", "agree", "refuse", "resume", "note"] as const),
];
type Told = (typeof TOLD)[number];
/** These say something even without a word. */
const SPEAKING: readonly Told[] = [
  ...(["urge", "check", "rework", "reopen", "agree", "refuse"] as const),
];
const RESULTS = ["true", "false", "notFound", "passed", "failed"] as const;

export interface ToldLine {
  rev: number;
  at: number;
  /** Of who said it; their login where the history has no name. */
  name: string;
  what: Told;
  /** Of a visit. */
  result: (typeof RESULTS)[number] | null;
  /** Of a decision: what had been asked for. */
  asked: ApprovalRequest["kind"] | null;
  text: string;
}

/** Whoever undoes a step took it last; clocks and senders may have come between. */
const isUndone = (history: readonly HistoryLine[], index: number): boolean => {
  const { who } = history[index]!;
  const next = history.slice(index + 1).find((line) => line.who === who);
  return next?.what === "undo";
};

const textIn = ({ facts }: HistoryLine, field: string) =>
  typeof facts[field] === "string" ? facts[field] : "";

/** The newest first. What clocks urge is told by the time that is left. */
export function toldOf(
  history: readonly HistoryLine[],
  requests: readonly Pick<ApprovalRequest, "no" | "kind">[],
): ToldLine[] {
  const askedIn = ({ facts }: HistoryLine) =>
    requests.find(({ no }) => no === facts["request"])?.kind ?? null;
  return history
    .flatMap((line, index): ToldLine[] => {
      const { rev, at, who } = line;
      const what = TOLD.find((one) => one === line.what);
      if (!what || who === "clock") return [];
      const asked = askedIn(line);
      // The centre's own affair, before it was anybody's order.
      if (asked === "register") return [];
      if (isUndone(history, index)) return [];
      const text = textIn(line, "reason") || textIn(line, "note");
      if (!text && !SPEAKING.includes(what)) return [];
      const found = textIn(line, "result");
      const result = RESULTS.find((one) => one === found) ?? null;
      return [{ rev, at, name: line.name || who, what, result, asked, text }];
    })
    .reverse();
}
