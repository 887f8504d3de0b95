/** What became of a row that left the list: asked for once, when it is seen. */
import { shallowReactive } from "vue";
import { ENDED } from "../../../contract/incident-status.ts";
import type { QueueRow } from "../../../contract/incident.ts";
import { CallError } from "../../live/call.ts";
import { useLive } from "../../live/source.ts";
import { useWording } from "../../live/wording.ts";

type Outcome = { status: string } | "asked" | "outside" | "unknown";

/** @param t the desk's words */
export function useOutcomes(t: (key: string) => string) {
  const live = useLive();
  const { facetWord } = useWording();
  /** By id and revision: it may come back, and leave again. */
  const outcomes = shallowReactive(new Map<string, Outcome>());

  async function ask(key: string, id: string): Promise<void> {
    outcomes.set(key, "asked");
    try {
      const { incident } = await live.call("getIncident", { path: { id } });
      outcomes.set(key, { status: incident.status });
    } catch (cause) {
      const isOutside = cause instanceof CallError && cause.status === 404;
      outcomes.set(key, isOutside ? "outside" : "unknown");
    }
  }

  /** In words; at first only that it left. */
  return (row: QueueRow): string => {
    const key = `${row.id} ${row.rev}`;
    const known = outcomes.get(key);
    // Not while it is being drawn.
    if (known === undefined) queueMicrotask(() => void ask(key, row.id));
    if (known === "outside") return t("gone.outside");
    if (typeof known !== "object") return t("gone.left");
    const word = facetWord("status", known.status);
    return ENDED.has(known.status as QueueRow["status"])
      ? word
      : `${t("gone.filtered")} · ${word}`;
  };
}
