/** The incident that the address names: its row, or what the hub tells of one that is in the queue no more. */
import { computed, shallowRef, watch } from "vue";
import { useRoute } from "vue-router";
import type { QueueRow } from "../../contract/incident.ts";
import { useLive } from "../live/source.ts";
import type { FollowedQueue } from "./queue/follow.ts";

export function useOpened({ topic, turn, rowOf }: FollowedQueue) {
  const live = useLive();
  const route = useRoute();
  const opened = computed(() => {
    const id = route.params["id"];
    return typeof id === "string" && id !== "" ? id : null;
  });
  const row = computed(() => {
    void turn.value;
    return opened.value === null ? undefined : rowOf(opened.value);
  });

  const ended = shallowRef<QueueRow | null>(null);
  watch(
    () =>
      topic.state === "waiting" || row.value !== undefined
        ? null
        : opened.value,
    async (id) => {
      if (id === null) return;
      const path = { id };
      // Where it is not theirs, the incident's own page says so.
      const told = await live.call("getIncident", { path }).catch(() => null);
      if (!told || opened.value !== id) return;
      ended.value = { ...told.incident, children: told.children.length };
    },
    { immediate: true },
  );

  return {
    opened,
    incident: computed<QueueRow | null>(
      () =>
        row.value ?? (ended.value?.id === opened.value ? ended.value : null),
    ),
  };
}
