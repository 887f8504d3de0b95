/** How far the department's own part is, where it only helps: asked of the hub once a revision. */
import { onScopeDispose, shallowRef, watch, type ShallowRef } from "vue";
import type { QueueRow } from "../../contract/incident.ts";
import type { OrderStatus, WorkOrder } from "../../contract/work-order.ts";
import { useLive } from "../live/source.ts";

export function useOwnOrders(
  rows: () => readonly QueueRow[],
  isOwn: (order: WorkOrder) => boolean,
): Readonly<ShallowRef<ReadonlyMap<string, OrderStatus>>> {
  const live = useLive();
  const statuses = shallowRef<ReadonlyMap<string, OrderStatus>>(new Map());
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
        const order = view?.dossier.orders.findLast(isOwn);
        if (order)
          statuses.value = new Map(statuses.value).set(row.id, order.status);
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
  return statuses;
}
