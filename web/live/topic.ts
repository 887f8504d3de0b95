/** Live topics for widgets: reactive items by id. */
import { onScopeDispose, shallowRef, toValue, watch } from "vue";
import type { MaybeRefOrGetter } from "vue";
import type { TopicName } from "../../contract/topic.ts";
import type { ItemId, RoomState, RoomView } from "./room.ts";
import { useLive, type Held, type Item, type Params } from "./source.ts";

/** A followed topic. Reading an item by id tracks that item only. */
export interface LiveTopic<I> {
  readonly items: ReadonlyMap<ItemId, I>;
  readonly state: RoomState;
  /** The hub's sentence where it refused. */
  readonly problem: string | null;
}

/**
 * Follows a topic while the component lives, and another when the params
 * change. Params of null follow nothing: the state stays `waiting`.
 */
export function useTopic<N extends TopicName>(
  name: N,
  params: MaybeRefOrGetter<Params<N> | null>,
): LiveTopic<Item<N>> {
  const live = useLive();
  const view = shallowRef<RoomView<Item<N>> | null>(null);
  let held: Held<Item<N>> | null = null;

  watch(
    () => JSON.stringify(toValue(params)),
    () => {
      const before = held;
      const now = toValue(params);
      held = now === null ? null : live.hold(name, now);
      view.value = held?.view ?? null;
      before?.release();
    },
    { immediate: true },
  );
  onScopeDispose(() => held?.release());

  const nothing: ReadonlyMap<ItemId, Item<N>> = new Map();
  return {
    get items() {
      return view.value?.items ?? nothing;
    },
    get state() {
      return view.value?.state ?? "waiting";
    },
    get problem() {
      return view.value?.problem ?? null;
    },
  };
}
