/** Rings at this desk: sound until somebody looked, and the desktop's own notification where that was allowed. */
import { computed, onScopeDispose, ref, shallowRef, watch } from "vue";
import { useLocalStorage } from "@vueuse/core";
import type { QueueRow } from "../../../contract/incident.ts";
import type { FollowedQueue } from "../queue/follow.ts";
import { createRinging } from "./ringing.ts";
import { openPlayer, TONES } from "./tones.ts";

const HANDS = ["pointerdown", "keydown"] as const;

export type SoundState = "on" | "muted" | "blocked";

/**
 * @param ask.open shows an incident
 * @param ask.opened the one that somebody looks at
 */
export function useAlarm(
  followed: FollowedQueue,
  ask: { open: (id: string) => void; opened: () => string | null },
) {
  const ringing = createRinging();
  const all = shallowRef(ringing.all);
  const isMuted = useLocalStorage("desk.muted", false);
  const sounds = ref(false);
  const player = openPlayer((is) => (sounds.value = is));
  const wake = () => player.wake();
  for (const hand of HANDS) addEventListener(hand, wake, { passive: true });
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => {
    clearTimeout(timer);
    for (const hand of HANDS) removeEventListener(hand, wake);
    player.close();
  });

  const loudest = computed(() => all.value[0]?.ring ?? null);
  function sound(): void {
    clearTimeout(timer);
    const ring = loudest.value;
    if (ring === null) return;
    if (!isMuted.value) player.play(ring);
    timer = setTimeout(sound, TONES[ring].every);
  }
  watch([loudest, isMuted, sounds], sound);

  const permission = ref(
    "Notification" in globalThis ? Notification.permission : "denied",
  );
  function notify(row: QueueRow): void {
    if (permission.value !== "granted" || document.hasFocus()) return;
    const { names } = followed;
    const shown = new Notification(row.title, {
      ...{ tag: row.id, body: names.place(row), silent: true },
      requireInteraction: row.priority === 1,
    });
    shown.addEventListener("click", () => {
      window.focus();
      ask.open(row.id);
      shown.close();
    });
  }

  const { topic, news } = followed;
  let isBegun = false;
  watch(
    () => topic.state,
    (state) => {
      // The first picture comes with this frame, and is nothing new.
      if (state === "live")
        requestAnimationFrame(() =>
          requestAnimationFrame(() => (isBegun = true)),
        );
    },
    { immediate: true, flush: "sync" },
  );
  function seen(id: string | null): void {
    if (id !== null) ringing.seen(id);
    all.value = ringing.all;
  }
  watch(news, (now) => {
    if (!isBegun) return;
    for (const row of ringing.hear(now)) notify(row);
    seen(ask.opened());
  });
  watch(ask.opened, seen);

  return {
    /** What rings, the loudest first. */
    all,
    hush() {
      ringing.hush();
      all.value = ringing.all;
    },
    state: computed<SoundState>(() => {
      if (isMuted.value) return "muted";
      return sounds.value ? "on" : "blocked";
    }),
    turnSound: () => void (isMuted.value = !isMuted.value),
    /** May the desktop be asked? It is by a hand's press alone. */
    permission,
    async askDesktop() {
      permission.value = await Notification.requestPermission();
    },
  };
}
