/** How far the department's own part is, where a row of the queue does not say it: asked of the hub once a revision. */
import { onScopeDispose, shallowRef, watch, type ShallowRef } from "vue";
import type { QueueRow } from "../../contract/incident.ts";
import type { WorkOrder } from "../../contract/work-order.ts";
import { useLive } from "../live/source.ts";
import { partOf, type OwnPart } from "./groups.ts";

export function useOwnOrders(
  rows: () => readonly QueueRow[],
  isOwn: (order: WorkOrder) => boolean,
): Readonly<ShallowRef<ReadonlyMap<string, OwnPart>>> {
  const live = useLive();
  const parts = shallowRef<ReadonlyMap<string, OwnPart>>(new Map());
  const asked = new Map<string, number>();
  let isOver = false;
  let isBusy = false;
  onScopeDispose(() => (isOver = true));

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
        const part = view && partOf(view, isOwn);
        if (part) parts.value = new Map(parts.value).set(row.id, part);
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
  return parts;
}
