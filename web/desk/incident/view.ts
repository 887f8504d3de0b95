/** One incident as the hub tells it, told anew when the queue hears of another revision. */
import { watch } from "vue";
import type { IncidentView } from "../../../contract/incident.ts";
import { useAsk, type Asked } from "../../live/ask.ts";
import { useLive } from "../../live/source.ts";
import { useTopic } from "../../live/topic.ts";

/** What is shown stays until the new answer is here: nothing flickers, and forms keep what is typed. */
export function useIncident(id: string): Asked<IncidentView> {
  const live = useLive();
  const asked = useAsk(() => live.call("getIncident", { path: { id } }));
  const queue = useTopic("queue", {});
  watch(
    // One that ended leaves the queue; a merged one's parent does not.
    () =>
      queue.state === "live" ? (queue.items.get(id)?.rev ?? null) : undefined,
    (rev, before) => {
      const known = asked.answer.value?.incident.rev;
      if (rev === undefined || rev === known) return;
      if (rev === null && before === undefined) return;
      asked.again();
    },
  );
  watch(
    // Merging leaves the parent's revision as it was.
    () => queue.items.get(id)?.children,
    (count) => {
      const known = asked.answer.value?.children.length;
      if (known !== undefined && count !== undefined && count !== known)
        asked.again();
    },
  );
  watch(
    // So does another working calendar, which moves its deadlines.
    () => queue.items.get(id)?.due?.dueAt,
    (dueAt) => {
      const known = asked.answer.value?.incident;
      if (
        known?.rev === queue.items.get(id)?.rev &&
        known?.due?.dueAt !== dueAt
      )
        asked.again();
    },
  );
  // What was missed while the hub was away.
  watch(live.openings, (count) => count > 1 && asked.again());
  return asked;
}
