/** The queue of whoever is looking, live: filter, cursor, selection, and places that keep still under a hand. */
import { computed, ref, shallowRef, toRaw, watch } from "vue";
import { QueueFilter } from "../../../contract/filter.ts";
import type { QueueRow } from "../../../contract/incident.ts";
import { lettersOf } from "../../i18n/pinyin.ts";
import { known } from "../../live/session.ts";
import { useLive } from "../../live/source.ts";
import { useTopic } from "../../live/topic.ts";
import { useTimer } from "../../ui/timer.ts";
import type { Lens } from "./facets.ts";
import { isMine, type Hand } from "./mine.ts";
import { useNames } from "./names.ts";
import type { DeskWord } from "../words.ts";
import { createPlaces } from "./places.ts";
import { createQueue, type News } from "./queue.ts";

/** ms between two looks at the clock: deadlines pass by the second. */
const EVERY = 1_000;

export type FollowedQueue = ReturnType<typeof useQueue>;

/** @param t the desk's words */
export function useQueue(t: DeskWord) {
  const live = useLive();
  const names = useNames(t);
  const topic = useTopic("queue", {});
  const filter = shallowRef(QueueFilter.parse({}));
  const now = ref(live.now());
  /** Grows with every change that a reader could see: whoever draws depends on it. */
  const turn = ref(0);

  /** What the last change was made of. */
  const news = shallowRef<News>({ came: [], changed: [], gone: [] });

  const hand = computed<Hand>(() => ({
    actions: new Set(known.value?.permissions),
    departments: known.value?.scope.departments ?? null,
  }));
  const lens = computed<Lens>(() => {
    const { majorOf, domainOf, textOf } = names;
    // Their names change with the language and the city.
    void names.t("title");
    // So does what letters find them by, once that is here.
    void lettersOf("字");
    const own = hand.value;
    return { isMine: (row) => isMine(row, own), majorOf, domainOf, textOf };
  });

  /** The first place below what is in sight. */
  const sight = ref(0);
  const places = createPlaces(() => queue.passing);
  const queue = createQueue(filter.value, lens.value, places);

  watch(
    () => {
      // Depends on the set and every row; the walk itself is over the plain map.
      topic.items.values();
      return {};
    },
    () => {
      const heard = queue.hear(toRaw(topic.items), live.now());
      if (!heard) return;
      news.value = heard;
      places.settle(sight.value);
      turn.value++;
    },
    { immediate: true },
  );
  useTimer(
    () => EVERY,
    () => {
      now.value = live.now();
      if (!queue.tick(now.value)) return;
      places.settle(sight.value);
      turn.value++;
    },
  );
  watch([filter, lens], () => {
    queue.look(filter.value, lens.value, live.now());
    places.takeIn();
    turn.value++;
  });

  const cursor = ref<string | null>(null);
  const selected = shallowRef<ReadonlySet<string>>(new Set());
  const isPointed = ref(false);
  const isHeld = computed(
    () => isPointed.value || cursor.value !== null || selected.value.size > 0,
  );
  watch(
    isHeld,
    (now) => {
      if (now) places.hold();
      else places.release();
      turn.value++;
    },
    // A hand that comes finds what it saw.
    { flush: "sync" },
  );

  watch(sight, (now) => {
    if (places.settle(now)) turn.value++;
  });
  /** Whatever way it was opened: it is nothing new any more. */
  function seen(id: string): void {
    places.seen(id);
    turn.value++;
  }

  function takeIn(): void {
    places.takeIn();
    const kept = [...selected.value].filter((id) => queue.passes(id));
    if (kept.length < selected.value.size) selected.value = new Set(kept);
    if (cursor.value !== null && !queue.passes(cursor.value))
      cursor.value = null;
    turn.value++;
  }

  /** @returns the place that the cursor stands at now, or -1 in an empty list */
  function move(by: number): number {
    const from = cursor.value === null ? -1 : places.of(cursor.value);
    const last = places.length - 1;
    const to =
      from < 0 && by < 0 ? last : Math.max(0, Math.min(last, from + by));
    if (last < 0) return -1;
    cursor.value = places.at(to) ?? null;
    return to;
  }

  function select(id: string): void {
    const next = new Set(selected.value);
    if (!next.delete(id)) next.add(id);
    selected.value = next;
  }
  /** From the row that was selected last to this one. */
  function selectTo(id: string): void {
    const from = [...selected.value].at(-1);
    const [a, b] = [from === undefined ? -1 : places.of(from), places.of(id)];
    if (a < 0 || b < 0) return select(id);
    const next = new Set(selected.value);
    for (let place = Math.min(a, b); place <= Math.max(a, b); place++) {
      const one = places.at(place);
      if (one !== undefined && !places.gone(one)) next.add(one);
    }
    selected.value = next;
  }

  /** As it is now, or as it was when it left. */
  const rowOf = (id: string): QueueRow | undefined =>
    queue.row(id) ?? places.gone(id);

  return {
    ...{ topic, filter, now, turn, news, queue, places, names, sight, seen },
    ...{ cursor, selected, isPointed, takeIn, move, select, selectTo, rowOf },
  };
}
