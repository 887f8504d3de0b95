/** Now by the hub's clock, as a reactive value that moves on whole steps. */
import { onScopeDispose, readonly, ref, type Ref } from "vue";
import { useLive } from "./source.ts";

/** `every` in ms; ticks fall on multiples of it, so all clocks of a wall turn together. */
export function useNow(every = 1_000): Readonly<Ref<number>> {
  const live = useLive();
  const now = ref(live.now());
  let timer: ReturnType<typeof setTimeout>;
  const tick = () => {
    now.value = live.now();
    // A few ms late on purpose: a timer that fires early would show the old second.
    timer = setTimeout(tick, every - (now.value % every) + 4);
  };
  if (typeof window !== "undefined") tick();
  onScopeDispose(() => clearTimeout(timer));
  return readonly(now);
}
