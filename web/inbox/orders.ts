/** How far the department's own part is, where a row of the queue does not say it: asked of the hub once a revision. */
import { onScopeDispose, shallowRef, watch, type ShallowRef } from "vue";
import type { IncidentView, QueueRow } from "../../contract/incident.ts";
import type { WorkOrder } from "../../contract/work-order.ts";
import { useLive } from "../live/source.ts";
import { partOf, type OwnPart } from "./groups.ts";

export interface OwnOrders {
  /** By incident, as far as they are told. */
  parts: Readonly<ShallowRef<ReadonlyMap<string, OwnPart>>>;
  /** What the hub said of an incident that is open beside the list: it is not asked again for its row. */
  learn(view: Pick<IncidentView, "incident" | "dossier" | "clocks">): void;
  /** A row, or what was learnt since the queue told it: the list does not lag behind what is open. */
  newest(row: QueueRow): QueueRow;
}

/** @param rows those that are asked for */
export function useOwnOrders(
  rows: () => readonly QueueRow[],
  isOwn: (order: WorkOrder) => boolean,
): OwnOrders {
  const live = useLive();
  const parts = shallowRef<ReadonlyMap<string, OwnPart>>(new Map());
  const learnt = shallowRef<ReadonlyMap<string, IncidentView["incident"]>>(
    new Map(),
  );
  const asked = new Map<string, number>();
  let isOver = false;
  let isBusy = false;
  onScopeDispose(() => (isOver = true));

  const learn: OwnOrders["learn"] = (view) => {
    const { id, rev } = view.incident;
    asked.set(id, rev);
    learnt.value = new Map(learnt.value).set(id, view.incident);
    const part = partOf(view, isOwn);
    if (part) parts.value = new Map(parts.value).set(id, part);
  };

  /** One after the other: an inbox that opens must not press the hub. */
  async function askNext(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    try {
      for (;;) {
        const row = rows().find(({ id, rev }) => asked.get(id) !== rev);
        if (!row || isOver) return;
        asked.set(row.id, row.rev);
        const path = { id: row.id };
        const view = await live.call("getIncident", { path }).catch(() => null);
        if (view) learn(view);
      }
    } finally {
      isBusy = false;
    }
  }
  watch(
    () =>
      rows()
        .map(({ id, rev }) => `${id} ${rev}`)
        .join(),
    () => void askNext(),
    { immediate: true },
  );
  return {
    parts,
    learn,
    newest(row) {
      const known = learnt.value.get(row.id);
      return known && known.rev > row.rev ? { ...row, ...known } : row;
    },
  };
}
